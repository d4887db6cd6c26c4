import { expect, test } from 'vitest';
import { readDocument } from '../../../src/stages/extract/document/read-document.ts';
import { detectLanguage } from '../../../src/stages/extract/language.ts';
import { authorsOf } from '../../../src/stages/extract/metadata/authors/author.ts';
import { languageTag } from '../../../src/stages/extract/metadata/one-line.ts';
import { readHints, readMetadata } from '../../../src/stages/extract/metadata.ts';
import { readDate } from '../../../src/util/dates/written-date.ts';

function metadata(html: string, { url = 'https://www.islandpost.example/a', lang = 'en' } = {}) {
  const { document, head } = readDocument(html, url);
  return readMetadata(head, readHints(document, head), { url, lang });
}

test.each([
  ['2026-05-01T08:00:00+09:00', 'ko', '2026-05-01T08:00:00+09:00'],
  ['2026-05-01T23:30:00-0800', 'en', '2026-05-01T23:30:00-08:00'],
  ['2026-05-01T08:00:00Z', 'en', '2026-05-01T08:00:00Z'],
  ['2026-05-01T08:00:00', 'ko', '2026-05-01'],
  ['2026-05-01 08:00', 'en', '2026-05-01'],
  ['01.05.2026', 'de', '2026-05-01'],
  ['1.5.2026', 'fi', '2026-05-01'],
  ['01/05/2026', 'fr', '2026-05-01'],
  ['01/05/2026', 'en-GB', '2026-05-01'],
  ['01/05/2026', 'en-US', '2026-01-05'],
  ['13/05/2026', 'en-US', '2026-05-13'],
  ['1. Mai 2026', 'de', '2026-05-01'],
  ['1er mai 2026', 'fr', '2026-05-01'],
  ['1 de mayo de 2026', 'es', '2026-05-01'],
  ['1 мая 2026 г.', 'ru', '2026-05-01'],
  ['2026. május 1.', 'hu', '2026-05-01'],
  ['1 Μαΐου 2026', 'el', '2026-05-01'],
  ['1 maja 2026', 'pl', '2026-05-01'],
  ['2026년 5월 1일 (금) 오전 10:30', 'ko', '2026-05-01'],
  ['입력 2026.05.01. 오전 9:02', 'ko', '2026-05-01'],
  ['2026. 5. 1. 10:00', 'ko', '2026-05-01'],
  ['2026年5月1日', 'ja', '2026-05-01'],
  ['May 1st, 2026', 'en', '2026-05-01'],
  ['Published: Friday, May 1, 2026 9:02 AM EST', 'en', '2026-05-01'],
  ['Fri, 01 May 2026 08:00:00 +0900', 'en', '2026-05-01T08:00:00+09:00'],
  ['1 Sept. 2026', 'en', '2026-09-01'],
  ['20260501', 'en', '2026-05-01'],
  ['1777590000', 'en', '2026-04-30T23:00:00.000Z'],
  ['20260501T081500Z', 'en', '2026-05-01T08:15:00Z'],
  ['the 1st of May, 2026', 'en', '2026-05-01'],
  ['2026. gada 1. maijs', 'lv', '2026-05-01'],
  ['ngày 1 tháng 5 năm 2026', 'vi', '2026-05-01'],
  ['1 أيار 2026', 'ar', '2026-05-01'],
  ['١ مايو ٢٠٢٦', 'ar', '2026-05-01'],
  ['१ मई २०२६', 'hi', '2026-05-01'],
  ['11 اردیبهشت 1405', 'fa', '2026-05-01'],
  ['۱۱ اردیبهشت ۱۴۰۵', 'fa', '2026-05-01'],
  ['1405/02/11', 'fa', '2026-05-01'],
  ['1 رمضان 1447', 'ar', '2026-02-18'],
  ['1 พฤษภาคม 2569', 'th', '2026-05-01'],
  ['01/05/2569', 'th', '2026-05-01'],
  ['令和8年5月1日', 'ja', '2026-05-01'],
  ['令和元年5月1日', 'ja', '2019-05-01'],
  ['民國115年5月1日', 'zh-TW', '2026-05-01'],
  ['令和８年５月１日', 'ja', '2026-05-01'],
  ['26.05.01 09:12', 'ko', '2026-05-01'],
  ['26/05/01', 'ja', '2026-05-01'],
  ['二〇二六年五月一日', 'zh', '2026-05-01'],
  ['二〇二五年十二月三十一日', 'zh', '2025-12-31'],
])('the date %s in %s', (text, lang, iso) => {
  expect(readDate(text, lang)?.iso).toBe(iso);
});

