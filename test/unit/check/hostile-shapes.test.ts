import { describe, expect, test } from 'vitest';
import { chooseTags } from '../../../src/services/models/extractive/choose-tags.ts';
import { splitSentences } from '../../../src/services/models/extractive/rank-sentences.ts';
import { readBody } from '../../../src/stages/check/blocks.ts';
import { findDates } from '../../../src/stages/check/dates/dates.ts';
import { findNames } from '../../../src/stages/check/grounding/names/find-names.ts';
import { findQuotes } from '../../../src/stages/check/grounding/quotes.ts';
import { readQuantities } from '../../../src/stages/check/quantities/read-quantities.ts';
import { scorePost } from '../../../src/stages/check/score/score-post.ts';
import { sentencesOf } from '../../../src/stages/check/sentences.ts';
import { fingerprintOf } from '../../../src/stages/plan/near-duplicates.ts';

/** Long enough that an exponential or cubic reader never ends and a quadratic one runs into the time limit of the test. */
const LENGTH = 60_000;
const fill = (piece: string) => piece.repeat(Math.ceil(LENGTH / piece.length));

const SHAPES: readonly (readonly [name: string, text: string])[] = [
  ['capitals', fill('DEPARTMENT OF AGRICULTURE ')],
  ['capitals, then one small word', `${fill('DEPARTMENT OF AGRICULTURE ')}in 2026`],
  ['one capital after the other', fill('A')],
  ['capitals and hyphens', fill('A-')],
  ['names in a row', fill('Ann Lee ')],
  ['words without a full stop', fill('word ')],
  ['one word', fill('a')],
  ['one Korean word', fill('가')],
  ['Korean without a full stop', fill('바람이 분다 ')],
  ['an inline picture', `![](data:image/png;base64,${fill('iVBORw0KGgo')})`],
  ['opening brackets', fill('[')],
  ['closing brackets', fill(']')],
  ['half links', fill('[](')],
  ['half images', fill('![')],
  ['destinations without an end', fill('](')],
  ['quotation marks', fill('"')],
  ['nested quotations', fill('“a ')],
  ['stars', fill('*a ')],
  ['underlines', fill('_a')],
  ['ticks', fill('`a')],
  ['spaces', fill(' ')],
  ['line breaks', fill('\n')],
  ['digits', fill('1')],
  ['grouped digits', fill('1,000,')],
  ['figures', fill('1 ')],
  ['Korean magnitudes', fill('1억 ')],
  ['dates', fill('3 May 2024, ')],
  ['angle brackets', fill('<https://a')],
  ['ellipses', fill('…')],
];

const READERS = {
  names: (text: string) => findNames(text, 'en'),
  dates: findDates,
  quantities: (text: string) => readQuantities(text, 'en', []),
  sentences: sentencesOf,
  'a body': readBody,
  quotes: findQuotes,
  score: (text: string) => scorePost({ title: 'T', description: 'D', keywords: ['word'], body: text }),
  fingerprint: fingerprintOf,
  'a digest': (text: string) => [splitSentences(text, 'en'), chooseTags(text.slice(0, 1000), text, 'ko')],
} satisfies Record<string, (text: string) => unknown>;

describe.each(Object.entries(READERS))('the reader of %s comes to an end', (_, read) => {
  test.each(SHAPES)('on %s', (_name, text) => {
    expect(read(text)).toBeDefined();
  });
});
