/** Statements whose words and figures are the source's and that still say something else. Warnings for an editor, never errors. Pure. */

import type { Draft, Finding } from '../../../core/types.ts';
import { type Block, type Body, readBody } from '../blocks.ts';
import { findDates } from '../grounding/dates.ts';
import { figuresOf } from '../grounding/pairs.ts';
import { comparable, findQuotes } from '../grounding/quotes.ts';
import { indexSources, type SourceIndex } from '../grounding/source-index.ts';
import type { SourceSentence } from '../grounding/source-sentences.ts';
import type { Quantity } from '../quantities/quantity.ts';
import { readQuantities } from '../quantities/read-quantities.ts';
import { sentencesOf } from '../sentences.ts';
import { type Alignment, alignWith } from './align.ts';
import { RULES, type StatementRule } from './rules.ts';
import { isOtherSpeaker } from './speakers.ts';

const FIX = 'Compare both sentences; say what the source says.';
/** Longest part of a source sentence that a message shows. */
const SHOWN = 240;

export function checkStatements(
  { content, brief, digest }: Draft,
  { blocks }: Body = readBody(content.body),
  index: SourceIndex = indexSources(brief.articles),
): Finding[] {
  if (digest) return [];
  const sentences = index.bodySentences;
  const alignment = alignWith(index);
  return blocks
    .filter(({ kind }) => kind === 'paragraph' || kind === 'cell')
    .flatMap((block) => checkBlock(block, alignment, sentences, brief.lang));
}

function checkBlock(block: Block, alignment: Alignment, sources: readonly SourceSentence[], lang: string): Finding[] {
  const text = block.text.replace(/[\n\t]/g, ' ');
  return sentencesOf(text).flatMap(({ text: sentence, from }): Finding[] => {
    if (alignment.isCopy(sentence)) return [];
    const at = {
      severity: 'warning' as const,
      fix: FIX,
      line: block.lineAt(from),
      excerpt: sentence.trim().slice(0, 300),
    };
    const speaker = wrongSpeaker(sentence, sources);
    if (speaker !== undefined) return [{ ...at, rule: 'statement-speaker', ...speaker }];
    const found = alignment.find(sentence);
    if (found === undefined) return [];
    const pair = { post: sentence, ...found, figures: () => figuresIn(sentence, lang) };
    for (const [rule, judge] of Object.entries(RULES) as [StatementRule, (typeof RULES)[StatementRule]][]) {
      const message = judge(pair);
      if (message !== undefined)
        return [
          { ...at, rule: `statement-${rule}`, message: `${message}: "${found.source.text.trim().slice(0, SHOWN)}"` },
        ];
    }
    return [];
  });
}

function figuresIn(sentence: string, lang: string): readonly Quantity[] {
  const dates = findDates(sentence, lang);
  return figuresOf({ quantities: readQuantities(sentence, lang, dates), dates });
}

/** A quotation of the source that the post gives to another speaker. */
function wrongSpeaker(sentence: string, sources: readonly SourceSentence[]): { readonly message: string } | undefined {
  for (const { quote } of findQuotes(sentence)) {
    const said = comparable(quote);
    const place = sources.findIndex(({ text }) => comparable(text).includes(said));
    if (place === -1) continue;
    const around = [place - 2, place - 1, place, place + 1, place + 2]
      .map((index) => sources[index]?.text ?? '')
      .join(' ');
    const other = isOtherSpeaker(sentence, around);
    if (other !== undefined)
      return {
        message: `The quotation is given to "${other}", whom the source does not name there: "${(sources[place]?.text ?? '').trim().slice(0, SHOWN)}"`,
      };
  }
  return undefined;
}
