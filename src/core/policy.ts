import type { PolicyVerdict } from './types.ts';

/** Verdict, setting and source in one line, such as `allowed (aiPolicy respect): robots.txt Content-Signal: ai-input=yes`. */
export function describeVerdict({ allowed, policy, source }: PolicyVerdict): string {
  return `${allowed ? 'allowed' : 'refused'} (aiPolicy ${policy}): ${source ?? 'no policy found'}`;
}
