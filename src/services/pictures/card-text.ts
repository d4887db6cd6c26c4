/** What stands on the card of a post. Pure. */

import type { CheckedDraft, Fact } from '../../core/types.ts';
import { cutAtWord } from '../../util/text/cut-at-word.ts';

export interface CardText {
  readonly title: string;
  readonly siteName: string | undefined;
  /** A figure of the post that its source states, with the sentence around it. */
  readonly figure: { readonly value: string; readonly sentence: string } | undefined;
}

const LONGEST_TITLE = 110;
const LONGEST_SENTENCE = 130;

export function cardTextOf({ draft, facts = [] }: CheckedDraft, siteName: string | undefined): CardText {
  const fact = facts.filter(isFigure).sort((a, b) => weightOf(b) - weightOf(a))[0];
  return {
    title: cutAtWord(plain(draft.content.title), LONGEST_TITLE),
    siteName,
    figure:
      fact === undefined
        ? undefined
        : { value: plain(fact.raw), sentence: cutAtWord(plain(fact.sentence), LONGEST_SENTENCE) },
  };
}

/** The source states it where it can be looked up, and it is short enough to be read at a glance. */
function isFigure({ kind, raw, source, derived }: Fact): boolean {
  return kind === 'number' && source?.at !== undefined && derived === undefined && raw.length <= 24 && /\d/.test(raw);
}

/** A figure of the title or the description says most; one with a unit says more than a bare one. */
function weightOf({ line, raw }: Fact): number {
  return (line === undefined ? 2 : 0) + (/[^\d.,\s]/.test(raw) ? 1 : 0);
}

/** Without marks of Markdown and without pictographs, which text fonts do not hold. */
function plain(text: string): string {
  return text
    .replace(/[*_`#]+/g, '')
    .replace(/(?![#*\d©®™])\p{Extended_Pictographic}|\p{Regional_Indicator}|\u200d|\ufe0f/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
}
