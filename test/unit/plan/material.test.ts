import { expect, test } from 'vitest';
import { beginOf, MATERIAL_CHARS, materialOf } from '../../../src/stages/plan/material.ts';
import { makeBrief } from '../../helpers/make-brief.ts';

const [article] = makeBrief().articles;

test('an article of common length stays the same object', () => {
  expect(materialOf(article)).toBe(article);
});

test('a long one is cut at the end of a line and keeps its hash, so that the post of the page keeps its key', () => {
  const line = `${'word '.repeat(20)}\n`;
  const text = line.repeat(5000);
  const cut = materialOf({ ...article, text, markdown: text });

  expect(text.startsWith(`${cut.text}\n`)).toBe(true);
  expect(cut.text.length).toBeGreaterThan(MATERIAL_CHARS - line.length);
  expect(cut.text.length).toBeLessThanOrEqual(MATERIAL_CHARS);
  expect(cut.markdown).toBe(cut.text);
  expect(cut.contentHash).toBe(article.contentHash);
});

test.each([
  ['one line', 'a'.repeat(500_000)],
  ['one line of pairs', '😀'.repeat(100_000)],
  ['one line of pairs, shifted', `a${'😀'.repeat(100_000)}`],
  ['a line break near the begin only', `a\n${'b'.repeat(500_000)}`],
])('%s is cut too, never within a character', (_what, text) => {
  const begin = beginOf(text);

  expect(begin.length).toBeGreaterThan(MATERIAL_CHARS / 2);
  expect(begin.length).toBeLessThanOrEqual(MATERIAL_CHARS);
  expect(text.startsWith(begin)).toBe(true);
  expect(Buffer.from(begin).toString()).toBe(begin);
});
