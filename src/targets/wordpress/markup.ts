/** Clean HTML as WordPress takes it: nothing in it is run as a shortcode or read as a block, no line break becomes a `<br>`. Pure. */

import { stableHash } from '../../util/stable-hash.ts';
import { toBlocks } from './blocks.ts';

export type Markup = 'blocks' | 'classic';

export interface Mark {
  readonly key: string;
  readonly hash: string;
}

/** What a person sees of a post, as it stands at the site. */
export interface SealedText {
  readonly title: string;
  readonly excerpt: string;
  readonly content: string;
}

/** The text with its mark. An HTML comment stays for all roles, and the search looks into it; fields that nobody registered are dropped. */
export function markedContent(
  { html, title, excerpt }: { readonly html: string } & Omit<SealedText, 'content'>,
  { key, hash }: Mark,
  markup: Markup,
): string {
  const text = guarded(html);
  const around = (mark: string) =>
    markup === 'classic' ? `${text}\n${mark}` : `${toBlocks(text)}\n\n<!-- wp:html -->\n${mark}\n<!-- /wp:html -->`;
  return around(`<!-- blogger:${key} ${hash} ${sealOf({ title, excerpt, content: around('') })} -->`);
}

const MARK = /<!-- blogger:([0-9a-f]+) ([0-9a-f]+)(?: ([0-9a-f]+))? -->/;

export function readMark(text: SealedText): (Mark & { readonly isSealed: boolean }) | undefined {
  const [, key, hash, seal] = MARK.exec(text.content) ?? [];
  if (key === undefined || hash === undefined) return undefined;
  return { key, hash, isSealed: seal === sealOf({ ...text, content: text.content.replace(MARK, '') }) };
}

/** The same as long as nobody changes title, excerpt or text, and the site keeps them as they were sent. */
function sealOf({ title, excerpt, content }: SealedText): string {
  return stableHash([title.trim(), excerpt.trim(), content.trim()]).slice(0, 16);
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
  return withoutEmbeds(written);
}

function withoutSlashes(address: string): string {
  return address.replace('://', ':&#47;&#47;');
}

/** An address that stands alone in a line, as in code, or in a paragraph would be replaced by what is there: the block editor writes it so too. */
function withoutEmbeds(html: string): string {
  return html
    .split('\n')
    .map((line) => (/^https?:\/\/[^\s<>"]+$/i.test(line.trim()) ? withoutSlashes(line) : line))
    .join('\n')
    .replace(/<p>https?:\/\/[^\s<>"]+<\/p>/gi, withoutSlashes);
}

const ENTITIES: Readonly<Record<string, string>> = { '[': '&#91;', '<': '&lt;', '>': '&gt;' };
