import { expect, test } from 'vitest';
import { withEmbeddedText } from '../../../src/stages/crawl/render/embedded-state.ts';
import { reviveFlatData } from '../../../src/stages/crawl/render/flat-data.ts';
import { isShell } from '../../../src/stages/crawl/render/is-shell.ts';
import { scanDocument } from '../../../src/stages/crawl/text/scan-document.ts';
import { cpuMs } from '../../helpers/cpu-time.ts';

const SENTENCES = [
  'The ferry runs on batteries since the spring of the year, and nobody misses the noise of the old one.',
  'The crew had to get used to the quiet, and the gulls come closer to the rail than they did before.',
  'Charging happens at night, when the wind farm behind the ridge makes more power than the villages use.',
  'A second boat is being built now, with a hull of recycled aluminium and a ramp to the wheelhouse.',
  'What the islanders are proudest of is a bench that was made from the planks of the diesel ferry.',
];
const PROSE = SENTENCES.join(' ');
const KOREAN =
  '섬마을 여객선은 올봄부터 배터리로 움직인다. 승무원들은 조용한 뱃길에 익숙해지는 데 시간이 걸렸다고 말한다. 승객들은 예전보다 작은 목소리로 이야기하고 갈매기는 난간 가까이 다가온다. '.repeat(
    6,
  );
const page = (script: string) =>
  `<html><head><title>x</title></head><body><div id="root"></div>${script}</body></html>`;
const state = (value: unknown, attributes = 'id="__NEXT_DATA__" type="application/json"') =>
  page(`<script ${attributes}>${JSON.stringify(value)}</script>`);
const nuxt = [
  ['ShallowReactive', 1],
  { data: 2 },
  { post: 3 },
  { title: 4, body: 5 },
  'The quiet ferry',
  `<p>${PROSE}</p>`,
];

test.each([
  [
    'Next.js with HTML',
    state({
      props: { pageProps: { post: { title: 'The quiet ferry', body: `<p>${PROSE}</p>` }, menu: ['Home', 'News'] } },
    }),
  ],
  [
    'Next.js with paragraphs',
    state({
      props: {
        article: { headline: 'The quiet ferry', content: SENTENCES.map((text) => ({ type: 'paragraph', text })) },
      },
    }),
  ],
  [
    'rich text with spans',
    state({
      post: {
        title: 'The quiet ferry',
        content: SENTENCES.map((text) => ({
          type: 'p',
          children: [{ text: text.slice(0, 30) }, { text: text.slice(30), bold: true }],
        })),
      },
    }),
  ],
  [
    'a text beside short teasers of others',
    state({
      post: { title: 'The quiet ferry', body: PROSE },
      more: Array.from({ length: 8 }, (_, at) => ({
        title: `Other ${at}`,
        teaser: 'Another article of the site, which this page only names.',
      })),
    }),
  ],
  ['Nuxt 3', state(nuxt, 'type="application/json" id="__NUXT_DATA__"')],
  [
    'Apollo',
    page(
      `<script>window.__APOLLO_STATE__ = ${JSON.stringify({ 'Post:7': { title: 'The quiet ferry', content: `<p>${PROSE}</p>` } })};</script>`,
    ),
  ],
  [
    'an initial state',
    page(
      `<script>window.__INITIAL_STATE__=${JSON.stringify({ a: { title: 'The quiet ferry', text: PROSE } })};(function(){})()</script>`,
    ),
  ],
  [
    'Nuxt 2',
    page(
      `<script>window.__NUXT__=(function(a,b,c){return {layout:"default",data:[{post:{id:7,title:"The quiet ferry",html:"\\u003Cp\\u003E${PROSE}\\u003C\\u002Fp\\u003E",tags:[a,b],draft:!1,at:new Date(1700000000000)}}],fetch:{},error:c,serverRendered:!0,routePath:"\\u002Fferry"}}("sea","boats",null));</script>`,
    ),
  ],
  [
    'Nuxt 2 whose text is an argument',
    page(
      `<script>window.__NUXT__=(function(a,b){return {data:[{post:{title:a,body:b}}],state:{}}}("The quiet ferry",${JSON.stringify(PROSE)}))</script>`,
    ),
  ],
  [
    'Nuxt 2 with objects that stand twice',
    page(
      `<script>window.__NUXT__=(function(a){a.title="The quiet ferry";a.body=${JSON.stringify(PROSE)};return {data:[{post:a}],state:{posts:[a]}}}({}));</script>`,
    ),
  ],
  [
    'a script literal without quotes around its names',
    page(
      `<script>window.__INITIAL_STATE__ = { post: { title: 'The quiet ferry', text: ${JSON.stringify(PROSE)}, }, n: -1.5, u: undefined, v: void 0 };</script>`,
    ),
  ],
  [
    'an arrow of text in single quotes',
    page(`<script>window.__PAGE_DATA__={a:{title:'The quiet ferry','body':'${PROSE}'}}</script>`),
  ],
  [
    'a state in a string',
    page(
      `<script>window.__PRELOADED_STATE__ = JSON.parse(${JSON.stringify(JSON.stringify({ title: 'The quiet ferry', text: PROSE }))})</script>`,
    ),
  ],
])('the article is read from %s', (_what, html) => {
  const text = withEmbeddedText(html) ?? '';

  expect(text).toContain('<article><h1>The quiet ferry</h1>');
  for (const sentence of SENTENCES) expect(text.slice(text.indexOf('<article>'))).toContain(sentence);
  expect(text.slice(text.indexOf('<article>'))).not.toContain('Another article of the site');
});

