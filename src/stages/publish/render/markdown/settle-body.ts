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
  ];
  return steps.reduce((text, step) => step(text), body);
}
