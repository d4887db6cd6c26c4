/** Documents other than HTML: Markdown with front matter, and plain text. Read line by line, in linear time. */

import { parse as parseYaml } from 'yaml';
import { readDate } from '../../util/dates/written-date.ts';
import { stripInvisible } from './document/invisible-characters.ts';
import { authorsOf } from './metadata/authors/author.ts';
import { decoded, languageTag, oneLine } from './metadata/one-line.ts';

export interface PlainDocument {
  readonly title: string | undefined;
  readonly author: string | undefined;
  readonly publishedAt: string | undefined;
  readonly description: string | undefined;
  readonly lang: string | undefined;
  readonly markdown: string;
  readonly text: string;
  /** The text without its listings. */
  readonly prose: string;
  readonly links: readonly { readonly href: string; readonly text: string }[];
  readonly images: readonly { readonly src: string; readonly alt: string }[];
}

export function readPlainDocument(
  body: string,
  { isMarkdown, baseUrl }: { readonly isMarkdown: boolean; readonly baseUrl: string },
): PlainDocument {
  const source = stripInvisible(body.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n'));
  const { fields, rest } = frontMatter(source);
  const markdown = (isMarkdown ? withoutComments(rest) : rest).trim();
  const lines = linesOf(markdown);
  const prose = lines
    .filter(({ isCode }) => !isCode)
    .map(({ text }) => text)
    .join('\n');
  const lang = languageTag(stringOf(fields['lang'] ?? fields['language']));
  return {
    title: oneLine(stringOf(fields['title']), 200) ?? headingOf(lines),
    author: authorsOf(listOf(fields['author'] ?? fields['authors']), { lang, siteName: undefined }),
    publishedAt: readDate(stringOf(fields['date'] ?? fields['published'] ?? fields['pubDate']), lang)?.iso,
    description: oneLine(stringOf(fields['description'] ?? fields['summary'])),
    lang,
    markdown,
    text: isMarkdown ? lines.map(({ text, isCode }) => (isCode ? text : plainOf(text))).join('\n') : markdown,
    prose,
    ...addresses(prose, baseUrl),
  };
}

// ── front matter ────────────────────────────────────────────────────────────

type Fields = Readonly<Record<string, unknown>>;

const MAX_FRONT = 20_000;

function frontMatter(source: string): { fields: Fields; rest: string } {
  const fence = source.startsWith('---\n') ? '---' : source.startsWith('+++\n') ? '+++' : undefined;
  if (fence === undefined) return { fields: {}, rest: source };
  const end = source.indexOf(`\n${fence}`, 3);
  if (end === -1 || end > MAX_FRONT || !/^\s*(?:\n|$)/.test(source.slice(end + 4, end + 24)))
    return { fields: {}, rest: source };
  const front = source.slice(4, end);
  const fields = fence === '---' ? yamlFields(front) : tomlFields(front);
  // A rule at the start of a text is not front matter.
  return fields === undefined ? { fields: {}, rest: source } : { fields, rest: source.slice(end + 4) };
}

/** Deep nesting exhausts the stack of the YAML parser, and that ends the process. */
function isNested(front: string): boolean {
  return (front.match(/[[{]/g)?.length ?? 0) > 60 || /(?:[-?:][ \t]+){8}|[ \t]{80}/.test(front);
}

function yamlFields(front: string): Fields | undefined {
  if (isNested(front)) return {};
  try {
    const fields: unknown = parseYaml(front, { maxAliasCount: 0, schema: 'failsafe' });
    return isFields(fields) ? fields : undefined;
  } catch {
    return /^[\w-]+\s*:/m.test(front) ? {} : undefined; // broken front matter is not part of the text either
  }
}

/** Strings, dates and lists of strings at the top level: what titles, authors and dates are. */
function tomlFields(front: string): Fields {
  const fields: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const line of front.split('\n')) {
    // input: at most 2000 characters
    const match = /^\s{0,20}([\w-]{1,60})\s{0,20}=\s{0,20}(.+)$/.exec(line.slice(0, 2_000));
    if (match === null) {
      if (/^\s*\[/.test(line)) break;
      continue;
    }
    const [, name = '', value = ''] = match;
    const strings = [...value.matchAll(/"([^"]*)"|'([^']*)'/g)].map(([, double, single]) => double ?? single ?? '');
    fields[name] = value.trimStart().startsWith('[') ? strings : (strings[0] ?? value.trim());
  }
  return fields;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function listOf(value: unknown): string[] | undefined {
  if (Array.isArray(value))
    return value.flatMap((one) => (isFields(one) ? (stringOf(one['name']) ?? []) : (stringOf(one) ?? [])));
  const one = isFields(value) ? stringOf(value['name']) : stringOf(value);
  return one === undefined ? undefined : [one];
}

// ── lines ───────────────────────────────────────────────────────────────────

interface Line {
  readonly text: string;
  readonly isCode: boolean;
}

function linesOf(markdown: string): Line[] {
  const lines: Line[] = [];
  let fence = '';
  for (const text of markdown.split('\n')) {
    const ticks = /^ {0,3}(`{3,20}|~{3,20})/.exec(text)?.[1];
    if (fence !== '') {
      lines.push({ text, isCode: true });
      if (ticks?.startsWith(fence) && text.trim() === ticks) fence = '';
      continue;
    }
    if (ticks !== undefined) fence = ticks;
    lines.push({ text, isCode: ticks !== undefined });
  }
  return lines;
}

/** Without what no reader of the rendered document sees; code that shows a comment keeps it. */
function withoutComments(markdown: string): string {
  if (!markdown.includes('<!--')) return markdown;
  let isOpen = false;
  const shown = linesOf(markdown).flatMap(({ text, isCode }) => {
    if (isCode && !isOpen) return [text];
    const wasOpen = isOpen;
    let line = '';
    for (let rest = text; ; ) {
      const at = isOpen ? rest.indexOf('-->') : commentIn(rest);
      if (at === -1) {
        if (!isOpen) line += rest;
        break;
      }
      if (!isOpen) line += rest.slice(0, at);
      rest = rest.slice(at + (isOpen ? 3 : 4));
      isOpen = !isOpen;
    }
    return line.trim() === '' && (wasOpen || text.trim() !== '') ? [] : [line];
  });
  return isOpen ? markdown : shown.join('\n'); // one that does not end is text
}

/** Where a comment begins outside of a code span. */
function commentIn(line: string): number {
  const at = line.indexOf('<!--');
  return at !== -1 && (line.slice(0, at).match(/`/g)?.length ?? 0) % 2 === 1 ? -1 : at;
}

/** The first heading of the first level there is: `# x`, `x` above `===`, `<h1>x</h1>`; else the first line. */
function headingOf(lines: readonly Line[]): string | undefined {
  let second: string | undefined;
  let first: string | undefined;
  for (let index = 0; index < lines.length && index < 400; index += 1) {
    const line = lines[index];
    if (line === undefined || line.isCode) continue;
    const text = line.text.slice(0, 1_000);
    const under = lines[index + 1]?.text ?? '';
    const level = levelOf(text, lines[index + 1]?.isCode === true ? '' : under);
    const words = oneLine(wordsOf(text), 200);
    if (index === 0) first = words;
    if (words === undefined) continue;
    if (level === 1) return words;
    if (level === 2) second ??= words;
  }
  return second ?? first;
}

function levelOf(text: string, under: string): number {
  const signs = /^ {0,3}(#{1,6})(?:\s|$)/.exec(text)?.[1];
  if (signs !== undefined) return signs.length;
  if (text.trim() !== '' && /^ {0,3}=+\s*$/.test(under.slice(0, 300))) return 1;
  if (text.trim() !== '' && /^ {0,3}-{2,}\s*$/.test(under.slice(0, 300))) return 2;
  const tag = /<h([1-6])\b/i.exec(text)?.[1];
  return tag === undefined ? 0 : Number(tag);
}

/** Images here are badges, not part of the title. */
function wordsOf(text: string): string {
  const plain = text
    .replace(/^\s{0,3}#{1,6}\s*|\s#{1,6}\s*$/g, '')
    .replace(/\[?!\[[^[\]]*\]\([^()]*\)(?:\]\([^()]*\))?/g, ' ');
  return decoded(plainOf(plain.replace(/<[^<>]*>/g, ' '))).replace(/[*`]{1,3}/g, '');
}

function plainOf(line: string): string {
  return line
    .replace(/^ {0,3}#{1,6}\s+/, '')
    .replace(/!?\[([^[\]]*)\]\([^()\s]*(?:\s[^()]*)?\)/g, '$1')
    .replace(/(?<![\p{L}\p{N}])([*_`]{1,3})([^*_`]+)\1(?![\p{L}\p{N}])/gu, '$2');
}

// ── links ───────────────────────────────────────────────────────────────────

const MAX_LINKS = 500;

function addresses(prose: string, baseUrl: string): Pick<PlainDocument, 'links' | 'images'> {
  const links = new Map<string, { href: string; text: string }>();
  const images = new Map<string, { src: string; alt: string }>();
  for (const [, bang, label = '', target = ''] of prose.matchAll(
    /(!?)\[([^[\]\n]*)\]\(<?([^()<>\s]+)>?(?:\s[^()\n]*)?\)/g,
  )) {
    if (links.size >= MAX_LINKS || images.size >= MAX_LINKS) break;
    const href = webAddress(target, baseUrl);
    if (href === undefined) continue;
    if (bang === '!') images.set(href, images.get(href) ?? { src: href, alt: label });
    else if (label.trim() !== '') links.set(href, links.get(href) ?? { href, text: plainOf(label) });
  }
  return { links: [...links.values()], images: [...images.values()] };
}

function webAddress(target: string, baseUrl: string): string | undefined {
  if (target.startsWith('#') || !URL.canParse(target, baseUrl)) return undefined;
  const url = new URL(target, baseUrl);
  return (url.protocol === 'http:' || url.protocol === 'https:') && url.username === '' ? url.href : undefined;
}
