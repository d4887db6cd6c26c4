import { expect, test } from 'vitest';
import type { BatchRow, Prompt } from '../../../src/core/ports.ts';
import { placedRows } from '../../../src/stages/write/batches/follow/placed-rows.ts';
import { makeReply } from '../../helpers/make-brief.ts';

const FRAME = 'Write a post about this source. The council of the town met, and the work was done in the end. ';
const SOURCES: Readonly<Record<string, string>> = {
  a: 'Harbour ferries crossed 137 times in 1991; Captain Larsen kept 23 diaries of the northern quay.',
  b: 'School kitchens of Elmstead served 174 meals in 1992, and cook Adebayo listed 26 soups with lentils.',
  c: 'Night buses drove 211 routes in 1993; driver Fontaine counted 29 foxes near the old depot.',
  d: '항구의 배는 1994년에 248번 바다를 건넜고 선장 이순복은 일기 32권을 남겼다.',
};
const promptOf = (id: string) => ({ user: `${FRAME}${SOURCES[id] ?? ''}` }) as Prompt;
const ANSWERS: Readonly<Record<string, string>> = {
  a: 'In 1991 Larsen wrote 23 diaries while ferries left the harbour 137 times.',
  b: 'Adebayo cooked 174 meals and 26 soups at the school in Elmstead, 1992.',
  c: 'Fontaine saw 29 foxes on 211 routes of the night buses by 1993.',
  d: '이순복 선장이 1994년에 쓴 일기 32권에는 배가 바다를 248번 건넌 기록이 있다.',
};
const answer = (id: string, about: string): BatchRow => ({
  id,
  kind: 'answer',
  reply: makeReply({ text: ANSWERS[about] ?? about }),
});
/** What each row holds in the end, by its key. */
const placed = (rows: readonly BatchRow[]) =>
  Object.fromEntries(
    placedRows(rows, promptOf).map((row) => [row.id, row.kind === 'answer' ? row.reply.text : row.code]),
  );

test('answers under their own keys stay', () => {
  expect(placed(Object.keys(SOURCES).map((id) => answer(id, id)))).toEqual(ANSWERS);
});

test.each([
  ['two are exchanged', 'bacd'],
  ['all are shifted', 'dabc'],
  ['three are shifted', 'bcad'],
])('where %s, each answer goes to the row that it is about', (_what, order) => {
  expect(placed(Object.keys(SOURCES).map((id, index) => answer(id, order[index] ?? '')))).toEqual(ANSWERS);
});

test('an answer is not taken from a row that it may be about, nor given to one whose own answer is right', () => {
  const both = `${ANSWERS['a'] ?? ''} ${ANSWERS['b'] ?? ''}`;
  const rows = [answer('a', both), answer('b', 'b'), answer('c', 'b')];

  expect(placed(rows)).toEqual({ a: both, b: ANSWERS['b'], c: ANSWERS['b'] });
});

test('of two answers about one row, the one that leaves its place to another goes there', () => {
  const rows = [answer('a', 'b'), answer('b', 'c'), answer('c', 'b')];

  expect(placed(rows)).toEqual({ a: ANSWERS['b'], b: ANSWERS['b'], c: ANSWERS['c'] });
});

test('failed rows, rows that nobody waits for, and answers that say nothing of a source stay', () => {
  const failed: BatchRow = { id: 'c', kind: 'error', code: 'PROVIDER_OVERLOADED', message: 'no', retryable: true };
  const rows = [answer('a', 'Sorry'), answer('b', ''), failed, answer('z', 'a')];

  expect(placed(rows)).toEqual({ a: 'Sorry', b: '', c: 'PROVIDER_OVERLOADED', z: ANSWERS['a'] });
});
