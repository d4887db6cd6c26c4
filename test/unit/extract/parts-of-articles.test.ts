/** Parts of articles whose meaning lies in their form, through the whole of the extraction. */

import { expect, test } from 'vitest';
import { extractArticle } from '../../../src/stages/extract/extract-article.ts';

const PROSE: Readonly<Record<string, readonly [string, string, string, string]>> = {
  en: [
    'The ferry between the two islands has run on batteries since the spring, and the crew says that the quiet took some getting used to.',
    'Charging happens at night, when the wind farm behind the ridge makes more power than the villages can use.',
    'The council had expected complaints about the price of the tickets, but the first year brought fewer than a dozen letters.',
    'Engineers from three other harbours have come to look at the pier since then. They measure, take photographs and ask about winter.',
  ],
  de: [
    'Die Fähre zwischen den beiden Inseln fährt seit dem Frühjahr mit Batterien, und die Besatzung sagt, dass man sich an die Stille erst gewöhnen musste.',
    'Geladen wird in der Nacht, wenn der Windpark hinter dem Hügel mehr Strom liefert, als die Dörfer brauchen.',
    'Der Rat hatte mit Beschwerden über die Preise gerechnet, doch im ersten Jahr kamen weniger als ein Dutzend Briefe.',
    'Ingenieure aus drei anderen Häfen haben sich den Anleger seitdem angesehen. Sie messen, fotografieren und fragen nach dem Winter.',
  ],
  ko: [
    '두 섬을 잇는 여객선은 올봄부터 배터리로 다니고 있으며, 승무원들은 조용함에 익숙해지는 데 시간이 걸렸다고 말한다.',
    '충전은 밤에 이루어지는데, 언덕 너머 풍력 발전소가 마을에서 쓰는 것보다 많은 전기를 만드는 때이다.',
    '의회는 요금에 대한 불만을 예상했지만 첫해에 받은 편지는 열두 통도 되지 않았다.',
    '그 뒤로 다른 세 항구의 기술자들이 부두를 보러 왔다. 그들은 재고, 사진을 찍고, 겨울에 대해 묻는다.',
  ],
  ja: [
    '二つの島を結ぶ連絡船は春から電池で走っており、乗組員は静けさに慣れるのに時間がかかったと話す。',
    '充電は夜に行われる。丘の向こうの風力発電所が、村で使うより多くの電気を作る時間だからだ。',
    '議会は運賃への不満を予想していたが、最初の一年に届いた手紙は十数通に満たなかった。',
    'その後、三つの港の技術者が桟橋を見に来た。彼らは測り、写真を撮り、冬のことを尋ねる。',
  ],
};

function articleWith(part: string, lang = 'en'): string {
  const [one, two, three, four] = PROSE[lang] ?? PROSE['en'] ?? [];
  return extractArticle({
    url: 'https://example.org/a',
    finalUrl: 'https://example.org/a',
    contentType: 'text/html',
    body: `<!doctype html><html lang="${lang}"><title>A quiet ferry</title><body><header><a href="/">Island Post</a><nav><a href="/news">News</a> <a href="/sea">Sea</a></nav></header><main><article><h1>A quiet ferry</h1><p>${one}</p><p>${two}</p>${part}<p>${three}</p><p>${four}</p></article></main><aside><h3>More</h3><ul><li><a href="/x">Storm closes the pier</a></li><li><a href="/y">New cannery opens</a></li></ul></aside><footer><p>Island Post, a small paper.</p></footer></body></html>`,
    fetchedAt: '2026-01-01T00:00:00Z',
    policy: { allowed: true, policy: 'respect' },
  }).markdown.replace(/\s+/g, ' ');
}

