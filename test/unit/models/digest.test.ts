import { expect, test } from 'vitest';
import { chooseTags } from '../../../src/services/models/extractive/choose-tags.ts';
import { createExtractiveModel } from '../../../src/services/models/extractive/extractive.ts';
import { plainLine } from '../../../src/services/models/extractive/plain-line.ts';
import { leansBack, splitSentences } from '../../../src/services/models/extractive/rank-sentences.ts';
import { makeArticleOf, makeBrief } from '../../helpers/make-brief.ts';

async function digest(markdown: string, members: { title?: string; description?: string; lang?: string } = {}) {
  const article = { ...makeArticleOf(markdown), ...members };
  const brief = makeBrief({ articles: [article], lang: article.lang, length: 3000 });
  const prompt = { system: '', user: '', schemaName: '', schema: {}, maxOutputTokens: 0, inputTokens: 0 };
  const request = { id: 'x', prompt, tier: 'standard' as const, brief };
  const { text } = await createExtractiveModel().answer(request, new AbortController().signal);
  return JSON.parse(text) as { title: string; description: string; tags: string[]; body: string };
}

test.each([
  ['VW shows the ID. SPACE VIZZION to the public today.', 1],
  ['Dr. Kim of the U.S. Navy was there at the time. He left early in the day.', 2],
  ['“The tide was high that day. We stayed,” said the captain of the boat.', 1],
  ['He said the ferry was late again,” and left the pier at once.', 0],
  ['a part of a sentence that begins somewhere else in the text.', 0],
  ['The price is bro\ufffdken in this sentence of the page.', 0],
])('whole sentences of %j', (text, count) => {
  expect(splitSentences(text, 'en').filter((sentence) => sentence !== undefined)).toHaveLength(count);
});

test.each([
  ['Their guests came after eleven in the evening.', true],
  ['But the harbour was closed for the winter.', true],
  ['What helped in the end, she says, was the rain.', true],
  ['그러나 시장은 문을 열지 않았다.', true],
  ['The harbour was closed for the winter.', false],
  ['“We stayed,” says Ann Lee, who runs the depot, and she says it often.', false],
])('%j leans on what stands before it: %s', (sentence, expected) => {
  expect(leansBack(sentence)).toBe(expected);
});

const MARKET = `## The night market

The night market of Karsali opened in 2019 with 40 stalls. It drew 9,000 guests in its first month. The council of Karsali pays for the lamps and the cleaning of the square.

*A picture of the square at night, taken by the author.*

By Ann Lee\\
Published in the Karsali Herald on Monday.

## Prices

A stall costs 35 euros a night, which covers water and power. Guests of the market spend 14 euros on average.`;

test('neighbours of one paragraph are one quotation, and nothing leans on what is left out', async () => {
  const { body } = await digest(MARKET, { title: 'The night market' });

  expect(body).toContain('> The night market of Karsali opened in 2019 with 40 stalls.');
  expect(body).not.toMatch(/^> It drew/m);
  expect(body).not.toMatch(/\\\\|taken by the author|^> Published|## The night market/m);
  for (const [, quoted = ''] of body.matchAll(/^> (.*)$/gm))
    for (const sentence of quoted.split(/(?<=\.) /)) expect(MARKET).toContain(sentence);
});

test('the description is a whole sentence', async () => {
  const broken = await digest(MARKET, { title: 'Night', description: 'Tested by: … RRP: 49.95 Euro bro\ufffd' });
  const own = await digest(MARKET, { description: 'How a town of 9,000 people keeps its square awake at night.' });

  expect(broken.description).toMatch(/^[A-Z].*\.$/);
  expect(own.description).toBe('How a town of 9,000 people keeps its square awake at night.');
});

test('tags name things and are never units, verbs or frequent words', () => {
  const text =
    'The market makes last minutes count. In the market of Karsali the price rose by 5 percent, and Karsali pays 3 million euros. A town like Karsali makes the market pay.';
  expect(chooseTags('How the market makes money last', text, 'en')).toEqual(['karsali', 'market']);
  expect(
    chooseTags('도서관의 밤이 가장 길다', '도서관은 밤에 연다. 도서관을 찾는 사람은 밤을 좋아한다.', 'ko'),
  ).toEqual(['도서관']);
});

test.each([
  ['&#8216;The Medium&#8217; costs &#163;71.6m &amp; more', '‘The Medium’ costs £71.6m & more'],
  ['&nope; and 5 &lt; 6', '&nope; and 5 < 6'],
  ['벌어\ufffd졌다', '벌어졌다'],
])('%j is written %j', (text, expected) => {
  expect(plainLine(text)).toBe(expected);
});