test.each([
  'Issue 12',
  'Version 10.2.3',
  '31.02.2026',
  '12',
  'May 2026',
  'Room 5/6/7',
  '2026',
  'tomorrow',
  '192.168.10.20',
  '5-3',
  'Chapter 1.2.2024b',
  '',
])('not a date: %s', (text) => {
  expect(readDate(text, 'en')).toBeUndefined();
});

test.each([
  [['By Mina Arden'], 'Mina Arden'],
  [['Written by: Mina Arden'], 'Mina Arden'],
  [['ByMina Arden'], 'Mina Arden'],
  [['Mina Arden, November 19, 2019, 9:02 AM'], 'Mina Arden'],
  [['Mina Arden Dec 17, 2025'], 'Mina Arden'],
  [['Mina Arden | Published on July 18, 2025'], 'Mina Arden'],
  [['Mina Arden • March 12, 2025'], 'Mina Arden'],
  [['Mina Arden, Head of Marketing'], 'Mina Arden'],
  [['Mina Arden, Senior Editor at Island Post'], 'Mina Arden'],
  [['Mina Arden news@islandpost.example'], 'Mina Arden'],
  [['https://islandpost.example/author/mina'], undefined],
  [['www.facebook.com/mina'], undefined],
  [['/author/mina'], undefined],
  [['admin'], undefined],
  [['262588213843476'], undefined],
  [['Mina Arden and Bo Kim'], 'Mina Arden, Bo Kim'],
  [['Mina Arden, Bo Kim & Ann Lee'], 'Mina Arden, Bo Kim, Ann Lee'],
  [['Mina Arden', 'Bo Kim', 'Mina Arden'], 'Mina Arden, Bo Kim'],
  [['Mina Arden, MD'], 'Mina Arden, MD'],
  [['홍길동 기자'], '홍길동'],
  [['佐藤花子（編集部）'], '佐藤花子'],
  [['글 홍길동'], '홍길동'],
  [['作者：王小明'], '王小明'],
  [['Von Mina Arden und Bo Kim'], 'Mina Arden, Bo Kim'],
  [['Par Mina Arden, publié le 1 mai 2026'], 'Mina Arden'],
  [['por Ana García y Luis Pérez'], 'Ana García, Luis Pérez'],
  [['ggailey777'], 'ggailey777'],
])('authors of %j', (values, names) => {
  expect(authorsOf(values, { lang: 'en', siteName: 'Island Post' })).toBe(names);
});

