import { parseBounded, rangesOf, splice } from '../../../../util/text/markdown.ts';
import type { Preset } from '../presets/preset.ts';
import { settleCode } from './code-blocks.ts';
import { withoutLostEmphasis } from './emphasis.ts';
import { inlineFootnotes, withUniqueFootnotes } from './footnotes.ts';
import {
  rewriteText,
  withoutAutolinks,
  withoutHtml,
  withoutPictures,
  withoutStrikingRanges,
  withoutUnsafeLinks,
} from './markdown-text.ts';
import { settleOwnLinks } from './own-links.ts';

/** A body in the Markdown that a generator's parser reads as this project's does, without raw HTML, pictures and links that could run something or lead nowhere. */
export function settleBody(body: string, preset: Preset): string {
  const steps: readonly ((text: string) => string)[] = [
    (text) => settleCode(text, { atMarginOnly: preset.fencesAtMargin === true }),
    ...(preset.isMdx === true ? [withoutAutolinks] : []),
    withoutUnsafeLinks,
    withoutPictures,
    withUniqueFootnotes,
    ...(preset.hasFootnotes === false ? [inlineFootnotes] : []),
    withoutLostEmphasis,
    withoutStrikingRanges,
    (text) => rewriteText(text, (part) => preset.text(withoutHtml(part)), preset.code),
    preset.everywhere,
    (text) => settleOwnLinks(text, preset.anchors),
    ...(preset.hasCodeFirst === true ? [withPlainPipes] : []),
  ];
  return steps.reduce((text, step) => step(text), body);
}

/** `a \\| b` in the code of a table is `a | b`: kramdown and Python-Markdown find the code before the cells, and would show the backslash. */
function withPlainPipes(markdown: string): string {
  if (!markdown.includes('\\|')) return markdown;
  const tables = rangesOf(parseBounded(markdown), ({ type }) => type === 'table');
  const code = tables.flatMap(({ node }) => rangesOf(node, ({ type }) => type === 'inlineCode'));
  return splice(
    markdown,
    code.map(({ start, end }) => ({ start, end, by: markdown.slice(start, end).replaceAll('\\|', '|') })),
  );
}
