import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { type ExtractablePage, extractArticle } from '../../../src/stages/extract/extract-article.ts';
import { judgeQuality } from '../../../src/stages/extract/judge-quality.ts';

const PROSE = Array.from(
  { length: 8 },
  (_, index) =>
    `<p>Paragraph ${index} tells of the harbour at Port Selby, where twelve boats land herring every morning before the market opens at seven.</p>`,
).join('\n');

function page(body: string, members: Partial<ExtractablePage> = {}): ExtractablePage {
  const url = 'https://example.org/news/harbour';
  return {
    url,
    finalUrl: url,
    contentType: 'text/html',
    body,
    fetchedAt: '2026-01-01T00:00:00.000Z',
    policy: { allowed: true, policy: 'respect' },
    ...members,
  };
}

test('takes the article and leaves navigation, share rows, related lists and footers', () => {
  const { text, title, markdown } = extractArticle(
    page(`<html lang="en"><head><title>Harbour news | Coast Wire</title><meta property="og:site_name" content="Coast Wire"></head><body>
      <nav><a href="/">Home</a> <a href="/news">News</a></nav>
      <article><h1>Harbour news</h1><p class="share">Share this article</p>${PROSE}<h2>What comes next</h2><p>The council decides on 4 May 2025 about a wider channel of 40 metres for larger boats.</p>
      <div class="related-articles"><h3>Related articles</h3><ul><li><a href="/x">Other things that happened</a></li></ul></div>
      <div class="newsletter-signup">Subscribe to our newsletter and never miss a story.</div></article>
      <footer>© 2025 Coast Wire. All rights reserved.</footer></body></html>`),
  );

  expect(title).toBe('Harbour news');
  expect(text).toContain('Paragraph 7 tells of the harbour');
  expect(text).toContain('4 May 2025');
  expect(markdown).toContain('## What comes next');
  for (const noise of ['Home', 'Share this', 'Related', 'Other things', 'newsletter', 'All rights'])
    expect(text).not.toContain(noise);
});

test('reads JSON-LD before OpenGraph before meta', () => {
  const ld = {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    headline: 'By JSON-LD',
    author: [{ '@type': 'Person', name: 'Ann Lee' }, { name: 'Bo Kim' }],
    datePublished: '2025-05-04T09:30:00+02:00',
    publisher: { name: 'Coast Wire' },
  };
  const article = extractArticle(
    page(`<html lang="en-GB"><head><script type="application/ld+json">${JSON.stringify(ld)}</script><meta property="og:title" content="By OpenGraph"><meta name="author" content="Nobody">
    <meta property="og:image" content="/lead.jpg"><meta name="description" content="What happened."><link rel="canonical" href="/canonical"></head><body><article>${PROSE}</article></body></html>`),
  );

  expect(article).toMatchObject({
    title: 'By JSON-LD',
    author: 'Ann Lee, Bo Kim',
    publishedAt: '2025-05-04T09:30:00+02:00',
    siteName: 'Coast Wire',
    leadImage: 'https://example.org/lead.jpg',
    description: 'What happened.',
    canonicalUrl: 'https://example.org/canonical',
    lang: 'en-GB',
  });
});

test.each([
  ['display none', '<div style="display:none">PAYLOAD</div>'],
  ['hidden', '<div hidden>PAYLOAD</div>'],
  ['aria-hidden', '<div aria-hidden="true">PAYLOAD</div>'],
  ['a comment', '<!-- PAYLOAD -->'],
  ['a template', '<template>PAYLOAD</template>'],
  ['zero font', '<p style="font-size:0">PAYLOAD</p>'],
  ['white on white', '<p style="color:#fff;background:#ffffff">PAYLOAD</p>'],
  ['off screen', '<p style="position:absolute;left:-9999px">PAYLOAD</p>'],
  ['screen reader class', '<p class="sr-only">PAYLOAD</p>'],
  ['script', '<script>PAYLOAD</script>'],
  ['noscript', '<noscript>PAYLOAD</noscript>'],
  ['zero opacity colour', '<p style="color:rgba(0,0,0,0)">PAYLOAD</p>'],
])('text hidden by %s never gets out', (_name, hidden) => {
  const article = extractArticle(page(`<article><h1>Title</h1>${PROSE}${hidden}</article>`));
  expect(JSON.stringify(article)).not.toContain('PAYLOAD');
});

test('dangerous addresses and raw HTML do not get into the Markdown', () => {
  const { markdown, links } = extractArticle(
    page(
      `<article>${PROSE}<p><a href="javascript:alert(1)">click</a> <a href="/ok">fine</a> &lt;script&gt;alert(1)&lt;/script&gt; and a lot of other words that make this a paragraph.</p></article>`,
    ),
  );

  expect(markdown).not.toMatch(/javascript:|(?<!\\)<script/);
  expect(links).toEqual([{ href: 'https://example.org/ok', text: 'fine' }]);
});

test.each(['<div>', '<section>', '<div class="wrap">', '<center>', '<div id="x"><main>'])(
  'text is text however deep it stands in %s',
  (open) => {
    const sentence = 'The harbour opened in 1902 and has twelve berths today, four more than the town had asked for.';
    const article = extractArticle(page(open.repeat(300) + `<p>${sentence}</p>`.repeat(9)));

    expect(article.text.split(sentence).length - 1).toBeGreaterThanOrEqual(8);
    expect(article.takenFor).toBeUndefined();
  },
);