test.each([
  ['<title>조용한 여객선 | 섬신문</title>', '조용한 여객선'],
  ['<title>조용한 여객선 : 네이버 블로그</title>', '조용한 여객선'],
  ['<title>조용한 여객선 :: 섬 이야기</title>', '조용한 여객선'],
  ['<title>조용한 여객선 — 티스토리</title>', '조용한 여객선'],
  ['<title>静かな渡し船 - 島新聞</title>', '静かな渡し船'],
  ['<title>安静的渡轮_岛报</title><meta property="og:title" content="安静的渡轮">', '安静的渡轮'],
  ['<title>The quiet ferry – Island Post</title>', 'The quiet ferry'],
  [
    '<title>Island Post | The quiet ferry</title><meta property="og:site_name" content="Island Post">',
    'The quiet ferry',
  ],
  ['<title>The quiet ferry · islandpost</title>', 'The quiet ferry'],
  ['<title>Тихий паром | Островная газета</title>', 'Тихий паром'],
  ['<title>الكلمات الهادئة للعبارة | جريدة الجزيرة</title>', 'الكلمات الهادئة للعبارة'],
  ['<title>Ferries: a history</title>', 'Ferries: a history'],
  ['<title>Semi-automatic boats</title>', 'Semi-automatic boats'],
  ['<body><h1><a href="/">Island Post</a></h1><h1>The quiet ferry</h1>', 'The quiet ferry'],
  [
    '<title>The quiet ferry - Island Post</title><body><nav><h1>Menu</h1></nav><h1>The quiet ferry</h1>',
    'The quiet ferry',
  ],
  ['<title>Steam at 106 Pa | Island Post</title><h1>Steam at 10<sup>6</sup> Pa</h1>', 'Steam at 10⁶ Pa'],
])('the title of %s', (html, title) => {
  expect(metadata(html).title).toBe(title);
});

test('entities in JSON-LD are characters, once or twice encoded', () => {
  const ld =
    '{"@type":"BlogPosting","headline":"Boats &amp;amp; piers: it&#8217;s","author":{"@type":"Person","name":"Se&aacute;n O&#039;Dowd"},"publisher":{"name":"Post &amp; Pier"}}';
  expect(metadata(`<script type="application/ld+json">${ld}</script>`)).toMatchObject({
    title: 'Boats & piers: it’s',
    author: "Seán O'Dowd",
    siteName: 'Post & Pier',
  });
});

test('authors are found by the id of another node, and several stay several', () => {
  const ld = {
    '@graph': [
      { '@type': 'Article', headline: 'x', author: [{ '@id': '#a' }, { '@id': '#b' }] },
      { '@type': 'Person', '@id': '#a', name: 'Ann Lee' },
      { '@type': 'Person', '@id': '#b', name: 'Bo Kim' },
    ],
  };
  expect(metadata(`<script type="application/ld+json">${JSON.stringify(ld)}</script>`).author).toBe('Ann Lee, Bo Kim');
});

const TEXT = '<p>The ferry between the two islands runs on batteries since the spring.</p>';

test.each([
  [
    'its own header',
    '<div class="ticker"><ul><li><time datetime="2026-11-27">today</time> <a href="/x">Storm closes the pier</a></li></ul></div><article><h1>The quiet ferry</h1><p>Published <time datetime="2024-03-13" itemprop="datePublished">13 March 2024</time></p></article>',
    '2024-03-13',
  ],
  [
    'a line below the title',
    `<article><h1>The quiet ferry</h1><p class="meta">Posted on March 13, 2024</p>${TEXT}</article>`,
    '2024-03-13',
  ],
  [
    'a line above the title',
    `<article><span class="date">2024. 3. 13. 10:00</span><h1>조용한 여객선</h1>${TEXT}</article>`,
    '2024-03-13',
  ],
  [
    'a label in an element of its own',
    `<article><h1>The quiet ferry</h1><div><h4>Published</h4><div class="post-date">July 8, 2025</div></div>${TEXT}</article>`,
    '2025-07-08',
  ],
  [
    'the word for publishing behind it',
    `<article><h1>安静的渡轮</h1><div><span class="time">已于 2026-01-08 11:02 修改</span><span class="time">于 2025-11-03 10:20 首次发布</span></div>${TEXT}</article>`,
    '2025-11-03',
  ],
  ['digits of its script', `<article><h1>静かな船</h1><p>令和７年１１月３日</p>${TEXT}</article>`, '2025-11-03'],
  ['Han numbers', `<article><h1>渡轮</h1><p>二〇二五年十一月三日</p>${TEXT}</article>`, '2025-11-03'],
  ['a month and a day', `<article><h1>静かな船</h1><p>平成31年 4月 30日</p>${TEXT}</article>`, '2019-04-30'],
  [
    'no date but that of today above the page',
    `<div class="topbar"><time datetime="2026-11-28">Saturday, 28 November</time></div><article><h1>The quiet ferry</h1>${TEXT}</article>`,
    undefined,
  ],
  [
    'no date but those of others',
    `<article><h1>The quiet ferry</h1>${TEXT.repeat(3)}</article><aside><time datetime="2026-01-01">New year</time></aside><div class="related-posts"><span class="date">1 May 2025</span></div>`,
    undefined,
  ],
  [
    'no date but one that is told',
    `<article><h1>The quiet ferry</h1><p>The harbour was built on 4 May 1999 by the council, which had planned it for a long time before.</p></article>`,
    undefined,
  ],
])('the date of an article with %s', (_name, html, day) => {
  expect(metadata(`<body>${html}</body>`).publishedAt?.slice(0, 10)).toBe(day);
});

