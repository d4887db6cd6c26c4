/** Clean HTML as WordPress takes it: nothing in it is run as a shortcode or read as a block, no line break becomes a `<br>`. Pure. */

import { toBlocks } from './blocks.ts';

export type Markup = 'blocks' | 'classic';

export interface Mark {
  readonly key: string;
  readonly hash: string;
}

/** The text with its mark. An HTML comment stays for all roles, and the search looks into it; fields that nobody registered are dropped. */
export function markedContent(html: string, { key, hash }: Mark, markup: Markup): string {
  const mark = `<!-- blogger:${key} ${hash} -->`;
  const text = guarded(html);
  return markup === 'classic'
    ? `${text}\n${mark}`
    : `${toBlocks(text)}\n\n<!-- wp:html -->\n${mark}\n<!-- /wp:html -->`;
}

export function readMark(content: string): Mark | undefined {
  const [, key, hash] = /<!-- blogger:([0-9a-f]+) ([0-9a-f]+) -->/.exec(content) ?? [];
  return key === undefined || hash === undefined ? undefined : { key, hash };
}

/** `[gallery]` is run wherever it stands, also in an attribute; a line break outside of `<pre>` is drawn as one. */
function guarded(html: string): string {
  let written = '';
  let at: 'text' | 'tag' | 'value' = 'text';
  let preDepth = 0;
  for (let index = 0; index < html.length; index += 1) {
    const sign = html[index] ?? '';
    if (at === 'text' && sign === '<') {
      at = 'tag';
      if (/^<pre[\s>]/i.test(html.slice(index, index + 5))) preDepth += 1;
      if (/^<\/pre>/i.test(html.slice(index, index + 6))) preDepth -= 1;
    } else if (at === 'tag' && (sign === '>' || sign === '"')) at = sign === '>' ? 'text' : 'value';
    else if (at === 'value' && sign === '"') at = 'tag';
    else if (at !== 'tag') {
      written += ENTITIES[at === 'value' || sign === '[' ? sign : ''] ?? (sign === '\n' && preDepth === 0 ? ' ' : sign);
      continue;
    }
    written += sign;
  }
  return written;
}

const ENTITIES: Readonly<Record<string, string>> = { '[': '&#91;', '<': '&lt;', '>': '&gt;' };