test.each([
  ['<div>', '</div>'],
  ['<div class="elementor-element elementor-column">', '</div>'],
  ['<div style="padding: 1px">', '</div>'],
  ['<section>', '</section>'],
  ['<my-box>', '</my-box>'],
  ['<table><tr><td>', '</td></tr></table>'],
  ['<div class="row"><div class="col">', '</div></div>'],
])('boxes around boxes are no evidence: %s', (open, close) => {
  const [first, second] = ['The ferry between the two islands', 'Charging at night is cheap, so the pier']
    .map((start) => `${start} runs on batteries since the spring, and the crew says that the quiet took some time. `)
    .map((sentence) => sentence.repeat(2).trim());
  const inner = `<p>${first}</p><h2>What it costs</h2><p>${second}</p><ul><li>first of two</li><li>second of two</li></ul>`;
  const { markdown } = extractArticle(
    page(
      `<main>${open.repeat(60)}${inner}${close.repeat(60)}<p>${first}</p></main><footer><a href="/x">Imprint</a></footer>`,
    ),
  );

  expect(markdown).toBe(`${first}\n\n## What it costs\n\n${second}\n\n- first of two\n- second of two\n\n${first}`);
});

test('100,000 nested elements are read and not crashed on', () => {
  const article = extractArticle(
    page(`<article>${PROSE}${'<div>'.repeat(100_000)}deep${'</div>'.repeat(100_000)}</article>`),
  );
  expect(article.text).toContain('Paragraph 3');
});

test('the same text has the same hash, whatever stands around it', () => {
  const [one, two] = [
    `<article>${PROSE}</article>`,
    `<nav>x</nav><article>${PROSE.replaceAll('\n', '\n\n')}</article><footer>y</footer>`,
  ].map((body) => extractArticle(page(body)));
  expect(one?.contentHash).toBe(two?.contentHash);
});

test.each([
  [
    'ko',
    '<html lang="en">',
    '<p>포트셀비 시의회는 항구를 확장하기로 의결했다. 사업비는 34억 원이며 공사는 10월에 시작한다.</p>'.repeat(6),
  ],
  [
    'de',
    '<html>',
    '<p>Der Hafen der Stadt wird erweitert, und die Arbeiten sind nicht vor dem Herbst zu Ende, sagt der Bürgermeister mit Stolz.</p>'.repeat(
      6,
    ),
  ],
  ['en-US', '<html lang="en_US">', PROSE],
  ['en-GB', '<html><body lang="en-GB">', PROSE],
])('language %s', (lang, head, body) => {
  expect(extractArticle(page(`${head}<body><article>${body}</article></body></html>`)).lang).toBe(lang);
});

test('plain text and Markdown are read as they are', () => {
  const markdown = '# Harbour\n\nThe **harbour** opened in [1902](https://example.org).\n';
  const article = extractArticle(page(markdown, { contentType: 'text/markdown' }));

  expect(article.title).toBe('Harbour');
  expect(article.text).toContain('The harbour opened in 1902.');
  expect(article.markdown).toContain('**harbour**');
});

test('a page without text is EXTRACT_FAILED, one that a script draws NOT_AN_ARTICLE, one with little THIN_SOURCE', () => {
  expect(() => extractArticle(page('<html><body><hr></body></html>'))).toThrow(
    expect.objectContaining({ code: 'EXTRACT_FAILED' }),
  );
  const shell = extractArticle(page('<html><body><script>draw()</script><div id="root"></div></body></html>'));
  expect(() => judgeQuality(shell, { minChars: 400 })).toThrow(expect.objectContaining({ code: 'NOT_AN_ARTICLE' }));
  const thin = extractArticle(page('<article><h1>Soon</h1><p>More tomorrow.</p></article>'));
  expect(() => judgeQuality(thin, { minChars: 400 })).toThrow(expect.objectContaining({ code: 'THIN_SOURCE' }));
});

test('a real file in another charset keeps its words', async () => {
  const bytes = await readFile(new URL('../../../fixtures/site/legacy.html', import.meta.url));
  const body = new TextDecoder('euc-kr').decode(bytes);
  expect(extractArticle(page(body)).lang).toBe('ko');
});

test('a style of hundreds of variables hides nothing by itself, and a hiding one among them is still seen', () => {
  const variables = Array.from({ length: 400 }, (_, index) => `--theme-${index}:0`).join(';');
  const { text } = extractArticle(
    page(
      `<div style="${variables}"><article>${PROSE}</article></div><div style="${variables};display:none">PAYLOAD</div>`,
    ),
  );

  expect(text).toContain('Paragraph 7');
  expect(text).not.toContain('PAYLOAD');
});

test('what highlighters call a comment is code and stays', () => {
  const code = '<pre><code><span class="hljs-comment"># clone the repository</span>\ngit clone x</code></pre>';
  const { text } = extractArticle(
    page(`<article>${PROSE}${code}</article><div id="comments" class="comments"><p>12 comments</p></div>`),
  );

  expect(text).toContain('# clone the repository');
  expect(text).not.toContain('12 comments');
});

test('an article whose parts all bear a template’s name is not taken apart', () => {
  const parts = Array.from(
    { length: 4 },
    (_, index) => `<div class="toc-chapter">${PROSE.replaceAll('Paragraph', `Part ${index} paragraph`)}</div>`,
  ).join('');
  const { text } = extractArticle(page(`<article>${parts}</article>`));

  for (const index of [0, 1, 2, 3]) expect(text).toContain(`Part ${index} paragraph 3`);
});

test('a text without a title, at an address that is not UTF-8, is called by that address', () => {
  const url = 'https://example.org/%E0%A4%A';

  expect(
    extractArticle(page('###\n\nTwelve boats land herring.', { finalUrl: url, contentType: 'text/markdown' })).title,
  ).toBe('%E0%A4%A');
  expect(
    extractArticle(
      page('###\n\nTwelve boats.', { finalUrl: 'https://example.org/caf%C3%A9', contentType: 'text/markdown' }),
    ).title,
  ).toBe('café');
});
