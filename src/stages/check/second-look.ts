/** The check by a model: which sentences it gets, and the findings from its verdicts. Pure. */

import type { Article, Draft, Finding, Statement, StatementVerdict } from '../../core/types.ts';
import { type Body, readBody } from './blocks.ts';
import { comparable } from './grounding/quotes.ts';
import { sentencesOf } from './sentences.ts';

/** Shorter sentences contain no fact to look up. */
const MIN_CHARACTERS = 20;
const MAX_STATEMENTS = 120;

/** The sentences of a post's paragraphs, quotations and cells, numbered; those of a very long post two or more at a time. */
export function statementsOf(
  { content }: Pick<Draft, 'content'>,
  { blocks }: Body = readBody(content.body),
): Statement[] {
  const sentences = blocks
    .filter(({ kind }) => kind === 'paragraph' || kind === 'cell' || kind === 'quotation')
    .flatMap((block) =>
      sentencesOf(block.text.replace(/[\n\t]/g, ' ')).map(({ text, from }) => ({
        text: text.trim(),
        line: block.lineAt(from),
      })),
    )
    .filter(({ text }) => text.length >= MIN_CHARACTERS);
  const together = Math.ceil(sentences.length / MAX_STATEMENTS);
  return sentences
    .flatMap(({ text, line }, at) =>
      at % together === 0
        ? [{ line, text: [text, ...sentences.slice(at + 1, at + together).map((next) => next.text)].join(' ') }]
        : [],
    )
    .map((statement, index) => ({ id: index + 1, ...statement }));
}

const MESSAGES = {
  contradicted: 'A second look by a model: the sources say something else',
  'not in source': 'A second look by a model: the sources do not say this',
} as const;

/** A warning for each statement that the model found unsupported. The place that the model names counts only if it is in a source. */
export function lookFindings(
  statements: readonly Statement[],
  verdicts: readonly StatementVerdict[],
  articles: readonly Article[],
): Finding[] {
  const words = articles.map(({ text }) => ` ${comparable(text)} `);
  const byId = new Map(verdicts.map((verdict) => [verdict.id, verdict]));
  return statements.flatMap(({ id, text, line }): Finding[] => {
    const found = byId.get(id);
    if (found === undefined || found.verdict === 'supported') return [];
    const place = comparable(found.place);
    const isThere = place.split(' ').length > 2 && words.some((source) => source.includes(` ${place} `));
    return [
      {
        rule: found.verdict === 'contradicted' ? 'look-contradicted' : 'look-not-in-source',
        severity: 'warning',
        message: `${MESSAGES[found.verdict]}${isThere ? `: "${found.place}"` : ''}`,
        fix: 'Compare it with the source; a model may be wrong, too.',
        line,
        excerpt: text.slice(0, 300),
      },
    ];
  });
}
