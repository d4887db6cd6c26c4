/** Converts sanitised HTML to the blocks of WordPress's editor; elements without a block type become HTML blocks. Pure. */

import { Parser } from 'htmlparser2';
import { trimTail } from '../../util/text/trim-edges.ts';

/** @param html Clean HTML whose attributes hold no angle bracket. */
export function toBlocks(html: string): string {
  return topElements(html)
    .map(({ tag, text }) => (BLOCKS[tag] ?? htmlBlock)(text))
    .join('\n\n');
}

interface Part {
  readonly tag: string;
  readonly text: string;
}

/** The elements at the top; text between them is a part of its own. */
function topElements(html: string): Part[] {
  const parts: Part[] = [];
  let depth = 0;
  let from = 0;
  const textUpTo = (end: number) => {
    const text = html.slice(from, end).trim();
    if (text !== '') parts.push({ tag: '', text });
  };
  const parser = new Parser({
    onopentag() {
      if (depth === 0) {
        textUpTo(parser.startIndex);
        from = parser.startIndex;
      }
      depth += 1;
    },
    onclosetag(tag) {
      depth -= 1;
      if (depth > 0) return;
      parts.push({ tag, text: html.slice(from, parser.endIndex + 1) });
      from = parser.endIndex + 1;
    },
  });
  parser.end(html);
  textUpTo(html.length);
  return parts;
}

const BLOCKS: Readonly<Record<string, (text: string) => string>> = {
  p: (text) => (/^<p><img [^<>]*><\/p>$/.test(text) ? image(text.slice(3, -4)) : block('paragraph', text)),
  img: (text) => image(text),
  ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((level) => [`h${level}`, heading(level)])),
  ul: (text) => list(text, {}),
  ol: (text) => list(text, orderOf(text)),
  blockquote(text) {
    const inner = text
      .replace(/^<blockquote>/, '')
      .replace(/<\/blockquote>$/, '')
      .trim();
    return block('quote', `<blockquote class="wp-block-quote">${toBlocks(inner)}</blockquote>`);
  },
  pre(text) {
    const [, language, code] = /^<pre><code(?: class="([\w -]+)")?>([\s\S]*)<\/code><\/pre>$/.exec(text) ?? [];
    if (code === undefined) return htmlBlock(text);
    const named = language === undefined ? {} : { className: language };
    const classes = ['wp-block-code', language].filter(Boolean).join(' ');
    return block('code', `<pre class="${classes}"><code>${code}</code></pre>`, named);
  },
  table(text) {
    const aligned = text.replace(
      /(<t[dh]) align="(left|center|right)"/g,
      '$1 class="has-text-align-$2" data-align="$2"',
    );
    return block('table', `<figure class="wp-block-table">${aligned}</figure>`, { hasFixedLayout: false });
  },
  hr: () => block('separator', '<hr class="wp-block-separator has-alpha-channel-opacity"/>'),
};

function block(name: string, text: string, attributes: Readonly<Record<string, unknown>> = {}): string {
  const given = Object.keys(attributes).length === 0 ? '' : ` ${attributesOf(attributes)}`;
  return `<!-- wp:${name}${given} -->\n${text}\n<!-- /wp:${name} -->`;
}

/** Nothing in it may end the comment that it stands in. */
function attributesOf(attributes: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(attributes)
    .replaceAll('--', '\\u002d\\u002d')
    .replaceAll('<', '\\u003c')
    .replaceAll('>', '\\u003e');
}

function htmlBlock(text: string): string {
  return block('html', text);
}

function heading(level: number): (text: string) => string {
  return (text) => block('heading', text, level === 2 ? {} : { level });
}

function image(tag: string): string {
  const closed = `${trimTail(tag, /[\s/>]/)}/>`;
  return block('image', `<figure class="wp-block-image">${closed}</figure>`);
}

/** The list block holds lines of text: paragraphs, tables or boxes within an item are none. */
function list(text: string, attributes: Readonly<Record<string, unknown>>): string {
  const lines = text.replace(/<li>\s*<p>((?:(?!<\/?p>)[\s\S])*)<\/p>\s*<\/li>/g, '<li>$1</li>');
  return /<(?:p|pre|table|blockquote|input|h[1-6]|hr)[\s>/]/.test(lines) || /^<[uo]l [^<>]*class=/.test(lines)
    ? htmlBlock(text)
    : block('list', lines, attributes);
}

function orderOf(text: string): Readonly<Record<string, unknown>> {
  const start = /^<ol start="(\d+)"/.exec(text)?.[1];
  return start === undefined ? { ordered: true } : { ordered: true, start: Number(start) };
}
