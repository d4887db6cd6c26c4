/**
 * AI policies of sites, and whether they allow blogger's use: passing a page's text to a model to write a new text. Pure.
 * Training and search are other uses: `ai-train=no` or `search=no` alone do not forbid it.
 */

import { BloggerError } from '../../../core/errors.ts';
import type { PolicyVerdict } from '../../../core/types.ts';

/** One statement; `reserved` is true when it forbids our use, undefined when it is about other uses. */
export interface AiSignal {
  readonly source: string;
  readonly reserved: boolean | undefined;
}

export type AiPolicySetting = PolicyVerdict['policy'];

/** Any reservation wins; otherwise the first permission is reported. */
export function judgeSignals(signals: readonly AiSignal[], policy: AiPolicySetting): PolicyVerdict {
  const decisive =
    signals.find(({ reserved }) => reserved === true) ?? signals.find(({ reserved }) => reserved === false);
  if (decisive === undefined) return { allowed: true, policy };
  return { allowed: decisive.reserved !== true || policy !== 'respect', source: decisive.source, policy };
}

export function policyError(url: string, { source = '' }: PolicyVerdict): BloggerError {
  return new BloggerError(`The owner of ${url} reserves its text from AI use (${source})`, {
    code: 'POLICY_DENIED',
    hint: 'Take the entry out of the list, or get the owner’s leave and set aiPolicy to warn (--ai-policy warn).',
  });
}

/** True when the site reserved the text, independent of the setting. */
export function isReserved(signals: readonly AiSignal[]): boolean {
  return signals.some(({ reserved }) => reserved === true);
}

/** `Content-Signal: ai-input=no, search=yes, ai-train=no, use=reference` (contentsignals.org): `use` says how far a text may be reproduced; only `full` goes as far as a new text. */
export function readContentSignal(value: string, where: string): readonly AiSignal[] {
  return readPairs(value).flatMap(([key, setting]): AiSignal[] => {
    const source = `${where} Content-Signal: ${key}=${setting}`;
    if (key === 'ai-input')
      return setting === 'yes' || setting === 'no' ? [{ source, reserved: setting === 'no' }] : [];
    if (key === 'use')
      return [
        {
          source,
          reserved: setting === 'reference' || setting === 'immediate' ? true : setting === 'full' ? false : undefined,
        },
      ];
    return [];
  });
}

/** AIPREF `Content-Usage` (RFC 9651 dictionary): the categories that cover making a text with a model from this one. */
const USAGE_CATEGORIES: ReadonlySet<string> = new Set(['bots', 'ai', 'ai-use', 'ai-input', 'ai-output', 'genai']);

export function readContentUsage(value: string, where: string): readonly AiSignal[] {
  return readPairs(value).flatMap(([key, setting]): AiSignal[] => {
    if (!USAGE_CATEGORIES.has(key)) return [];
    const token = setting.split(';', 1)[0]?.trim(); // parameters of a structured field
    return token === 'y' || token === 'n'
      ? [{ source: `${where} Content-Usage: ${key}=${token}`, reserved: token === 'n' }]
      : [];
  });
}

/** TDM Reservation Protocol: `1` reserves text and data mining, `0` gives it free. */
export function readTdmReservation(value: string, where: string): readonly AiSignal[] {
  const setting = value.trim();
  return setting === '1' || setting === '0'
    ? [{ source: `${where} tdm-reservation: ${setting}`, reserved: setting === '1' }]
    : [];
}

/** Robots meta or X-Robots-Tag: `noai` covers text; `noimageai` covers images, which blogger does not pass to a model. */
export function readRobotsDirectives(value: string, where: string): readonly AiSignal[] {
  const directives = value
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((directive) => directive !== '');
  return directives.flatMap((directive): AiSignal[] => {
    if (directive === 'noai') return [{ source: `${where}: noai`, reserved: true }];
    return directive === 'noimageai' ? [{ source: `${where}: noimageai`, reserved: undefined }] : [];
  });
}

/** An `X-Robots-Tag` may be meant for one crawler: `otherbot: noai, blogger: nosnippet`. Directives apply to all crawlers until one is named in the line. */
export function readXRobotsTag(value: string, token: string): readonly AiSignal[] {
  const ours = value.split('\n').flatMap((line) => directivesFor(token, line));
  return readRobotsDirectives(ours.join(','), 'X-Robots-Tag');
}

function directivesFor(token: string, line: string): readonly string[] {
  let addressee = '';
  const ours: string[] = [];
  for (const part of line.split(',')) {
    const [, agent, rest] = /^\s*([a-z0-9_-]+)\s*:(.*)$/i.exec(part) ?? [];
    if (agent !== undefined && !DIRECTIVES_WITH_VALUE.has(agent.toLowerCase())) addressee = agent.toLowerCase();
    if (addressee === '' || addressee === token || addressee === '*')
      ours.push(agent === undefined ? part : (rest ?? '').trimStart());
  }
  return ours;
}

const DIRECTIVES_WITH_VALUE: ReadonlySet<string> = new Set([
  'max-snippet',
  'max-image-preview',
  'max-video-preview',
  'unavailable_after',
]);

function readPairs(value: string): readonly (readonly [key: string, value: string])[] {
  return value.split(',').flatMap((part) => {
    const [key = '', setting = ''] = part.split('=', 2).map((piece) => piece.trim().toLowerCase());
    return key === '' || setting === '' ? [] : [[key, setting] as const];
  });
}
