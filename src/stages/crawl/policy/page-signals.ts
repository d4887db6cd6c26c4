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

/** What robots.txt says of AI use for one path. */
export function robotsSignals(rules: readonly UsageRule[]): readonly AiSignal[] {
  return rules.flatMap(({ field, value }) =>
    field === 'Content-Signal' ? readContentSignal(value, 'robots.txt') : readContentUsage(value, 'robots.txt'),
  );
}

/** What the answer's headers say. */
export function headerSignals(headers: Readonly<Record<string, string>>, userAgent: string): readonly AiSignal[] {
  return [
    ...readContentUsage(headers['content-usage'] ?? '', 'header'),
    ...readContentSignal(headers['content-signal'] ?? '', 'header'),
    ...readTdmReservation(headers['tdm-reservation'] ?? '', 'header'),
    ...readXRobotsTag(headers['x-robots-tag'] ?? '', productToken(userAgent)),
  ];
}

/** What the document's head says: robots metas for all or for our token, and the TDM metas. */
export function metaSignals({ metas }: PageHead, userAgent: string): readonly AiSignal[] {
  const token = productToken(userAgent);
  return metas.flatMap(({ name, content }) => {
    if (name === 'robots' || name === token) return readRobotsDirectives(content, `meta ${name}`);
    return name === 'tdm-reservation' ? readTdmReservation(content, 'meta') : [];
  });
}