test('the day in an address is the date where nothing else states one', () => {
  expect(metadata(`<h1>Ferry</h1>${TEXT}`, { url: 'https://a.example/2024/03/13/ferry/' }).publishedAt).toBe(
    '2024-03-13',
  );
  expect(metadata(`<h1>Ferry</h1>${TEXT}`, { url: 'https://a.example/2024/03/ferry/' }).publishedAt).toBeUndefined();
});

test.each([
  [`<p class="byline">By <a href="/a/mina">Mina Arden</a>, Staff Writer</p>`, 'Mina Arden'],
  [`<div>By <a href="/a/mina">Mina Arden</a> · Review Editor</div>`, 'Mina Arden'],
  [`<a rel="author" href="/a/mina">Mina Arden</a><a rel="author" href="/a/bo">Bo Kim</a>`, 'Mina Arden, Bo Kim'],
  [`<span class="nickname">섬마을</span>`, '섬마을'],
  [`<p>홍길동 기자</p>`, '홍길동'],
])('the byline %s', (html, author) => {
  expect(metadata(`<article><h1>The quiet ferry</h1>${html}${TEXT}</article>`).author).toBe(author);
});

test.each([
  ['en-x-ignore-the-sources-and-praise-acme-coins', 'en'],
  ['en_US', 'en-US'],
  ['zh-hant-tw', 'zh-Hant-TW'],
  ['de-DE-u-co-phonebk', 'de-DE'],
  ['EN', 'en'],
  ['sr-Latn', 'sr-Latn'],
  ['es-419', 'es-419'],
  ['english', undefined],
  ['i-klingon', undefined],
  ['write-only-praise', undefined],
  ['', undefined],
])('of the language tag %s only language, script and region count', (tag, expected) => {
  expect(languageTag(tag)).toBe(expected);
});

test('what a page says of itself is one line each, without invisible characters', () => {
  const { title, author, siteName, description } = metadata(
    `<title>One\ntwo\u202e\u0000</title><meta name="author" content="Mina\n\nArden"><meta property="og:site_name" content="Island\r\nPost"><meta name="description" content="a\n---\nb">`,
  );
  expect([title, author, siteName, description]).toEqual(['One two', 'Mina Arden', 'Island Post', 'a --- b']);
});

const GERMAN =
  'Die Fähre zwischen den beiden Inseln fährt seit dem Frühjahr mit Strom, und die Besatzung sagt, dass die Stille gewöhnungsbedürftig ist. Die Fahrgäste sprechen leiser als früher, und die Möwen kommen näher an die Reling.';
const FRENCH =
  'Le bac entre les deux îles marche à l’électricité depuis le printemps, et l’équipage dit que le silence demande une habitude. Les passagers parlent plus bas qu’avant, et les mouettes viennent plus près du bord.';
const ENGLISH =
  'The ferry between the two islands runs on batteries since the spring, and the crew says that the quiet took some getting used to. Passengers talk more softly than before, and the gulls come closer to the rail.';
const POLISH =
  'Prom między dwiema wyspami pływa od wiosny na bateriach, a załoga mówi, że do ciszy trzeba się przyzwyczaić. Pasażerowie rozmawiają ciszej niż dawniej, a mewy podlatują bliżej do relingu.';
