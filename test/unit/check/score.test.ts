import { readdir, readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pixelWidth } from '../../../src/stages/check/score/pixel-width.ts';
import { scorePost } from '../../../src/stages/check/score/score-post.ts';
import type { ScoredPost } from '../../../src/stages/check/score/scored-post.ts';
import { fuzzed } from '../../helpers/fuzz.ts';

const GOOD: ScoredPost = {
  title: 'What a year of tidal power taught Port Selby',
  description:
    'One year of tidal power in figures: what the turbine delivered, what it cost, what failed on the way, and what the fish did meanwhile.',
  slug: 'tidal-power-port-selby',
  lang: 'en',
  canonical: 'https://example.org/tidal',
  keywords: ['tidal power'],
  body: [
    'Tidal power has been in Port Selby for a year. The rotor stands on the bed of the sound, below the ferries, and turns with each tide; the cable comes ashore behind the old smokehouse.',
    '## What tidal power cost',
    'The harbour lent the quay, and a bank in the county town gave the rest at a low rate. Repairs after the January storm took most of the first reserve.',
    'Divers changed two bearings in March. Since then nothing has failed, and the cable to the shore was inspected without a fault.',
    '### Who paid',
    'The town did, by a levy that the council ends in summer. Fishermen were paid for the weeks in which their ground was closed, and the school gets a share of what is earned.',
    '![The rotor](rotor.jpg)',
  ].join('\n\n'),
};

const rows = (count: number) => Array.from({ length: count }, (_, row) => `Some words stand here in row ${row}.`);
const PROSE = GOOD.body.split('\n\n').filter((block) => /^[A-Z]/.test(block));

test('a good post has all points', () => {
  expect(scorePost(GOOD)).toEqual({ score: 100, findings: [] });
});

test.each<[string, Partial<ScoredPost>, string]>([
  ['no title', { title: '' }, 'title'],
  [
    'a title that is cut',
    { title: 'What a year of tidal power taught Port Selby and all the towns around it about the sea' },
    'title',
  ],
  [
    'a Hangul title that is cut',
    { title: '햇빛을 파는 마을 해담리의 세 해 동안의 기록과 남은 숙제를 숫자로 살펴보다 tidal power' },
    'title',
  ],
  ['no description', { description: '' }, 'description'],
  ['a slug in capitals', { slug: 'Tidal_Power' }, 'slug'],
  ['no language', { lang: 'und' }, 'lang'],
  ['a second H1', { body: `${GOOD.body}\n\n# Again` }, 'one-h1'],
  ['a skipped level', { body: GOOD.body.replace('### Who', '#### Who') }, 'heading-order'],
  ['no keyword in the title', { title: 'What a year of the turbine taught Port Selby' }, 'keyword-title'],
  ['stuffing', { body: `${GOOD.body}\n\n${'Tidal power is tidal power. '.repeat(20)}` }, 'keyword-stuffing'],
  ['a wall of text', { body: `${GOOD.body}\n\n${rows(40).join(' ')}` }, 'paragraph-length'],
  ['an image without words', { body: `${GOOD.body}\n\n![](a.jpg)` }, 'image-alt'],
  ['an empty link', { body: `${GOOD.body}\n\n[here]()` }, 'empty-link'],
  ['broken structured data', { structuredDataValid: false }, 'structured-data'],
])('%s costs points and names its rule, reason and fix', (_name, change, rule) => {
  const { score, findings } = scorePost({ ...GOOD, ...change });

  expect(score).toBeLessThan(100);
  expect(findings.map((finding) => finding.rule)).toContain(rule);
  for (const finding of findings) expect(finding.fix).toBeTruthy();
});

