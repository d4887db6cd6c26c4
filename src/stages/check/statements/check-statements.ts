/** Statements with the source's words and figures, but another meaning. Warnings for an editor, never errors. Pure. */

import type { Draft, Finding } from '../../../core/types.ts';
import { figuresOf } from '../arithmetic/pairs.ts';
import { type Block, type Body, readBody } from '../blocks.ts';
import { findDates } from '../dates/dates.ts';
import { comparable, findQuotes } from '../grounding/quotes.ts';
import { indexSources, type SourceIndex } from '../grounding/source-index.ts';
import type { SourceSentence } from '../grounding/source-sentences.ts';
import type { Quantity } from '../quantities/quantity.ts';
import { readQuantities } from '../quantities/read-quantities.ts';
import { sentencesOf } from '../sentences.ts';
import { type Alignment, alignWith } from './align.ts';
import { findAnchored } from './anchored.ts';
import { findWrongRank } from './ranking.ts';
import { RULES, type StatementRule } from './rules.ts';
import { isOtherSpeaker } from './who/speakers.ts';

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
    .flatMap((block) => checkBlock(block, alignment, sentences, brief.lang, nameTest(index.text)));
}

function checkBlock(
  block: Block,
  alignment: Alignment,
  sources: readonly SourceSentence[],
  lang: string,
  isName: (word: string) => boolean,
): Finding[] {
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
    const rank = findWrongRank(sentence, sources);
    if (rank !== undefined) return [{ ...at, rule: 'statement-rank', message: rank }];
    const found = alignment.find(sentence);
    let read: readonly Quantity[] | undefined;
    const figures = () => {
      read ??= figuresIn(sentence, lang);
      return read;
    };
    const anchored = /\d/.test(sentence) ? findAnchored(sentence, figures(), sources) : undefined;
    if (anchored !== undefined)
      return [
        { ...at, rule: `statement-${anchored.rule}`, message: `${anchored.message}: "${shown(anchored.source)}"` },
      ];
    if (found === undefined) return [];
    const pair = { post: sentence, ...found, isName, figures };
    for (const [rule, judge] of Object.entries(RULES) as [StatementRule, (typeof RULES)[StatementRule]][]) {
      const message = judge(pair);
      if (message !== undefined)
        return [{ ...at, rule: `statement-${rule}`, message: `${message}: "${shown(found.source)}"` }];
    }
    return [];
  });
}

const shown = ({ text }: SourceSentence) => text.trim().slice(0, SHOWN);

/** A word is a name where the sources write it with a capital only, and not just before the comma of a beginning: `However, …`. */
function nameTest(text: string): (word: string) => boolean {
  const known = new Map<string, boolean>();
  return (word) => {
    let is = known.get(word);
    if (is === undefined) {
      const rest = word.slice(1);
      is = isWithinSentence(word, text) && !text.includes(`${(word[0] ?? '').toLowerCase()}${rest}`);
      known.set(word, is);
    }
    return is;
  };
}

function isWithinSentence(word: string, text: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    const isInside = /[\p{L}\p{N},;’)]\s$/u.test(text.slice(Math.max(0, at - 2), at));
    if (isInside || text[at + word.length] !== ',') return true;
  }
  return false;
}

function figuresIn(sentence: string, lang: string): readonly Quantity[] {
  const dates = findDates(sentence, lang);
  return figuresOf({ quantities: readQuantities(sentence, lang, dates), dates });
}

const comparables = new WeakMap<SourceSentence, string>();

function comparableOf(source: SourceSentence): string {
  const known = comparables.get(source);
  if (known !== undefined) return known;
  const found = comparable(source.text);
  comparables.set(source, found);
  return found;
}

/** A quotation of the source that the post attributes to another speaker. */
function wrongSpeaker(sentence: string, sources: readonly SourceSentence[]): { readonly message: string } | undefined {
  for (const { quote } of findQuotes(sentence)) {
    const said = comparable(quote);
    const place = sources.findIndex((source) => comparableOf(source).includes(said));
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