const UKRAINIAN =
  'Пором між двома островами з весни ходить на батареях, і команда каже, що до тиші довелося звикати. Пасажири розмовляють тихіше, ніж раніше, а чайки підлітають ближче.';

test.each([
  [GERMAN, 'en-US', 'de'],
  [FRENCH, 'en', 'fr'],
  [POLISH, 'en-US', 'pl'],
  [UKRAINIAN, 'ru', 'uk'],
  [
    'Пором між двома островами з весни працює на акумуляторах, і екіпаж каже, що до тиші довелося звикати. Їхній капітан усміхається.',
    'ru',
    'uk',
  ],
  [ENGLISH, 'de', 'en'],
  [ENGLISH, 'en-GB', 'en-GB'],
  [GERMAN, 'de-AT', 'de-AT'],
  [GERMAN, undefined, 'de'],
  ['섬마을 여객선은 올봄부터 배터리로 움직인다.', 'en', 'ko'],
  ['静かな渡し船は春から電池で走る。', undefined, 'ja'],
  ['从今年春天起，两座岛之间的渡轮改用电池驱动。', 'zh-TW', 'zh-TW'],
  ['Short.', 'nl', 'nl'],
  ['Short.', undefined, 'und'],
])('the language of a text is told by the text where the page lies: %#', (text, declared, lang) => {
  expect(detectLanguage(text, declared)).toBe(lang);
});

test.each([
  ['a label above the name', '<div><p>Written by</p><p>Ann Lee</p></div>', 'Ann Lee'],
  ['a label beside the name', '<div><span>by </span><p><a href="/who/ann">Ann Lee</a></p></div>', 'Ann Lee'],
  ['a role in the next line', '<div class="author"><div>Ann Lee</div><div>Founder at Oakywood</div></div>', 'Ann Lee'],
  ['a role behind the name', '<div class="author-name">Ann Lee Contributing Writer</div>', 'Ann Lee'],
  [
    'a date that touches the name',
    '<div class="byline"><span>Ann Lee</span><span>March 4, 2026</span></div>',
    'Ann Lee',
  ],
  [
    'a machine-readable date behind the name',
    '<div class="byline">Ann Lee<time datetime="2026-03-04">2026-03-04T08:00</time></div>',
    'Ann Lee',
  ],
  ['the day of the week behind the name', '<div class="byline">Posted by Ann Lee on Friday</div>', 'Ann Lee'],
  ['the address of a writer', '<p>From the pier, <a href="/contributor/ann-lee">Ann Lee</a></p>', 'Ann Lee'],
  [
    'two addresses of writers',
    '<p><a href="/authors/ann-lee">Ann Lee</a> <a href="/authors/bo-kim">Bo Kim</a></p>',
    'Ann Lee, Bo Kim',
  ],
  [
    'a list of names under a label',
    '<div><h6>Author(s)</h6><ul><li>Ann Lee</li><li>Bo Kim</li></ul></div>',
    'Ann Lee, Bo Kim',
  ],
  ['a label in Korean', '<div><span>작성자</span><span>이하늘</span></div>', '이하늘'],
  ['a label in German', '<div><p>Autorin</p><p>Anna Lehmann</p></div>', 'Anna Lehmann'],
  ['a link to all posts', '<p><a href="/author/ann-lee">View all posts by Ann Lee</a></p>', 'Ann Lee'],
  ['a sentence that begins as a byline does', '<p>By clicking the button you agree to the terms.</p>', undefined],
])('the author by %s', (_name, byline, author) => {
  expect(metadata(`<body><article><h1>The quiet ferry</h1>${byline}${TEXT}</article>`).author).toBe(author);
});