test('a Korean article is prose, too', () => {
  expect(withEmbeddedText(state({ post: { title: '조용한 배', body: KOREAN } }))).toContain(
    '<article><h1>조용한 배</h1>',
  );
});

test('a text that stands twice in the state is written once', () => {
  const html =
    withEmbeddedText(
      state({ post: { title: 'T', body: `<p>${PROSE}</p>`, bodyText: PROSE, excerpt: `${PROSE.slice(0, 120)}…` } }),
    ) ?? '';

  expect(html.slice(html.indexOf('<article>')).split('The ferry runs').length).toBe(2);
});

test.each([
  ['no state', page('<script src=/app.js></script>')],
  [
    'a state without text',
    state({ props: { user: null, flags: { a: true }, css: 'body{color:red;margin:0;padding:0;border:0}'.repeat(30) } }),
  ],
  [
    'settings and addresses',
    state({
      urls: Array.from({ length: 50 }, (_, at) => `https://a.example/some/long/path/to/a/page/number/${at}/index.html`),
    }),
  ],
  ['a program', page(`<script>window.__NUXT__=(function(a,b){var c=a;return {data:load(c)}}("${PROSE}",2))</script>`)],
  ['a program that loops', page(`<script>window.__STATE__=(function(a){for(;;)a()})("${PROSE}")</script>`)],
  ['broken JSON', page('<script type="application/json">{"a": </script>')],
  ['one teaser', state({ title: 'Home', text: SENTENCES[0] })],
])('%s gives no article', (_what, html) => {
  expect(withEmbeddedText(html)).toBeUndefined();
});

test('a circle in flat data is cut', () => {
  expect(reviveFlatData([{ self: 0, name: 1 }, 'x'])).toEqual({ self: undefined, name: 'x' });
});

test.each([
  ['an empty root', '<div id="root"></div><script src=/app.js></script>', true],
  ['a root with a spinner', '<div id=app><div class=spinner></div></div><script type=module src=/a.js></script>', true],
  [
    'a request to switch scripts on',
    '<noscript>You need JavaScript.</noscript><div id=root></div><script src=a></script>',
    true,
  ],
  [
    'a menu and a footer',
    '<nav>Home News About</nav><main id=main></main><footer>© A paper</footer><script src=a></script>',
    true,
  ],
  ['an article', `<p>${PROSE.repeat(3)}</p><div id=ads></div><script src=a></script>`, false],
  ['a short page without scripts', '<p>Short.</p><div id=root></div>', false],
  [
    'a short page whose script is data',
    '<p>Short.</p><div id=root></div><script type="application/ld+json">{}</script>',
    false,
  ],
  ['a short page that says something', `<p>${PROSE.slice(0, 300)}</p><script src=count.js></script>`, false],
])('%s: is it a shell?', (_what, html, expected) => {
  expect(isShell(scanDocument(Buffer.from(html)).signs)).toBe(expected);
});

test.each([
  ['open scripts', '<script>'.repeat(60_000)],
  ['open brackets', `<script>window.__INITIAL_STATE__=${'['.repeat(400_000)}</script>`],
  ['many assignments', `<script>${'window.__INITIAL_STATE__={'.repeat(20_000)}</script>`],
  ['deep JSON', `<script type=application/json>${'['.repeat(5000)}${']'.repeat(5000)}</script>`],
  [
    'wide JSON',
    `<script type=application/json>${JSON.stringify(Array.from({ length: 150_000 }, () => 'a b'))}</script>`,
  ],
])('%s are read in time', (_what, html) => {
  expect(cpuMs(() => withEmbeddedText(page(html)))).toBeLessThan(5000); // quadratic work would take minutes
});

test.each([
  ['brackets', `(function(a){return ${'['.repeat(400_000)}`],
  ['negations', `{a:${'!'.repeat(400_000)}1}`],
  ['an open string', `{a:"${'x'.repeat(1_000_000)}`],
  ['many parameters', `(function(${'a,'.repeat(400_000)}`],
  ['escapes', `{a:"${'\\'.repeat(400_001)}`],
])('a state of %s is given up in little time', (_what, text) => {
  expect(cpuMs(() => withEmbeddedText(page(`<script>window.__STATE__=${text}</script>`)))).toBeLessThan(5000);
});