test.each([
  [
    'steps in boxes',
    '<div><div>1. <a href="/b">Boats</a></div><div>2. Pick the boat that you want.</div><div>3. <a href="/c">Cabin</a></div></div>',
    'en',
    ['1\\. [Boats]', '2\\. Pick', '3\\. [Cabin]'],
  ],
  [
    'steps between line breaks',
    '<div>1) Open the gate<br><br>2) <a href="/x">Pay</a><br><br>3) Board</div>',
    'en',
    ['Open the gate', '[Pay]', 'Board'],
  ],
  [
    'steps with bold numbers',
    '<div><b>1.</b> Tor öffnen</div><div><b>2.</b> Bezahlen</div><div><b>3.</b> Einsteigen</div>',
    'de',
    ['Tor öffnen', 'Bezahlen', 'Einsteigen'],
  ],
  [
    'steps in Korean',
    '<div>1. 문을 연다</div><div>2. <a href="/p">요금</a></div><div>3. 배에 탄다</div>',
    'ko',
    ['문을 연다', '[요금]', '배에 탄다'],
  ],
  ['a list of two', '<ul><li>첫째 배</li><li>둘째 배</li></ul>', 'ko', ['- 첫째 배', '- 둘째 배']],
  [
    'a list of links',
    '<h2>Words</h2><ul><li><a href="/w/1">Bollard</a></li><li><a href="/w/2">Fender</a></li><li><a href="/w/3">Lee</a></li></ul>',
    'en',
    ['## Words', '[Bollard]', '[Fender]', '[Lee]'],
  ],
  [
    'ingredients',
    '<h2>재료</h2><ul><li>달걀 2개</li><li>밀가루 1컵</li><li>소금</li></ul>',
    'ko',
    ['## 재료', '달걀 2개', '밀가루 1컵', '소금'],
  ],
  [
    'definitions in groups',
    '<dl><div><dt>Poller</dt><dd>Pfosten für das Seil.</dd></div><div><dt>Lee</dt><dd>Ohne Wind.</dd></div></dl>',
    'de',
    ['**Poller**', 'Pfosten', '**Lee**', 'Ohne Wind'],
  ],
  [
    'definitions without groups',
    '<dl><dt>係船柱</dt><dd>綱を掛ける柱。</dd><dt>風下</dt><dd>風の当たらない側。</dd></dl>',
    'ja',
    ['係船柱', '綱を掛ける', '風下', '風の当たらない'],
  ],
  [
    'questions that open',
    '<details><summary>준비물은 무엇인가요?</summary><p>밧줄과 등불과 열쇠입니다.</p></details>',
    'ko',
    ['준비물은 무엇인가요?', '밧줄과'],
  ],
  [
    'a heading above a picture',
    '<h2>The pier from above</h2><figure><img src="/pier.jpg" alt="pier"></figure>',
    'en',
    ['## The pier from above', '/pier.jpg'],
  ],
  [
    'a heading above a table',
    '<h2>Times</h2><table><tr><th>Boat</th><th>Leaves</th></tr><tr><td>First</td><td>06:15</td></tr><tr><td>Last</td><td>22:40</td></tr></table>',
    'en',
    ['## Times', '06:15', '22:40'],
  ],
  [
    'a heading above a command',
    '<div class="markdown-heading"><h2>Install</h2><a class="anchor" href="#install"><svg></svg></a></div><div class="highlight highlight-source-shell"><pre>npm install pier</pre></div>',
    'en',
    ['## Install', '```shell npm install pier ```'],
  ],
  [
    'a heading above a player',
    '<h2>Watch the crossing</h2><iframe src="https://www.youtube.com/embed/abcdefghijk" title="The crossing"></iframe>',
    'en',
    ['## Watch the crossing', 'watch?v=abcdefghijk'],
  ],
  [
    'a caption',
    '<figure class="wp-block-image"><img alt="eins" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="/i/one.jpg"><figcaption>Der Anleger im Mai</figcaption></figure>',
    'de',
    ['/i/one.jpg', 'Der Anleger im Mai'],
  ],
  [
    'a paragraph that is one link',
    '<p><a href="/plan">The plan of the new pier from 1931</a></p>',
    'en',
    ['[The plan of the new pier from 1931]'],
  ],
  [
    'a sentence that begins as an offer does',
    '<p>Sign up at the counter before you board, or the crew will not let you on.</p>',
    'en',
    ['Sign up at the counter'],
  ],
  [
    'a sentence about subscribers',
    '<p>구독자가 늘면서 신문사는 배에서 읽는 호외를 따로 찍기 시작했다.</p>',
    'ko',
    ['구독자가 늘면서'],
  ],
  [
    'a section about comments',
    '<section id="comments-on-the-law"><h2>Comments on the law</h2><p>The law has been read in two ways, and both are found in the archives of the town.</p></section>',
    'en',
    ['## Comments on the law', 'read in two ways'],
  ],
  [
    'prices',
    '<ul><li>Adult: $12.99</li><li>Child: $6.50</li><li>Bicycle: free</li></ul>',
    'en',
    ['$12.99', '$6.50', 'free'],
  ],
  [
    'a quotation with its speaker',
    '<blockquote><p>The ferry is so quiet today.</p>&mdash; Ann <a href="https://example.org/status/12">May 1, 2026</a></blockquote>',
    'en',
    ['so quiet today', 'May 1, 2026'],
  ],
  [
    'an answer behind a button',
    '<h3><button aria-expanded="false" aria-controls="q1">Can I bring a dog?</button></h3><div id="q1" hidden><p>Yes, on a lead.</p></div>',
    'en',
    ['Can I bring a dog?', 'Yes, on a lead.'],
  ],
  [
    'powers and prices',
    '<p>The array gave 10<sup>6</sup> readings, and a ticket is $12<sup>99</sup> at the counter on every day.</p>',
    'en',
    ['10⁶ readings', '$12.99'],
  ],
  [
    'a formula with its drawing',
    '<p>The mass is <span class="katex"><span class="katex-mathml"><math><semantics><mrow><mi>E</mi></mrow><annotation encoding="application/x-tex">E=mc^2</annotation></semantics></math></span><span class="katex-html" aria-hidden="true"><span>E</span><span>=mc2</span></span></span> as everybody on the pier knows.</p>',
    'en',
    ['The mass is $E=mc^2$ as'],
  ],
  [
    'a countdown',
    '<ol reversed><li>Bronze boat of the year</li><li>Silver boat of the year</li><li>Gold boat of the year</li></ol>',
    'en',
    ['3. Bronze', '1. Gold'],
  ],
  [
    'code of Hexo',
    '<figure class="highlight js"><table><tr><td class="gutter"><pre><span class="line">1</span><br><span class="line">2</span><br></pre></td><td class="code"><pre><span class="line">let a = 1;</span><br><span class="line">let b = 2;</span><br></pre></td></tr></table></figure>',
    'en',
    ['```js let a = 1; let b = 2; ```'],
  ],
  [
    'code of MkDocs',
    '<h2 id="run">Run<a class="headerlink" href="#run">&para;</a></h2><div class="highlight"><table class="highlighttable"><tr><td class="linenos"><div class="linenodiv"><pre>1\n2</pre></div></td><td class="code"><div><pre><code>pip install pier\npier run\n</code></pre></div></td></tr></table></div>',
    'en',
    ['## Run', 'pip install pier pier run'],
  ],
  [
    'a note of Sphinx',
    '<section id="use"><h2>Usage<a class="headerlink" href="#use">¶</a></h2><div class="admonition note"><p class="admonition-title">Note</p><p>Only one lamp may burn at a time on the pier.</p></div></section>',
    'en',
    ['## Usage', 'Note', 'Only one lamp'],
  ],
  [
    'a chapter of MediaWiki',
    '<div class="mw-heading mw-heading2"><h2 id="H">History</h2><span class="mw-editsection">[<a href="/w/index.php?action=edit&amp;section=1">edit</a>]</span></div><p>The pier was built in 1902 by the town and burned down nine years later.</p>',
    'en',
    ['## History The pier was built'],
  ],
  [
    'a post of Tistory',
    '<div class="contents_style"><h2 data-ke-size="size26">배터리 용량</h2><p data-ke-size="size16">배터리는 4,300kWh이며 두 시간이면 충전된다.</p><figure class="imageblock"><span><img src="https://blog.kakaocdn.net/a.png"></span><figcaption>부두의 배터리</figcaption></figure></div>',
    'ko',
    ['## 배터리 용량', '4,300kWh', 'a.png', '부두의 배터리'],
  ],
  [
    'a post of Naver',
    '<div class="se-main-container"><div class="se-component se-text"><p class="se-text-paragraph"><span>요금은 1,200원이고 아이는 무료이다.</span></p></div><div class="se-component se-image"><img src="https://postfiles.pstatic.net/a.png?type=w80_blur" data-lazy-src="https://postfiles.pstatic.net/a.png?type=w773" alt=""></div></div>',
    'ko',
    ['1,200원', 'type=w773'],
  ],
  [
    'a recipe of WordPress',
    '<div class="wprm-recipe-container"><h3 class="wprm-recipe-header">Ingredients</h3><ul><li><span class="wprm-recipe-ingredient-amount">2</span> <span>cups</span> <span>flour</span></li><li><span>1½</span> <span>tsp</span> <span>salt</span></li></ul><h3>Instructions</h3><ol><li>Mix the flour with the salt.</li><li>Bake it for 40 minutes at 180 °C.</li></ol></div>',
    'en',
    ['Ingredients', '2 cups flour', '1½ tsp salt', 'Instructions', '40 minutes'],
  ],
  [
    'a price for the eye and for the ear',
    '<p>It costs <span aria-hidden="true">$12<sup>99</sup></span><span class="sr-only">$12.99</span> to cross the water with a bicycle on board.</p>',
    'en',
    ['It costs $12.99 to cross'],
  ],
  [
    'a table with lists in it',
    '<table><tr><th>Boat</th><th>Cargo</th></tr><tr><td>Red</td><td><ul><li>rope</li><li>lamp</li></ul></td></tr><tr><td>Blue</td><td>12<br>34</td></tr></table>',
    'en',
    ['rope; lamp', '12 34'],
  ],
] as const)('%s in an article', (_name, html, lang, wanted) => {
  const markdown = articleWith(html, lang);

  for (const words of wanted) expect(markdown).toContain(words);
  expect(markdown).not.toContain('Storm closes');
});