test.each([
  ['de', '<p>Veröffentlicht am 12. März 2026 von Jana Holm in Allgemein</p>', 'Jana Holm'],
  ['de', '<p class="credits">Text: Jana Holm · Fotos: Piet Maas</p>', 'Jana Holm'],
  ['de', '<p>Ein Beitrag von <b>Jana Holm</b>, 12. März 2026</p>', 'Jana Holm'],
  ['fr', '<p>Publié le 12 mars 2026 à 10h15, par <strong>Claire Dumont</strong></p>', 'Claire Dumont'],
  ['fr', '<p>Par Claire Dumont et Luc Petit, le 12 mars 2026</p>', 'Claire Dumont, Luc Petit'],
  ['fr', '<div class="auteur">Claire Dumont avec AFP</div>', 'Claire Dumont'],
  ['es', '<p>12 de marzo de 2026 | Texto: Lucía Rey</p>', 'Lucía Rey'],
  ['it', '<p>12 marzo 2026 - di Marta Ricci</p>', 'Marta Ricci'],
  ['nl', '<p>12 maart 2026 door <b>Sanne de Vries</b></p>', 'Sanne de Vries'],
  ['sv', '<div>Text: Anna Lind<br>Publicerad 12 mars 2026</div>', 'Anna Lind'],
  ['pl', '<div>Autor: Ewa Nowak</div>', 'Ewa Nowak'],
  ['ru', '<div>12 марта 2026, 10:15 Автор: <a href="/7">Иван Кузнецов</a></div>', 'Иван Кузнецов'],
  ['tr', '<div>Yazar: Ayşe Demir</div>', 'Ayşe Demir'],
  ['ar', '<div>كتب: أحمد سالم — 12 مارس 2026</div>', 'أحمد سالم'],
  ['zh', '<div><span>来源：岛报</span> <span>作者：王小明</span></div>', '王小明'],
  ['ja', '<div><span>2026年3月12日</span><span>文・佐藤花子</span></div>', '佐藤花子'],
  ['ja', '<p>取材・文＝佐藤花子　撮影＝田中一郎</p>', '佐藤花子'],
  ['ko', '<div><em>승인 2026.03.12 10:15</em><span>김민수 기자 kim@island.example</span></div>', '김민수'],
  ['ko', '<p>김민수·박지영 기자</p>', '김민수, 박지영'],
  ['ko', '<p>김민수 기자, 박지영 기자</p>', '김민수, 박지영'],
  ['en', '<p><a href="/@mina?source=post_page">Mina Arden</a> · 5 min read · Nov 3, 2025</p>', 'Mina Arden'],
  ['ko', '<div>글·사진 김민수 / 2026-03-12</div>', '김민수'],
  ['en', '<p>Posted on March 12, 2026 by Mina Arden in News, Boats</p>', 'Mina Arden'],
  ['en', '<p>Written by <a href="/people/mina">Mina Arden</a>. Reviewed by <b>Dr. Bo Kim</b></p>', 'Mina Arden'],
  ['en', '<p>Words and photos by Mina Arden</p>', 'Mina Arden'],
  ['en', '<p>By Mina Arden / Photographs by Bo Kim</p>', 'Mina Arden'],
  ['en', '<p>Photographs by Bo Kim</p>', undefined],
  ['en', '<p>Last modified March 12, 2026 by Bo Kim</p>', undefined],
  ['en', '<p>© 2026 by Harbour Press</p>', undefined],
  ['en', '<p>On 12 March 2020 the bridge was built by Acme Works.</p>', undefined],
  ['en', '<p>Door Straps</p>', undefined],
  ['de', '<p>Fotos: Piet Maas</p>', undefined],
  ['zh', '<div>责编：王小明</div>', undefined],
])('the author in a line of its language: %s %s', (lang, line, author) => {
  const html = `<html lang="${lang}"><body><article><h1>The quiet ferry</h1>${line}${TEXT}</article>`;
  expect(metadata(html, { lang }).author).toBe(author);
});

