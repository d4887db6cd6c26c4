/** How much of a post is copied from its sources, word for word. Pure. */

import type { Draft, Finding } from '../../core/types.ts';
import { plural } from '../../util/text/plural.ts';
import { type Body, readBody } from './blocks.ts';
import { comparable } from './grounding/quotes.ts';

export interface Originality {
  /** Share of the post's word 8-grams that are in a source, 0 to 1. */
  readonly copied: number;
  /** Number of words in the longest run copied from a source. */
  readonly longestRun: number;
}

const GRAM = 8;

/** Quotations are not counted: they name their speaker. */
export function measureOriginality(body: Body, sources: readonly string[]): Originality {
  const text = body.blocks.map((block) => (block.kind === 'quotation' ? ' \u0001 ' : block.text)).join('\n');
  const words = wordsOf(text.replace(/[“"「][^“”"「」\n]{2,600}[”"」]/g, ' \u0001 '));
  const known = new Set(sources.flatMap((source) => gramsOf(wordsOf(source))));
  const grams = gramsOf(words);
  if (grams.length === 0) return { copied: 0, longestRun: 0 };
  let hits = 0;
  let run = 0;
  let longest = 0;
  for (const gram of grams) {
    const hit = known.has(gram);
    run = hit ? run + 1 : 0;
    hits += Number(hit);
    longest = Math.max(longest, run === 0 ? 0 : run + GRAM - 1);
  }
  return { copied: hits / grams.length, longestRun: longest };
}

export function checkOriginality(
  { content, brief, digest }: Draft,
  maxCopied: number,
  body: Body = readBody(content.body),
): (Finding & { readonly copied: number })[] {
  if (digest) return [];
  const { copied, longestRun } = measureOriginality(
    body,
    brief.articles.map(({ text }) => text),
  );
  if (copied <= maxCopied) return [];
  return [
    {
      copied,
      rule: 'copied',
      severity: 'error',
      message: `${Math.round(copied * 100)} % of the post stands word for word in its source (at most ${Math.round(maxCopied * 100)} %); the longest run has ${plural(longestRun, 'word')}`,
      fix: 'Say it in other words, or quote it and name who said it.',
    },
  ];
}

function wordsOf(text: string): string[] {
  return text.split('\u0001').flatMap((part, index) => [
    ...(index === 0 ? [] : ['\u0001']),
    ...comparable(part)
      .split(' ')
      .filter((word) => word !== ''),
  ]);
}

function gramsOf(words: readonly string[]): string[] {
  const grams: string[] = [];
  for (let index = 0; index + GRAM <= words.length; index += 1) grams.push(words.slice(index, index + GRAM).join(' '));
  return grams;
}