/** A page of one article, with `beside` behind it. */
function pageWith(beside: string, { inside = '', form = '<article>%</article>', lang = 'en' } = {}): string {
  const [one, two, three, four] = PROSE[lang] ?? [];
  const article = `<h1>A quiet ferry</h1><p>${one}</p><p>${two}</p>${inside}<p>${three}</p><p>${four}</p>`;
  return extractArticle({
    url: 'https://example.org/a',
    finalUrl: 'https://example.org/a',
    contentType: 'text/html',
    body: `<html lang="${lang}"><title>A quiet ferry</title><body><nav><a href="/news">News</a></nav><main>${form.replace('%', article)}${beside}</main><footer><p>Island Post</p></footer></body></html>`,
    fetchedAt: '2026-01-01T00:00:00Z',
    policy: { allowed: true, policy: 'respect' },
  }).markdown.replace(/\s+/g, ' ');
}

const TITLES = [
  'Storm closes the old pier',
  'New cannery opens in May',
  'Council votes on harbour fees',
  'A winter without herring',
];
const TEASER =
  'Fishermen on the northern shore wait for calmer weather, and the market stays closed until the end of the week.';
const repeated = (card: (title: string, index: number) => string) =>
  Array.from({ length: 40 }, (_, index) => card(TITLES[index % 4] ?? '', index)).join('');