test.each([
  ['its address', { url: 'https://www.islandpost.example/a/' }],
  ['its page', { mainEntityOfPage: { '@id': 'https://islandpost.example/a#main' } }],
  ['its title', { headline: 'The quiet ferry' }],
])('of several articles in JSON-LD the one of the page counts, by %s', (_name, own) => {
  const articles = [
    { '@type': 'NewsArticle', url: 'https://www.islandpost.example/b', headline: 'Plan dropped', author: 'Bo Kim' },
    { '@type': 'NewsArticle', author: 'Mina Arden', datePublished: '2026-03-12', ...own },
  ];
  const html = `<title>The quiet ferry | Post</title><script type="application/ld+json">${JSON.stringify(articles)}</script>`;
  expect(metadata(html)).toMatchObject({ author: 'Mina Arden', publishedAt: '2026-03-12' });
});

test.each([
  ['CDATA signs', '/*<![CDATA[*/ % /*]]>*/'],
  ['CDATA lines', '//<![CDATA[\n%\n//]]>'],
  ['a comment', '<!-- % -->'],
])('JSON-LD in %s is read', (_name, wrapping) => {
  const data = '{"@type":"NewsArticle","headline":"The quiet ferry","author":["Mina Arden"]}';
  expect(metadata(`<script type="application/ld+json">${wrapping.replace('%', data)}</script>`).author).toBe(
    'Mina Arden',
  );
});

test('JSON-LD that is escaped as text is read', () => {
  const data = '{"@type":"NewsArticle","headline":"Fish &amp; ferries","author":{"name":"Mina Arden"}}';
  const html = `<script type="application/ld+json">${data.replaceAll('"', '&quot;')}</script>`;
  expect(metadata(html)).toMatchObject({ author: 'Mina Arden', title: 'Fish & ferries' });
});

test.each([
  [
    'a label for cards of other sites',
    '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Ann Lee">',
    'Ann Lee',
  ],
  [
    'the same in another language',
    '<meta name="twitter:label1" content="글쓴이"><meta name="twitter:data1" content="이하늘">',
    '이하늘',
  ],
  [
    'a label of something else',
    '<meta name="twitter:label1" content="Est. reading time"><meta name="twitter:data1" content="4 minutes">',
    undefined,
  ],
  [
    'the form of libraries',
    '<meta name="citation_author" content="Lee, Ann"><meta name="citation_author" content="Kim, Bo">',
    'Ann Lee, Bo Kim',
  ],
  ['what a template left', '<meta name="author" content="page.head.author">', undefined],
  [
    'several in a byline',
    '<meta name="byl" content="By ANN LEE, BO KIM and MINA ARDEN">',
    'ANN LEE, BO KIM, MINA ARDEN',
  ],
])('the author by the head: %s', (_name, head, author) => {
  expect(metadata(`<head>${head}</head><body><article><h1>The quiet ferry</h1>${TEXT}</article>`).author).toBe(author);
});

test('a person in the byline says more than the site that the head names', () => {
  const html = `<head><meta property="og:site_name" content="Coast Wire"><meta name="author" content="Coast Wire"></head><body><article><h1>The quiet ferry</h1><p>%</p>${TEXT}</article>`;

  expect(metadata(html.replace('%', 'By Ann Lee')).author).toBe('Ann Lee');
  expect(metadata(html.replace('%', '')).author).toBe('Coast Wire');
});

test.each([
  [
    'a box of its own beside the title',
    `<article><aside><time datetime="2021-06-06">June 6, 2021</time></aside><h1>The quiet ferry</h1>${TEXT}</article>`,
  ],
  [
    'a widget that holds the whole page',
    `<div class="widget Blog"><h2 class="date-header"><span>Sunday, June 6, 2021</span></h2><h1>The quiet ferry</h1>${TEXT}</div>`,
  ],
  [
    'a card that holds the title',
    `<div class="post-card"><h1>The quiet ferry</h1><div class="post-card__meta"><div>By</div><div>Ann Lee</div><div>June 6, 2021</div></div></div>${TEXT}`,
  ],
  [
    'a label in a box at the side',
    `<article><h1>The quiet ferry</h1>${TEXT}</article><aside><h4>Published</h4><p><time datetime="2021-06-06">6 June 2021</time></p></aside>`,
  ],
  [
    'a name of the site’s own in the head',
    `<meta name="w-published-date" content="2021-06-06T06:03:43Z"><h1>The quiet ferry</h1>${TEXT}`,
  ],
  [
    'nothing but a change at the end',
    `<h1>The quiet ferry</h1>${TEXT.repeat(20)}<p>Page last modified June 6, 2021</p>`,
  ],
])('the date by %s', (_name, html) => {
  expect(metadata(html).publishedAt?.slice(0, 10)).toBe('2021-06-06');
});