test.each<[string, Partial<ScoredPost>, string, number]>([
  ['an empty body', { body: '' }, 'empty-body', 30],
  ['a body of nothing but a heading', { body: '## Tidal power\n' }, 'empty-body', 30],
  ['a body of nothing but code', { body: '```\nTidal power\n```' }, 'empty-body', 30],
  ['one sentence', { body: '## Tidal power\n\nTidal power came to Port Selby.' }, 'one-sentence', 60],
  ['one Korean sentence', { body: '조류 발전이 항구에 들어왔다.', keywords: [] }, 'one-sentence', 60],
  ['a copy', { copied: 1 }, 'copied', 50],
  ['one paragraph nine times', { body: `${GOOD.body.split('\n\n')[0]}\n\n`.repeat(9) }, 'repeated', 60],
  ['every paragraph twice', { body: `${GOOD.body}\n\n${GOOD.body}` }, 'repeated', 75],
  ['three short sentences', { body: 'Tidal power came. It cost money. The town paid.' }, 'short-text', 80],
  [
    'three short Korean sentences',
    { body: '조류 발전이 왔다. 돈이 들었다. 마을이 냈다.', keywords: [] },
    'short-text',
    80,
  ],
  ['one wall of text', { body: rows(60).join(' '), keywords: [] }, 'paragraph-length', 90],
])('%s is no good post', (_name, change, rule, most) => {
  const { score, findings } = scorePost({ ...GOOD, ...change });
  expect(findings.map((finding) => finding.rule)).toContain(rule);
  expect(score).toBeLessThanOrEqual(most);
});

test.each([
  ['a heading with a line below it', 'Again\n=====', 'one-h1'],
  ['an image by reference of a caption in code', '`![](a.jpg)`', undefined],
  ['an image in a link', '[![](a.jpg)](https://a.example/)', 'image-alt'],
  ['a number sign without a space', '#1 of all towns', undefined],
  ['a list with a long entry', `- ${rows(40).join(' ')}`, 'paragraph-length'],
  ['a paragraph over many lines', rows(40).join('\n'), 'paragraph-length'],
  ['an escaped bracket', '\\[here]() is how a link looks', undefined],
])('a body is read as Markdown: %s', (_name, text, rule) => {
  const rules = scorePost({ ...GOOD, body: `${GOOD.body}\n\n${text}` }).findings.map((finding) => finding.rule);
  expect(rules).toEqual(rule === undefined ? [] : [rule]);
});

test('code is no text: headings and links in it do not count', () => {
  expect(scorePost({ ...GOOD, body: `${GOOD.body}\n\n\`\`\`\n# comment\n[x]()\n\`\`\`` }).score).toBe(100);
});

test('the same post has the same score, between 0 and 100, whatever it holds', () => {
  const post = fc.record({
    title: fc.string({ maxLength: 120 }),
    description: fc.string({ maxLength: 250 }),
    body: fc.string({ maxLength: 2000 }),
    keywords: fc.array(fc.string({ minLength: 1, maxLength: 12 }), { maxLength: 2 }),
  });
  fc.assert(
    fc.property(post, (given) => {
      const { score } = scorePost(given);
      expect(scorePost(given).score).toBe(score);
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(100);
    }),
    fuzzed(200),
  );
});

type Fault = readonly [rule: string, spoil: (post: ScoredPost) => ScoredPost];
const member =
  (members: Partial<ScoredPost>): Fault[1] =>
  (post) => ({ ...post, ...members });
const below =
  (text: string): Fault[1] =>
  (post) => ({ ...post, body: `${post.body}\n\n${text}` });

