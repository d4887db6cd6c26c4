import type { UsageRule } from '../robots/robots-rules.ts';
import { productToken } from '../robots/robots-rules.ts';
import type { PageHead } from '../text/scan-document.ts';
import {
  type AiSignal,
  readContentSignal,
  readContentUsage,
  readRobotsDirectives,
  readTdmReservation,
  readXRobotsTag,
} from './ai-policy.ts';

/** AI policy signals of robots.txt for one path. */
export function robotsSignals(rules: readonly UsageRule[]): readonly AiSignal[] {
  return rules.flatMap(({ field, value }) =>
    field === 'Content-Signal' ? readContentSignal(value, 'robots.txt') : readContentUsage(value, 'robots.txt'),
  );
}

/** AI policy signals of the response headers. */
export function headerSignals(headers: Readonly<Record<string, string>>, userAgent: string): readonly AiSignal[] {
  return [
    ...readContentUsage(headers['content-usage'] ?? '', 'header'),
    ...readContentSignal(headers['content-signal'] ?? '', 'header'),
    ...readTdmReservation(headers['tdm-reservation'] ?? '', 'header'),
    ...readXRobotsTag(headers['x-robots-tag'] ?? '', productToken(userAgent)),
  ];
}

/** AI policy signals of the document's head: robots metas for all or for our token, and TDM metas. */
export function metaSignals({ metas }: PageHead, userAgent: string): readonly AiSignal[] {
  const token = productToken(userAgent);
  return metas.flatMap(({ name, content }) => {
    if (name === 'robots' || name === token) return readRobotsDirectives(content, `meta ${name}`);
    return name === 'tdm-reservation' ? readTdmReservation(content, 'meta') : [];
  });
}