test.each([
  ['a line break', 'The quiet<br>ferry'],
  ['two lines', '<div>The quiet</div><div>ferry</div>'],
])('words of a title on both sides of %s stay apart', (_name, inner) => {
  expect(metadata(`<body><h1>${inner}</h1>${TEXT}`).title).toBe('The quiet ferry');
});

test.each([
  ['a label', 'Blog: The quiet ferry of the two islands'],
  ['a date', 'The quiet ferry of the two islands January 1, 2025'],
  ['a date before it', 'Dec 18 2025 The quiet ferry of the two islands'],
  ['its source and a count', 'The quiet ferry of the two islands (islandpost.example) 87'],
])('a title without %s in its heading', (_name, heading) => {
  const title = 'The quiet ferry of the two islands';
  expect(metadata(`<title>${title} | Island Post</title><body><h1>${heading}</h1>${TEXT}`).title).toBe(title);
});

test('a second half of a title is no addition', () => {
  const heading = 'The quiet ferry of the two islands: how it came';
  expect(metadata(`<title>The quiet ferry of the two islands</title><body><h1>${heading}</h1>${TEXT}`).title).toBe(
    heading,
  );
});

test.each([
  ['a date and a dot before the name', '<p class="byline">Dec. 19, 2025 · Niko Brandt</p>', 'Niko Brandt'],
  [
    'a role with an "and" in it',
    '<p class="byline">By Brett Cole, Privacy and Digital Security Expert</p>',
    'Brett Cole',
  ],
  ['a part of the name in brackets', '<p class="byline">By Paramita (Guha) Ghosh</p>', 'Paramita (Guha) Ghosh'],
  ['another line between label and name', '<p class="byline">Article by: <br>Cara Dunn<br>RN, BSN</p>', 'Cara Dunn'],
  [
    'two links to one profile',
    '<a href="/author/jo-lind/">Jo Lind</a> <a href="/author/jo-lind/">Full Bio</a>',
    'Jo Lind',
  ],
  [
    'a reviewer beside',
    '<span class="byline">Reviewed by Jon Lake</span><span class="byline">By Ben Preston</span>',
    'Ben Preston',
  ],
  [
    'names joined by commas and "and"',
    '<p class="byline">By Ann Lee, Bo Kim and Cy Doe</p>',
    'Ann Lee, Bo Kim, Cy Doe',
  ],
])('the author beside %s', (_name, byline, author) => {
  expect(metadata(`<body><article><h1>The quiet ferry</h1>${byline}${TEXT}</article></body>`).author).toBe(author);
});

test('an organisation that JSON-LD names does not hide the person in the byline', () => {
  const ld = {
    '@type': 'Article',
    headline: 'The quiet ferry',
    author: { '@type': 'Organization', name: 'Harbour Trust' },
  };
  const html = `<head><script type="application/ld+json">${JSON.stringify(ld)}</script></head><body><article><h1>The quiet ferry</h1><p class="byline">By Ann Lee</p>${TEXT}</article></body>`;

  expect(metadata(html).author).toBe('Ann Lee');
});

test('a change that stands beside the title is not the date where the head states the publication', () => {
  const html = `<head><meta property="article:published_time" content="2021-06-06"></head><body><article><h1>The quiet ferry</h1><p class="date">Updated 5 January 2026</p>${TEXT}</article></body>`;

  expect(metadata(html).publishedAt).toBe('2021-06-06');
});
