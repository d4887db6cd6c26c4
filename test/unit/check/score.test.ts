import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pixelWidth, type ScoredPost, scorePost } from '../../../src/stages/check/score.ts';
import { fuzzed } from '../../helpers/fuzz.ts';

const GOOD: ScoredPost = {
  title: 'What a year of tidal power taught Port Selby',
  description: 'One year of tidal power in figures: what the turbine delivered, what it cost, what failed on the way, and what the fish did meanwhile.',
  slug: 'tidal-power-port-selby',
  lang: 'en',
  canonical: 'https://example.org/tidal',
  keywords: ['tidal power'],
  body: 'Tidal power has been in Port Selby for a year.\n\n## What tidal power cost\n\nIt cost money.\n\n### Who paid\n\nThe town did.\n\n![The rotor](rotor.jpg)',
};

test('a good post has all points', () => {
  expect(scorePost(GOOD)).toEqual({ score: 100, findings: [] });
});

test.each<[string, Partial<ScoredPost>, string]>([
  ['no title', { title: '' }, 'title'],
  ['a title that is cut', { title: 'What a year of tidal power taught Port Selby and all the towns around it about the sea' }, 'title'],
  ['a Hangul title that is cut', { title: '햇빛을 파는 마을 해담리의 세 해 동안의 기록과 남은 숙제를 숫자로 살펴보다 tidal power' }, 'title'],
  ['no description', { description: '' }, 'description'],
  ['a slug in capitals', { slug: 'Tidal_Power' }, 'slug'],
  ['no language', { lang: 'und' }, 'lang'],
  ['a second H1', { body: `${GOOD.body}\n\n# Again` }, 'one-h1'],
  ['a skipped level', { body: GOOD.body.replace('### Who', '#### Who') }, 'heading-order'],
  ['no keyword in the title', { title: 'What a year of the turbine taught Port Selby' }, 'keyword-title'],
  ['stuffing', { body: `${GOOD.body}\n\n${'Tidal power is tidal power. '.repeat(20)}` }, 'keyword-stuffing'],
  ['a wall of text', { body: `${GOOD.body}\n\n${'Some words stand here in a row. '.repeat(40)}` }, 'paragraph-length'],
  ['an image without words', { body: `${GOOD.body}\n\n![](a.jpg)` }, 'image-alt'],
  ['an empty link', { body: `${GOOD.body}\n\n[here]()` }, 'empty-link'],
  ['broken structured data', { structuredDataValid: false }, 'structured-data'],
])('%s costs points and names its rule, reason and fix', (_name, change, rule) => {
  const { score, findings } = scorePost({ ...GOOD, ...change });

  expect(score).toBeLessThan(100);
  expect(findings.map((finding) => finding.rule)).toContain(rule);
  for (const finding of findings) expect(finding.fix).toBeTruthy();
});

test('code is no text: headings and links in it do not count', () => {
  expect(scorePost({ ...GOOD, body: `${GOOD.body}\n\n\`\`\`\n# comment\n[x]()\n\`\`\`` }).score).toBe(100);
});

test('the same post has the same score, between 0 and 100, and mending one thing never lowers it', () => {
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
      expect(scorePost({ ...given, lang: 'en' }).score).toBeGreaterThanOrEqual(score);
      expect(scorePost({ ...given, canonical: 'https://example.org' }).score).toBeGreaterThanOrEqual(score);
      expect(scorePost({ ...given, body: `# extra\n\n${given.body}` }).score).toBeLessThanOrEqual(score);
    }),
    fuzzed(500),
  );
});

test('Hangul is about twice as wide as Latin', () => {
  expect(pixelWidth('가나다라', 20) / pixelWidth('abcd', 20)).toBeGreaterThan(1.5);
});
