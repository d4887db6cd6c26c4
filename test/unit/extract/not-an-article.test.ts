import { expect, test } from 'vitest';
import { extractArticle } from '../../../src/stages/extract/extract-article.ts';
import { NON_ARTICLES } from '../../helpers/non-articles.ts';

function read({ url, html }: { readonly url: string; readonly html: string }) {
  return extractArticle({
    url,
    finalUrl: url,
    contentType: 'text/html',
    body: html,
    fetchedAt: '2026-01-01T00:00:00.000Z',
    policy: { allowed: true, policy: 'respect' },
  });
}

test.each(NON_ARTICLES.map((page) => [page.form, page.lang, page] as const))(
  'recognises %s (%s)',
  (_form, _lang, page) => {
    expect(read(page).takenFor).toBe(page.kind);
  },
);

const SENTENCES = {
  en: 'The council of Port Selby met on Tuesday and decided, after a long debate, that the pier will be repaired before the winter storms arrive.',
  de: 'Der Rat von Port Selby beschloss am Dienstag nach langer Debatte, dass der Steg noch vor den Winterstürmen ausgebessert wird.',
  ko: '포트 셀비 의회는 화요일 긴 토론 끝에 겨울 폭풍이 오기 전에 부두를 수리하기로 결정했다고 밝혔다.',
  ja: '港町の議会は火曜日、長い議論の末に、冬の嵐が来る前に桟橋を修理することを決めた。',
} as const;

test.each(Object.entries(SENTENCES))('takes a short notice for an article (%s)', (lang, sentence) => {
  const html = `<html lang="${lang}"><head><title>${sentence.slice(0, 20)}</title></head><body><nav><a href="/">A</a></nav><article><h1>${sentence.slice(0, 20)}</h1>${`<p>${sentence}</p>`.repeat(4)}</article></body></html>`;

  expect(read({ url: 'https://news.example/2025/pier', html }).takenFor).toBeUndefined();
});

const LINKED = (data: object) => `<script type="application/ld+json">${JSON.stringify(data)}</script>`;

test.each([
  [
    'with data of a page',
    `${LINKED({ '@type': 'WebPage', name: 'A quiet ferry' })}<body><h1>A quiet ferry</h1><p>${SENTENCES.en}</p>`,
  ],
  ['with data of a person', `${LINKED({ '@type': 'Person', name: 'Ann Lee' })}<body><p>${SENTENCES.en}</p>`],
  ['that counts its visits', `<script async src="/count.js"></script><body><p>${SENTENCES.de}</p>`],
  [
    'with an empty place for comments',
    `<script src="/c.js"></script><body><h1>조용한 배</h1><p>${SENTENCES.ko}</p><div id="comments"></div>`,
  ],
  [
    'with import map and template',
    `<script type="importmap">{}</script><script type="text/template"><p>x</p></script><body><p>${SENTENCES.ja}</p>`,
  ],
])('a page of one sentence %s is short and no application shell', (_name, html) => {
  expect(read({ url: 'https://news.example/2025/pier', html }).takenFor).toBeUndefined();
});

test.each([
  ['a root', '<script src="/b.js"></script><body><div id="root"></div>'],
  [
    'a root and data of the site',
    `${LINKED({ '@type': 'WebSite', name: 'A' })}<script src="/b.js"></script><body><div id="app"></div>`,
  ],
  [
    'a line that asks to wait',
    '<script src="/b.js"></script><body><div id="__next"></div><p>Loading the application, please wait for a moment.</p>',
  ],
  [
    'a line for readers without scripts',
    '<script src="/b.js"></script><body><noscript>Bitte aktivieren Sie JavaScript, um diese Anwendung zu nutzen.</noscript><app-root></app-root>',
  ],
])('an application shell of %s is one', (_name, html) => {
  expect(read({ url: 'https://news.example/2025/pier', html }).takenFor).toBe('an application shell');
});

test.each([
  [
    'error pages',
    'How we reworked our 404 page',
    'A visitor who follows a broken link sees an error page. Ours said that the address was not found and nothing else, so we tested three versions with forty readers and measured how many of them searched again instead of leaving.',
  ],
  [
    'consent',
    'What the new cookie rules change',
    'The regulator wants consent banners to offer a button that rejects all cookies. Until now, publishers and their advertising partners made readers look for it in the settings, and a court called that a manipulation of their privacy choices.',
  ],
  [
    'paywalls',
    'Why small papers give up their paywall',
    'The publisher counted what each subscription cost it in support, log-in trouble and lost readers. After a year the sum was larger than the income, so since May all articles can be read without registration.',
  ],
  [
    'robots',
    'Captchas have lost the race',
    'Software now solves the riddles that were to tell a human from a robot faster than people do. Two researchers let both sides try four thousand of them and checked how often access was denied to the wrong one.',
  ],
])('an article about %s is one', (_topic, title, text) => {
  const html = `<html lang="en"><head><title>${title}</title></head><body><article><h1>${title}</h1><p class="byline">By Mina Arden, <time datetime="2025-04-02">2 April 2025</time></p>${`<p>${text}</p>`.repeat(5)}</article></body></html>`;

  expect(read({ url: 'https://news.example/tech/story', html }).takenFor).toBeUndefined();
});

test('a dead address that leads to the front page is not the page that was asked for', () => {
  const front = NON_ARTICLES.find(({ form, lang }) => form === 'a listing' && lang === 'en');
  const article = extractArticle({
    url: 'https://news.example/2019/03/the-old-story.html',
    finalUrl: 'https://news.example/',
    contentType: 'text/html',
    body: front?.html ?? '',
    fetchedAt: '2026-01-01T00:00:00.000Z',
    policy: { allowed: true, policy: 'respect' },
  });

  expect(article.takenFor).toBe('the front page');
});
