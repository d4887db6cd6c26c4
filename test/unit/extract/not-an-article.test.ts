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

const TEXT = 'The council met on Tuesday and decided after a long debate that the pier will be repaired before winter.';
const months = ['January', 'February', 'March'];
const days = Array.from({ length: 9 }, (_, index) => index + 1);

test.each([
  [
    'a deleted post',
    'ko',
    '블로그',
    '<p>삭제되었거나 존재하지 않는 게시물입니다.</p><a href="/">블로그 홈으로</a>',
    'an error page',
  ],
  [
    'a story for members',
    'en',
    'Why ferries',
    `<article><h1>Why ferries</h1><p>${TEXT}</p><p>${TEXT}</p></article><div class="meteredContent"><h2>Create an account to read the full story.</h2><p>The author made this story available to members only.</p><p>Already have an account? <a>Sign in</a></p></div>`,
    'a teaser before a paywall',
  ],
  [
    'a story for subscribers',
    'tr',
    'İskele',
    '<article><h1>İskele</h1><p>Liman meclisi salı günü uzun bir tartışmadan sonra iskelenin kıştan önce onarılmasına karar verdi.</p><div class="paywall"><p>Bu içerik yalnızca abonelere özeldir. Okumaya devam etmek için abone olun.</p><a>Giriş yap</a></div></article>',
    'a teaser before a paywall',
  ],
  [
    'a refusal with its number',
    'en',
    'Access Denied',
    '<h1>Access Denied</h1><p>You don’t have permission to access this page on this server.</p><p>Reference #18.5d1c</p>',
    'an access check',
  ],
  [
    'an unusual network',
    'zh',
    '环境异常',
    '<h2>环境异常</h2><p>当前环境异常，完成验证后即可继续访问。</p><a>去验证</a>',
    'an access check',
  ],
  [
    'an archive by month',
    'en',
    'Archive',
    `<nav><a href="/">Home</a></nav><main><h1>Archive</h1>${months.map((month) => `<h2>${month}</h2><ul>${days.map((day) => `<li><time>${month} ${day}</time> <a href="/${month}/${day}">What the ferry brought on day ${day}</a></li>`).join('')}</ul>`).join('')}</main>`,
    'a listing',
  ],
  [
    'cards that are one link each',
    'ko',
    '부두 태그의 글 목록',
    `<main><h2>부두 태그의 글 목록</h2>${days.map((day) => `<div class="post-item"><a href="/${day}"><span>부두 ${day}호 수리가 시작되었다</span> <span>의회는 부두 ${day}호를 겨울이 오기 전에 수리하기로 결정했다고 밝혔다.</span></a></div>`).join('')}</main>`,
    'a listing',
  ],
])('recognises %s (%s)', (_name, lang, title, body, kind) => {
  const html = `<html lang="${lang}"><head><title>${title}</title></head><body>${body}</body></html>`;
  expect(read({ url: 'https://news.example/2025/pier', html }).takenFor).toBe(kind);
});

test('recognises a login without a field for the password', () => {
  const html = `<title>Anmelden</title><h1>Anmelden</h1><form><input type="email" name="identifier"><button>Weiter</button></form><p>E-Mail-Adresse vergessen?</p>`;
  expect(read({ url: 'https://accounts.example/v3/signin/identifier', html }).takenFor).toBe('a login page');
});

test('an article about cookies without anything to press is no wall', () => {
  const line =
    'Cookies sind kleine Dateien, die eine Seite im Browser ablegt. Wer sie ablehnt, verliert oft Einstellungen. Die Zustimmung regelt die Verordnung.';
  const html = `<title>Was Cookies sind</title><h1>Was Cookies sind</h1>${`<p>${line}</p>`.repeat(10)}`;
  expect(read({ url: 'https://news.example/2025/cookies', html }).takenFor).toBeUndefined();
});
