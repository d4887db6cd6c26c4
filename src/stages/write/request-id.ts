/**
 * Ids of paid calls: the key of the post, followed by colon-separated retry salt (`--force`, `--retry-failed`) and part
 * of the post. Same id, same answer.
 */

import { hashText } from '../../util/stable-hash.ts';

/** Key of the post that a call is made for. */
export function postOf(id: string): string {
  return id.replace(/:.*/s, '');
}

/** The id of the post's first call: the id without the part. */
export function baseOf(id: string): string {
  return id.replace(/:(?:outline|section-\d+|repair:[0-9a-f]+|look:[0-9a-f]+|room)(?=:|$).*/s, '');
}

/** One piece of a long post. */
export function partId(id: string, part: 'outline' | `section-${number}`): string {
  return `${id}:${part}`;
}

/** The repair of an answer; another fault is another call. */
export function repairId(id: string, prompt: { readonly user: string }): string {
  return `${id}:repair:${hashText(prompt.user).slice(0, 16)}`;
}

/** The second look at a content; another content is another call. */
export function lookId(id: string, prompt: { readonly user: string }): string {
  return `${id}:look:${hashText(prompt.user).slice(0, 16)}`;
}

/** The second attempt after a truncated answer. */
export function roomId(id: string): string {
  return `${id}:room`;
}
