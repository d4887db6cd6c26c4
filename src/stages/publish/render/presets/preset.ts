/** What differs between site generators: names in the front matter, where files lie, how posts link, which commands a text must not give. Pure. */

import { posix } from 'node:path';
import { Document, Scalar, visit } from 'yaml';
import type { AnchorStyle } from '../markdown/own-links.ts';

/** What decides a post's address. */
export interface Addressed {
  readonly slug?: string;
  /** As the front matter has it, in the site's zone. */
  readonly date?: string;
  readonly categories: readonly string[];
  /** Given by hand. */
  readonly permalink?: string;
}

export interface Preset {
  /** Names and shapes the front matter as the generator expects it. */
  shape(data: Readonly<Record<string, unknown>>): Record<string, unknown>;
  /** The front matter as text, its marks included. */
  front(data: Readonly<Record<string, unknown>>): string;
  /** Path of a post below the output folder. */
  file(slug: string, date: string, extension: string): string;
  /** Address of the page that the generator makes of a file by its defaults, seen from that of the output folder; absolute ones begin with `/`. */
  address(path: string, post: Addressed): string;
  /** Takes the generator's own marks out of running text, as it stands in the file. */
  text(text: string): string;
  /** Where none of these signs stands in a body, `text` changes nothing. @default any */
  readonly textSigns?: RegExp;
  /** Inline code in a table ends at its mark, and `\\|` in it is two signs, not one. */
  readonly hasCodeFirst?: boolean;
  /** Writes inline code, marks included, as the generator takes it for code. */
  code(code: string): string;
  /** Takes out what the generator reads in the whole text, code included. */
  everywhere(text: string): string;
  /** The generator ends its build at a link within the site that leads nowhere, so that only whole addresses are safe. */
  readonly checksLinks?: boolean;
  /** Where pictures lie, seen from the root of the site, which is above the folder `content`; absent where the generator copies no other files. */
  readonly pictures?: { readonly content: string; readonly folder: string };
  /** The address of a post holds its date. */
  readonly isDated?: boolean;
  /** A held post is built whatever stands in it: it waits under a name that no generator reads. */
  readonly buildsDrafts?: boolean;
  /** Nothing but the text itself says what the post is called. */
  readonly needsHeading?: boolean;
  /** Posts are MDX: an address between `<` and `>` is a tag. */
  readonly isMdx?: boolean;
  /** Fences within lists and quotations are text to the generator. */
  readonly fencesAtMargin?: boolean;
  /** False where `[^1]` is text. @default true */
  readonly hasFootnotes?: boolean;
  /** How links to the headings of a post are written. */
  readonly anchors: AnchorStyle;
}

/** Behind the name of a held post that its generator would build. */
export const HELD = '.draft';

export function yamlFront(data: Readonly<Record<string, unknown>>): string {
  const document = new Document(JSON.parse(JSON.stringify(data)), { version: '1.1' });
  // The serialiser quotes what YAML 1.1 could misread. Other readers take `1,000`, `0o17`, `:name` and `=` for something else than text too.
  visit(document, {
    Scalar(_key, node) {
      if (typeof node.value === 'string' && !/^\p{L}/u.test(node.value)) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return `---\n${document.toString({ lineWidth: 0 })}---\n\n`;
}

const same = (text: string): string => text;

export const plain: Preset = {
  shape: (data) => ({ ...data }),
  front: yamlFront,
  file: (slug, _date, extension) => `${slug}.${extension}`,
  address: same,
  text: same,
  code: same,
  everywhere: same,
  anchors: 'github',
};

/** Each page in a folder of its own: `posts/a.md` and `posts/a/index.md` are `posts/a/`. */
export function folderAddress(path: string, { slug, permalink }: Addressed): string {
  if (permalink !== undefined) return rooted(permalink);
  const stem = path.replace(/\.\w+$/, '').replace(/(?:^|\/)_?index$/, '');
  const folder = posix.dirname(stem);
  return `${slug === undefined ? stem : posix.join(folder, slug)}/`;
}

/** What a person set as address is seen from the root of the site. */
export function rooted(permalink: string): string {
  return permalink.startsWith('/') ? permalink : `/${permalink}`;
}

/** `year/month/day` of a date as the front matter has it. */
export function dayPath(date: string | undefined): string[] {
  return /^(\d{4})-(\d\d)-(\d\d)/.exec(date ?? '')?.slice(1) ?? [];
}

/** From one page's address to another's, both seen from the same place; by way of that place where the first may move, since its date is part of it. */
export function relativeAddress(from: string, to: string, isDated = false): string {
  if (to.startsWith('/')) return to;
  if (isDated) return posix.join('../'.repeat(from.split('/').length - 1), to) || './';
  const folder = from.endsWith('/') ? from : posix.dirname(from);
  const way = posix.relative(folder, to);
  const ended = to.endsWith('/') && !way.endsWith('/') && way !== '' ? `${way}/` : way;
  return ended.startsWith('.') ? ended : `./${ended}`;
}

/** Signs that `withoutSmartSigns` looks for. */
export const SMART_SIGNS = /--|<<|>>|^ {0,3}:[ \t]/m;

/** Smart punctuation makes a dash of the hyphens of `--flag` and quotation marks of `<<`; a line that begins with a colon defines a term. */
export function withoutSmartSigns(text: string): string {
  return text
    .replace(/(?<![^\s(["'])--(?=[\p{L}\d])/gu, '\\-\\-')
    .replace(/<</g, '&lt;&lt;')
    .replace(/>>/g, '&gt;&gt;')
    .replace(/^( {0,3}):(?=[ \t])/gm, '$1&#58;');
}
