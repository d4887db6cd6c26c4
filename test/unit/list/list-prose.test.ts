/** Lists as people write them: addresses in sentences, pictures, links of Org mode. */

import { expect, test } from 'vitest';
import { parseList } from '../../../src/stages/list/read/parse-list.ts';

async function read(text: string, name = 'urls.txt') {
  const list = await parseList({ name, text }, { priority: 'medium', keywords: [], baseDir: '/lists' });
  return {
    urls: list.entries.map(({ url }) => url),
    problems: list.problems.map(({ message }) => message),
    notes: list.notes,
    kind: list.kind,
    entries: list.entries,
  };
}

const X = 'https://a.example/x';

const SENTENCES: readonly (readonly [line: string, url: string])[] = [
  [`see ${X}.`, X],
  [`- see ${X}!`, X],
  [`Read this: ${X}, then rest`, X],
  [`see ${X}...`, X],
  [`(see ${X})`, X],
  [`(see ${X}).`, X],
  [`see (${X}).`, X],
  [`see "${X}".`, X],
  [`"see ${X}"`, X],
  [`see “${X}”.`, X],
  [`siehe „${X}“`, X],
  [`voir « ${X} ».`, X],
  [`[see ${X}]`, X],
  [`see <${X}>.`, X],
  [`参见 ${X}。`, X],
  [`参见（${X}）。`, X],
  [`参见${X}，然后`, X],
  [`出典：${X}」`, X],
  [`${X}。`, X],
  [`${X}）`, X],
  [`- [A title](${X}).`, X],
  [`Read [a title](${X}).`, X],
  [`see ${X}?page=2.`, `${X}?page=2`],
  ['see https://en.wikipedia.org/wiki/Mercury_(planet).', 'https://en.wikipedia.org/wiki/Mercury_(planet)'],
  ['(see https://en.wikipedia.org/wiki/Mercury_(planet))', 'https://en.wikipedia.org/wiki/Mercury_(planet)'],
  // An address alone on its line may end so.
  ['https://en.wikipedia.org/wiki/Apple_Inc.', 'https://en.wikipedia.org/wiki/Apple_Inc.'],
  ['https://en.wikipedia.org/wiki/Jeopardy!', 'https://en.wikipedia.org/wiki/Jeopardy!'],
  ['https://ja.wikipedia.org/wiki/娘。', 'https://ja.wikipedia.org/wiki/%E5%A8%98%E3%80%82'],
];

test.each(SENTENCES)('the address of %s', async (line, url) => {
  expect(await read(`https://b.example/\n${line}\n`)).toMatchObject({
    urls: ['https://b.example/', url],
    problems: [],
  });
});

test('options behind the address of a sentence still count', async () => {
  const { entries, problems } = await read(`https://b.example/\nFirst of all: ${X} high lang=de\n`);
  expect(problems).toEqual([]);
  expect(entries[1]).toMatchObject({ url: X, priority: 'high', lang: 'de' });
});

const PICTURE = '![a picture](https://i.example/p.png)';

const PICTURES: readonly (readonly [line: string, urls: readonly string[]])[] = [
  [PICTURE, []],
  [`- ${PICTURE}`, []],
  [`- ${PICTURE} ${PICTURE}`, []],
  ['![](https://i.example/p_(1).png "Title")', []],
  ['- ![a picture](<https://i.example/a b.png>)', []],
  [`- ${PICTURE} [A title](${X})`, [X]],
  [`- [![a picture](https://i.example/p.png)](${X})`, [X]],
  [`- [${PICTURE} A title](${X}) - words`, [X]],
  [`${PICTURE} ${X}`, [X]],
  [`${X} ${PICTURE}`, [X]],
  [`| ${PICTURE} | [A title](${X}) |`, [X]],
  [`See ${PICTURE} and [a title](${X}).`, [X]],
];

test.each(PICTURES)('a picture is no page: %s', async (line, urls) => {
  expect(await read(`https://b.example/\n${line}\n`)).toMatchObject({
    urls: ['https://b.example/', ...urls],
    problems: [],
  });
});

const ONE = 'https://a.example/one';
const TWO = 'https://b.example/two';

const ORG: readonly (readonly [what: string, text: string])[] = [
  ['links with text', `[[${ONE}][One]]\n[[${TWO}][Two, and more]]\n`],
  ['links without text', `[[${ONE}]]\n[[${TWO}]]\n`],
  ['a link with a space before it', `\n [[${ONE}][One]]\n [[${TWO}]]\n`],
  ['a list', `- [[${ONE}][One]] :: words\n+ [[${TWO}][Two]]\n`],
  ['boxes', `- [ ] [[${ONE}][One]]\n- [X] [[${TWO}][Two]]\n`],
  ['headlines', `#+TITLE: Reading\n* TODO [[${ONE}][One]] :tag:\n** DONE [#A] [[${TWO}][Two]]\n`],
  ['two links in a line', `- [[${ONE}][One]], [[${TWO}][Two]]\n`],
  [
    'headlines over links',
    `* Reading list\n:PROPERTIES:\n:ID: 12ab\n:END:\n- [[${ONE}][One]]\n** Later\nSCHEDULED: <2024-05-01 Wed>\n- [[${TWO}][Two]]\n`,
  ],
  ['links to files', `- [[file:notes.org][Notes]]\n- [[${ONE}][One]]\n- [[${TWO}][Two]]\n- [[id:12ab][Mine]]\n`],
];

test.each(ORG)('links of Org mode: %s', async (_, text) => {
  for (const name of ['reading.org', 'urls.txt'])
    expect(await read(text, name)).toMatchObject({ urls: [ONE, TWO], problems: [], kind: 'text' });
});