/** Every rule with its faults; of one row only one can be had at a time. */
const FAULTS: readonly (readonly Fault[])[] = [
  [
    ['title', member({ title: 'Tidal power' })],
    [
      'title',
      member({ title: 'What a year of tidal power taught Port Selby and all the towns around it about the sea' }),
    ],
    [
      'title',
      member({ title: '햇빛을 파는 마을 해담리의 세 해 동안의 기록과 남은 숙제를 숫자로 살펴보다 tidal power' }),
    ],
    ['keyword-title', member({ title: 'What a year of the turbine taught Port Selby' })],
  ],
  [
    ['description', member({ description: 'Tidal power.' })],
    ['description', member({ description: 'Tidal power in figures and in words. '.repeat(8) })],
    ['description', member({ description: '조류 발전의 한 해를 숫자로 살펴봅니다. '.repeat(5) })],
    ['keyword-description', member({ description: GOOD.description.replace('tidal power', 'the turbine') })],
  ],
  [
    ['slug', member({ slug: 'Tidal_Power' })],
    ['slug', member({ slug: 'tidal-'.repeat(20) })],
  ],
  [
    ['lang', member({ lang: 'und' })],
    ['lang', member({ lang: '' })],
  ],
  [
    ['canonical', member({ canonical: '' })],
    ['canonical', member({ canonical: '/tidal' })],
    ['canonical', member({ canonical: 'file:///home/me/tidal.html' })],
  ],
  [['structured-data', member({ structuredDataValid: false })]],
  [['dead-link', member({ deadLinks: ['gone.md'] })]],
  [['copied', member({ copied: 0.5 })]],
  [['keyword-opening', (post) => ({ ...post, body: post.body.replace('Tidal power has', 'The turbine has') })]],
  [['keyword-heading', (post) => ({ ...post, body: post.body.replace('What tidal power cost', 'What it cost') })]],
  [['one-h1', below('# Again')]],
  [['heading-order', below('## Left\n\n#### Right')]],
  [
    [
      'keyword-stuffing',
      below(
        rows(100)
          .map((row) => `Tidal power is tidal power. ${row}`)
          .join('\n\n'),
      ),
    ],
  ],
  [['paragraph-length', below(rows(40).join(' '))]],
  [['sentence-length', below(`${'and '.repeat(60)}so on.`)]],
  [['image-alt', below('![](a.jpg)')]],
  [
    ['empty-link', below('[here]()')],
    ['empty-link', below('[](https://a.example/)')],
  ],
  [['repeated', below(PROSE.join('\n\n'))]],
];

test('whatever else is wrong with a post, mending one thing raises its score and ends its finding', () => {
  const choices = fc.tuple(...FAULTS.map((row) => fc.option(fc.constantFrom(...row), { nil: undefined, freq: 1 })));
  fc.assert(
    fc.property(choices, (chosen) => {
      const faults = chosen.filter((fault) => fault !== undefined);
      const scoreOf = (some: readonly Fault[]) => scorePost(some.reduce((post, [, spoil]) => spoil(post), GOOD));
      const all = scoreOf(faults);
      for (const fault of faults) {
        const mended = scoreOf(faults.filter((other) => other !== fault));

        expect(all.findings.map(({ rule }) => rule)).toContain(fault[0]);
        expect(mended.findings.map(({ rule }) => rule)).not.toContain(fault[0]);
        if (all.score > 0) expect(mended.score).toBeGreaterThan(all.score);
      }
    }),
    fuzzed(150),
  );
});

test('every rule of the score has a fault above', async () => {
  const folder = new URL('../../../src/stages/check/score/', import.meta.url);
  const files = await readdir(folder);
  const code = (await Promise.all(files.map((file) => readFile(new URL(file, folder), 'utf8')))).join('\n');
  const rules = new Set([...code.matchAll(/deduct\(\s*'([a-z0-9-]+)'/g)].map((match) => match[1]));

  expect(
    [...rules].filter((rule) => !['headings', 'empty-body', 'one-sentence', 'short-text'].includes(rule ?? '')).sort(),
  ).toEqual([...new Set(FAULTS.flat().map(([rule]) => rule))].sort());
});

test('a long text without headings loses points, and headings give them back', () => {
  const text = rows(60).join('\n\n');
  const rules = (body: string) => scorePost({ ...GOOD, keywords: [], body }).findings.map(({ rule }) => rule);

  expect(rules(text)).toEqual(['headings']);
  expect(rules(`${text}\n\n## One more\n`)).toEqual([]);
});

test('Hangul is about twice as wide as Latin', () => {
  expect(pixelWidth('가나다라', 20) / pixelWidth('abcd', 20)).toBeGreaterThan(1.5);
});