test.each([
  [
    'cards with pictures',
    `<section><h2>More</h2><div>${repeated((title, at) => `<div class="card"><a href="/${at}"><img src="/${at}.jpg"><h3>${title}</h3></a><p>${TEASER}</p></div>`)}</div></section>`,
    {},
  ],
  [
    'other articles in short',
    `<div>${repeated((title, at) => `<article><h2><a href="/${at}">${title}</a></h2><p>${TEASER}</p><a href="/${at}">Go on</a></article>`)}</div>`,
    {},
  ],
  [
    'a list whose items are links',
    `<ul>${repeated((title, at) => `<li><a href="/${at}"><h3>${title}</h3><p>${TEASER}</p></a></li>`)}</ul>`,
    { form: '<div class="post-content">%</div>' },
  ],
  [
    'comments',
    `<div id="comments"><h2>Thoughts</h2><ol class="comment-list">${[1, 2, 3].map((at) => `<li><b>Reader ${at}</b><p>${TEASER}</p></li>`).join('')}</ol></div>`,
    {},
  ],
  ['a box about the author', `<div class="author-bio"><h4>Mina Arden</h4><p>${TEASER}</p></div>`, {}],
  [
    'a form for a newsletter',
    '',
    {
      inside: `<div><h3>The morning boat</h3><p>${TEASER}</p><form><input type="email"><button>Join</button></form></div>`,
    },
  ],
  [
    'a dialog between paragraphs',
    '',
    {
      inside: `<div role="dialog" aria-label="Cookies"><h3>We value your calmer weather</h3><p>${TEASER}</p><button>Accept</button></div>`,
    },
  ],
])('what stands beside an article is left out: %s', (_name, beside, options) => {
  const markdown = pageWith(beside, options);
  expect(markdown).toContain('ask about winter.');
  expect(markdown).not.toContain('calmer weather');
  expect(markdown).not.toContain('Storm closes');
  expect(markdown).not.toContain('morning boat');
});

test('titles with texts inside of an article are its parts', () => {
  const items = repeated((title, at) => `<div><h3><a href="/${at}">${title}</a></h3><p>${TEASER}</p></div>`);
  expect(pageWith('', { inside: `<div>${items}</div>` })).toContain('Storm closes');
});

test.each([
  ['en', 'READ MORE: <a href="/b">Bridge plan dropped after protest</a>'],
  ['de', '<a href="/b">Lesen Sie auch: Der Plan für die Brücke ist vom Tisch</a>'],
  ['de', '<b>Mehr dazu: <a href="/b">Der Plan für die Brücke</a></b>'],
  ['ko', '▶ 관련기사: <a href="/b">다리 건설 계획 백지화</a>'],
  ['ja', '→<a href="/b">橋の計画は取りやめになった</a>'],
  ['ja', '関連記事：<a href="/b">橋の計画は取りやめになった</a>'],
])('a line that only points to another article is left out: %s %s', (lang, line) => {
  expect(pageWith('', { inside: `<p>${line}</p>`, lang })).not.toMatch(/Bridge plan|Brücke|다리 건설|橋の計画/);
});

