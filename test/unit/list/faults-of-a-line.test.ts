import { expect, test } from 'vitest';
import { badLines } from '../../../src/stages/list/list-errors.ts';
import { parseList } from '../../../src/stages/list/read/parse-list.ts';

const problemsOf = async (name: string, text: string) =>
  (await parseList({ name, text }, { priority: 'medium', keywords: [] })).problems.map(({ message }) => message);

const CSV = 'url,lang,length,priority\n';

test.each([
  ['three options', 'l.txt', 'https://example.com/a lenght=3 lang=kr hgih', [/got "lenght"/, /got "kr"/, /got "hgih"/]],
  ['the address and an option', 'l.txt', 'example.com/b length=abc', [/https:\/\/example\.com\/b/, /got "abc"/]],
  [
    'an option without a value and one of none',
    'l.txt',
    'https://example.com/c tone= newest=x',
    [/value for tone/, /newest= a number/],
  ],
  ['cells of a table', 'l.csv', `${CSV}https://example.com/a,kr,abc,soon\n`, [/got "kr"/, /got "abc"/, /got "soon"/]],
  [
    'members of JSON',
    'l.json',
    '[{"url":"https://example.com/a","lang":"kr","length":"abc"}]',
    [/got "kr"/, /got "abc"/],
  ],
  ['one option', 'l.txt', 'https://example.com/a lang=kr', [/got "kr"/]],
])('every fault of a line is named: %s', async (_what, name, text, wanted) => {
  expect((await problemsOf(name, text)).sort()).toEqual(
    expect.arrayContaining(wanted.map((pattern) => expect.stringMatching(pattern) as string)),
  );
  expect(await problemsOf(name, text)).toHaveLength(wanted.length);
});

test('lines are counted, not faults', () => {
  const at = (line: number, message: string) => ({ position: { file: 'l.txt', line }, message });
  const error = badLines([at(1, 'a'), at(1, 'b'), at(2, 'c')]);

  expect(error.message).toBe('2 bad lines in the list; nothing was run\nl.txt:1: a\nl.txt:1: b\nl.txt:2: c');
  expect(badLines([at(1, 'a'), at(1, 'b')]).message).toMatch(/^1 bad line in/);
});
