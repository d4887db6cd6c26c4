/** Footnotes for generators whose Markdown has none: there `[^1]` is text, and the note a link definition that swallows it. */

import type { FootnoteDefinition, Nodes } from 'mdast';
import { parseBounded, plainText, type Range, rangesOf, splice } from '../../../../util/text/markdown.ts';

/** Each note in brackets where it is first referred to; further references and the notes below are removed. */
export function inlineFootnotes(markdown: string): string {
  if (!markdown.includes('[^')) return markdown;
  const root = parseBounded(markdown);
  const definitions = rangesOf(root, ({ type }) => type === 'footnoteDefinition');
  const notes = new Map(
    definitions.map(({ node }) => [
      (node as FootnoteDefinition).identifier,
      noteOf(node as FootnoteDefinition, markdown),
    ]),
  );
  const seen = new Set<string>();
  const references = rangesOf(root, ({ type }) => type === 'footnoteReference', isRunning).map(({ node, ...range }) => {
    const identifier = 'identifier' in node ? node.identifier : '';
    const note = seen.has(identifier) ? undefined : notes.get(identifier);
    seen.add(identifier);
    return { ...range, by: note === undefined || note === '' ? '' : ` (${note})` };
  });
  const removed: (Range & { readonly by: string })[] = definitions.map(({ start, end }) => ({ start, end, by: '' }));
  return splice(markdown, [...references, ...removed]).trim();
}

/**
 * Parts of a long post each begin their notes at 1, and a parser keeps only the first of each name: later ones are renamed, and so are the
 * references before them.
 */
export function withUniqueFootnotes(markdown: string): string {
  if (!markdown.includes('[^')) return markdown;
  const root = parseBounded(markdown);
  const definitions = rangesOf(root, ({ type }) => type === 'footnoteDefinition').map(identified);
  if (new Set(definitions.map(({ name }) => name)).size === definitions.length) return markdown;
  const references = rangesOf(root, ({ type }) => type === 'footnoteReference', isRunning).map(identified);
  const pieces = [...definitions, ...references].flatMap((note) => {
    const same = definitions.filter(({ name }) => name === note.name);
    const at = same.findIndex(({ start }) => start >= note.start);
    const number = at === -1 ? same.length : at + 1;
    const from = note.start + '[^'.length;
    return number < 2 ? [] : [{ start: from, end: markdown.indexOf(']', from), by: `${note.name}-${number}` }];
  });
  return splice(markdown, pieces);
}

function identified({ node, start, end }: Range & { readonly node: Nodes }) {
  return { start, end, name: 'identifier' in node ? node.identifier : '' };
}

function isRunning({ type }: Nodes): boolean {
  return type !== 'footnoteDefinition';
}

/** One paragraph as it stands; other content as plain words. References within a note are dropped. */
function noteOf(definition: FootnoteDefinition, markdown: string): string {
  const [paragraph, ...more] = definition.children;
  const { start, end } = paragraph?.position ?? {};
  const isPlain = paragraph?.type === 'paragraph' && more.length === 0;
  const text =
    isPlain && start?.offset !== undefined && end?.offset !== undefined
      ? markdown.slice(start.offset, end.offset)
      : definition.children.map(plainText).join(' ');
  return text
    .replace(/\[\^[^[\]\s]{1,200}\]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