test.each([
  ['en', 'Advertisement'],
  ['en', 'Article continues after advertisement'],
  ['en', 'ADVERTISEMENT - story continues below'],
  ['de', 'Anzeige'],
  ['ko', '광고'],
  ['ja', 'スポンサーリンク'],
])('the label of an advertisement is left out: %s %s', (lang, line) => {
  expect(pageWith('', { inside: `<p>${line}</p>`, lang })).not.toContain(line);
});

test.each([
  [
    'a heading',
    '<h2>Advertising</h2><p>The line paid for one advertisement in May, and it was seen by few.</p>',
    '## Advertising',
  ],
  ['a sentence', '<p>It was an advertisement.</p>', 'It was an advertisement.'],
  ['a caption', '<figure><img src="/a.jpg"><figcaption>An advertisement</figcaption></figure>', 'An advertisement'],
])('a text about advertisements stays: %s', (_name, inside, text) => {
  expect(pageWith('', { inside })).toContain(text);
});

test.each([
  ['a sentence', 'The council published its plan last week: <a href="/b">The pier in ten years</a>'],
  ['a source', 'Source: <a href="https://yard.example/r">The report of the yard</a>'],
  ['a file', 'Download: <a href="/plan.pdf">The plan for the pier</a>'],
  ['one word', 'Author: <a href="/mina">Mina</a>'],
])('a line with a link stays: %s', (_name, line) => {
  expect(pageWith('', { inside: `<p>${line}</p>` })).toMatch(/pier in ten|report of the|plan for the|Mina/);
});

test.each([
  [
    'the word above a box',
    '<div class="callout"><div><div>Tip</div></div><div><p>Stand on the lee side.</p></div></div>',
    ['Tip', 'lee side'],
  ],
  [
    'captions of a gallery',
    '<figure>' +
      ['Crates at dawn', 'Fog at noon']
        .map((text, at) => `<figure><img src="/${at}.jpg"><figcaption>${text}</figcaption></figure>`)
        .join('') +
      '</figure>',
    ['Crates at dawn', 'Fog at noon'],
  ],
  [
    'two pictures with one caption',
    '<figure><img src="/before.jpg"><img src="/after.jpg"><figcaption>Before and after. Photo: Bo Kim</figcaption></figure>',
    ['/before.jpg', '/after.jpg', 'Before and after'],
  ],
  [
    'a list of a page builder',
    '<div class="widget"><h2>What it costs</h2></div><div class="widget"><ul><li><span><i></i></span><span>Adult: $12</span></li><li><span>Child: $6</span></li></ul></div><div class="widget"><div>',
    ['Adult: $12', 'Child: $6'],
  ],
  [
    'the other panel of tabs',
    '<div><ul role="tablist"><li role="tab" aria-selected="true">npm</li><li role="tab">Yarn</li></ul><div role="tabpanel"><pre><code class="language-sh">npm i ferry</code></pre></div><div role="tabpanel" hidden><pre><code class="language-sh">yarn add ferry</code></pre></div></div>',
    ['npm i ferry', 'yarn add ferry'],
  ],
  [
    'a raised number and its note',
    '<p>It rang twice.<sup><a href="#n1">1</a></sup></p><ol><li id="n1">Log of the harbour, volume 3. <a href="#r1">↩</a></li></ol>',
    ['volume 3'],
  ],
])('small parts of an article stay: %s', (_name, inside, parts) => {
  const markdown = pageWith('', { inside });
  for (const part of parts) expect(markdown).toContain(part);
  expect(markdown).not.toContain('↩');
});

test('the line below the title in one group with it stays, and a title in the middle is no part of the text', () => {
  const body = `<article><hgroup><h1>A quiet ferry</h1><p>How a small boat holds two islands together</p></hgroup>`;
  expect(pageWith('', { form: `${body}%</article>` })).toContain('two islands together');
  const { text } = extractArticle({
    url: 'https://example.org/a',
    finalUrl: 'https://example.org/a',
    contentType: 'text/html',
    body: `<title>A quiet ferry</title><center><font size=5><b>A quiet ferry</b></font></center><font>${(PROSE['en'] ?? []).join('<br><br>')}</font>`,
    fetchedAt: '2026-01-01T00:00:00Z',
    policy: { allowed: true, policy: 'respect' },
  });
  expect(text).toContain('The ferry between');
  expect(text).not.toContain('ferryThe');
});
