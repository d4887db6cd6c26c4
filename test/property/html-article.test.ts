import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BloggerError } from '../../src/core/errors.ts';
import { extractArticle } from '../../src/stages/extract/extract-article.ts';
import { judgeQuality } from '../../src/stages/extract/judge-quality.ts';
import { fuzzed } from '../helpers/fuzz.ts';

const PROSE =
  'Twelve boats land herring at Port Selby every morning before the market opens at seven, says Ann Lee of the harbour office.';
const name = fc.constantFrom(
  ...'p div article main h1 h2 ul li ol table tr td th pre code blockquote a img b em script style template noscript svg iframe time figure figcaption br hr base meta link title body html head select option textarea details summary x-own'.split(
    ' ',
  ),
);
const attribute = fc.constantFrom(
  'hidden',
  'style="display:none"',
  'style="color:var(--a)',
  'class="article related share"',
  'href="javascript:alert(1)"',
  'href="//[bad"',
  'href="/a b"',
  'src="data:image/png;base64,AA"',
  'colspan="99999999"',
  'datetime="0000-00-00"',
  'lang="xx-"',
  'property="og:title" content="&#x1b;]0;x&#7;"',
  'onclick=alert(1)',
  'aria-hidden=true',
  '"',
  '=',
);
const text = fc.oneof(
  fc.constant(PROSE),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '&nbsp;',
    '&#0;',
    '&#x110000;',
    '&bogus;',
    '\u202e',
    '\u001b[2J',
    '```',
    '---',
    '| a |',
    '[x](javascript:y)',
    '<![CDATA[',
    '<!--',
    '-->',
    '<?php',
    '안녕하세요',
    '</',
  ),
);
const piece = fc.oneof(
  { weight: 4, arbitrary: text },
  {
    weight: 4,
    arbitrary: fc
      .tuple(name, fc.array(attribute, { maxLength: 3 }))
      .map(([tag, attributes]) => `<${[tag, ...attributes].join(' ')}>`),
  },
  { weight: 3, arbitrary: name.map((tag) => `</${tag}>`) },
  {
    weight: 1,
    arbitrary: fc.tuple(name, fc.integer({ min: 1, max: 600 })).map(([tag, count]) => `<${tag}>`.repeat(count)),
  },
  {
    weight: 1,
    arbitrary: fc
      .oneof(
        fc.json(),
        fc.string(),
        fc.constant('{"@graph":[{"@type":["NewsArticle"],"articleBody":[1],"author":{"name":{}}}]}'),
      )
      .map((json) => `<script type="application/ld+json">${json}</script>`),
  },
);
const body = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
const url = fc.constantFrom(
  'https://example.org/news/harbour',
  'https://example.org/%E0%A4%A',
  'https://example.org/',
  'https://example.org/a%2Fb?x=%',
  'file:///pages/page.html',
);
const contentType = fc.constantFrom(
  'text/html',
  'text/html',
  'text/html',
  'application/xhtml+xml',
  'text/plain',
  'text/markdown',
);

test('whatever a page is, it becomes an article, a page named as none or EXTRACT_FAILED, the same each time, and nothing hidden or live comes through', () => {
  let pages = 0;
  let articles = 0;
  fc.assert(
    fc.property(body, url, contentType, (html, finalUrl, type) => {
      pages += 1;
      const page = {
        url: finalUrl,
        finalUrl,
        contentType: type,
        body: html,
        fetchedAt: '',
        policy: { allowed: true, policy: 'respect' },
      } as const;
      try {
        const article = extractArticle(page);
        expect(extractArticle(page)).toEqual(article);
        if (article.takenFor === undefined) {
          articles += 1;
          expect(article.text.trim()).not.toBe('');
        } else {
          expect(() => judgeQuality(article, { minChars: 0 })).toThrow(
            expect.objectContaining({ code: 'NOT_AN_ARTICLE' }),
          );
        }
        expect(typeof article.title).toBe('string');
        for (const target of [...article.links.map(({ href }) => href), ...article.images.map(({ src }) => src)])
          expect(target).toMatch(/^https?:/);
        if (type.includes('html'))
          expect(`${article.text}${article.title}`).not.toMatch(/[\u202a-\u202e\u{e0000}-\u{e007f}]/u);
      } catch (error) {
        if (!BloggerError.is(error)) throw error;
        expect(error.code).toBe('EXTRACT_FAILED');
      }
    }),
    fuzzed(250),
  );
  // The soup is not only rubbish.
  expect(articles).toBeGreaterThan(pages / 10);
});
