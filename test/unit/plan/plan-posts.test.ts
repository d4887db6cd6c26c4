import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import type { Article, Brief, SourcedArticle } from '../../../src/core/types.ts';
import { type PlanOptions, planBriefs } from '../../../src/stages/plan/plan-posts.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { hashText } from '../../../src/util/stable-hash.ts';
import { collectEvents, FakeClock, settle } from '../../helpers/fakes.ts';

const never = new AbortController().signal;
let index = 0;

function source(text: string, members: Partial<SourcedArticle['entry']> = {}, lang = 'en'): SourcedArticle {
  index += 1;
  const url = `https://site.example/${index}`;
  const article = {
    url,
    finalUrl: url,
    title: `T${index}`,
    lang,
    text,
    markdown: text,
    contentHash: hashText(text),
  } as Article;
  const entry = {
    index,
    url,
    original: url,
    priority: 'medium',
    keywords: [],
    position: { file: 'l', line: index },
    ...members,
  } as const;
  return { entry, article, fromCache: false, httpStatus: 200, ms: 1 };
}

function options(members: Partial<PlanOptions> = {}) {
  const remembered = new Map<string, string>();
  const heard = collectEvents();
  const copies = {
    primaryOf: (hash: string) => remembered.get(hash),
    remember: (hash: string, primary: string) => void remembered.set(hash, primary),
  };
  return {
    heard,
    options: {
      lang: 'auto',
      translates: true,
      length: 3000,
      tone: 'clear',
      template: 'article',
      categories: [],
      duplicates: 'merge',
      shape: 'v1',
      groups: new Map(),
      variants: new Map(),
      copies,
      sourceKeys: { of: () => [], remember() {} },
      emit: heard.emit,
      clock: systemClock,
      ...members,
    } satisfies PlanOptions,
  };
}

async function plan(items: readonly SourcedArticle[], planOptions: PlanOptions): Promise<Brief[]> {
  const briefs: Brief[] = [];
  for await (const brief of planBriefs(
    (async function* () {
      yield* items;
    })(),
    planOptions,
    never,
  ))
    briefs.push(brief);
  return briefs;
}

const prose = (seed: number) => Array.from({ length: 300 }, (_, at) => `word${(at * seed) % 997}`).join(' ');
const edited = (text: string) =>
  `${text
    .split(' ')
    .map((word, at) => (at % 20 === 3 ? 'changed' : word))
    .join(' ')} Syndicated with permission.`;

test('each article becomes one brief with its wishes, the most urgent first', async () => {
  const setup = options({ audience: 'beginners' });

  const briefs = await plan(
    [
      source(prose(3)),
      source(prose(5), { priority: 'high', keywords: ['k'], lang: 'ko', length: 900, tone: 'warm' }),
      source(prose(7), {}, 'und'),
    ],
    setup.options,
  );

  expect(briefs).toMatchObject([
    { priority: 'high', keywords: ['k'], lang: 'ko', length: 900, tone: 'warm', audience: 'beginners' },
    { priority: 'medium', keywords: [], lang: 'en', length: 3000, tone: 'clear' },
    { lang: 'en' },
  ]);
});

test('categories are those that the entries name, else those of the settings, and change no key', async () => {
  const item = source(prose(3));
  const named = [
    source(prose(3), { categories: ['Energy'], post: 'p' }),
    source(prose(5), { index: 1, categories: ['Energy', 'Towns'], post: 'p' }),
  ];
  const [none] = await plan([item], options().options);
  const [usual] = await plan([item], options({ categories: ['News'] }).options);
  const [group] = await plan(
    named,
    options({ categories: ['News'], groups: new Map([['p', named.map(({ entry }) => entry.url)]]) }).options,
  );

  expect([none?.categories, usual?.categories, group?.categories]).toEqual([undefined, ['News'], ['Energy', 'Towns']]);
  expect(usual?.key).toBe(none?.key);
});

test('the key changes with text, wishes and shape, and not with priority or order', async () => {
  const key = async (text: string, members = {}, planOptions: Partial<PlanOptions> = {}) =>
    (await plan([source(text, members)], options(planOptions).options))[0]?.key;
  const base = await key(prose(3));

  expect(await key(prose(3))).toBe(base);
  expect(await key(prose(3), { priority: 'high' })).toBe(base);
  expect(await key(prose(5))).not.toBe(base);
  expect(await key(prose(3), { lang: 'ko' })).not.toBe(base);
  expect(await key(prose(3), {}, { shape: 'v2' })).not.toBe(base);
});

test('a syndicated near copy becomes a source beside the first in the list, whichever came first', async () => {
  const setup = options();
  const first = source(prose(3));
  const copy = source(edited(prose(3)));

  const [brief, ...others] = await plan([copy, first, source(prose(5))], setup.options);

  expect(others).toHaveLength(1);
  expect(brief?.articles[0].url).toBe(first.entry.url);
  expect(brief?.copies).toEqual([{ url: copy.entry.url, contentHash: copy.article.contentHash }]);
  expect(setup.heard.of('entry:skip')).toMatchObject([{ failure: { url: copy.entry.url, code: 'DUPLICATE' } }]);
});

test('the post of near copies keeps its key in the next run, whichever copy is there', async () => {
  const setup = options();
  const first = source(prose(3));
  const copy = source(edited(prose(3)));
  const [before] = await plan([first, copy], setup.options);

  const [after] = await plan([copy], setup.options);

  expect(after?.key).toBe(before?.key);
});

test('a copy that comes after the brief has left is skipped and named', async () => {
  const setup = options({ window: 0 });
  const first = source(prose(3));

  const briefs = await plan([first, source(prose(3))], setup.options);

  expect(briefs).toHaveLength(1);
  expect(briefs[0]?.copies).toEqual([]);
  expect(setup.heard.of('entry:skip')[0]?.failure.message).toContain(first.entry.url);
});

test('duplicates: keep writes a post of each', async () => {
  expect(await plan([source(prose(3)), source(prose(3))], options({ duplicates: 'keep' }).options)).toHaveLength(2);
});

test('entries of one post name become one brief in list order, also when a member is missing at the end', async () => {
  const a = source(prose(3), { post: 'P' });
  const b = source(prose(5), { post: 'P' });
  const alone = source(prose(7), { post: 'Q' });

  const briefs = await plan(
    [b, alone, a],
    options({
      groups: new Map([
        ['P', [a.entry.url, b.entry.url]],
        ['Q', [alone.entry.url, 'https://site.example/dead']],
      ]),
    }).options,
  );

  expect(briefs.map(({ articles }) => articles.map(({ url }) => url))).toEqual([
    [a.entry.url, b.entry.url],
    [alone.entry.url],
  ]);
});

test('a group without one of its pages is the same post as the whole group, written from other sources', async () => {
  const [a, b] = [source(prose(3), { post: 'P' }), source(prose(5), { post: 'P' })];
  const groups = new Map([['P', [a.entry.url, b.entry.url]]]);
  const [whole] = await plan([a, b], options({ groups }).options);
  const [part] = await plan([b], options({ groups }).options);

  expect(part?.sourceKey).toBe(whole?.sourceKey);
  expect(part?.key).not.toBe(whole?.key);
});

test('articles whose brief has left are held no longer, however long the list', async () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const articles: WeakRef<Article>[] = [];
  async function* sources() {
    for (let seed = 1; seed <= 50; seed += 1) {
      const item = source(prose(seed));
      articles.push(new WeakRef(item.article));
      yield item;
    }
  }
  const { options: planOptions } = options({ window: 4 });
  let held = 0;

  for await (const _brief of planBriefs(sources(), planOptions, never)) {
    if (articles.length < 50) continue;
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
    held = articles.filter((article) => article.deref() !== undefined).length;
    break;
  }

  expect(held).toBeGreaterThan(0);
  expect(held).toBeLessThan(12); // the window, and what is on its way in and out
});

test('one page with other options is another post: each language, length and tone has a brief and a source key of its own', async () => {
  const setup = options();
  const url = 'https://site.example/one';
  const items = [
    {},
    { lang: 'ko' },
    { lang: 'de' },
    { length: 900 },
    { tone: 'warm' },
    { lang: 'ko', length: 900 },
  ].map((members) => source(prose(3), { url, ...members }));

  const briefs = await plan(items, setup.options);

  expect(briefs).toHaveLength(items.length);
  expect(new Set(briefs.map(({ key }) => key)).size).toBe(items.length);
  expect(new Set(briefs.map(({ sourceKey }) => sourceKey)).size).toBe(items.length);
});

test.each([
  ['an option that says what the settings say', { lang: 'en', length: 3000 }],
  ['the tone of the settings', { tone: 'clear' }],
])('%s makes no second post, and the run says so', async (_name, members) => {
  const setup = options();
  const url = 'https://site.example/one';

  const briefs = await plan([source(prose(3), { url }), source(prose(3), { url, ...members })], setup.options);

  expect(briefs).toHaveLength(1);
  expect(setup.heard.of('entry:skip')).toMatchObject([{ failure: { code: 'DUPLICATE' } }]);
});

test('two names for a post of the same sources and options are one post, and the run says so', async () => {
  const setup = options({ groups: new Map([['a', ['https://site.example/one']]]) });
  const url = 'https://site.example/one';

  const briefs = await plan(
    [source(prose(3), { url, post: 'a' }), source(prose(3), { url, post: 'b' })],
    setup.options,
  );

  expect(briefs).toHaveLength(1);
  expect(setup.heard.of('entry:skip')[0]?.failure.message).toContain('the same options');
});

test.each(['merge', 'skip', 'keep'] as const)(
  'duplicates: %s begins to write while a slow page is on its way',
  async (duplicates) => {
    const clock = new FakeClock();
    let finish = () => {};
    const slow = new Promise<void>((resolve) => {
      finish = resolve;
    });
    async function* pages() {
      yield source(prose(3));
      yield source(prose(5));
      await slow;
      yield source(prose(7));
    }
    const briefs = planBriefs(pages(), options({ duplicates, clock }).options, never)[Symbol.asyncIterator]();
    const first = briefs.next();
    await settle(10); // each article is planned in a turn of its own
    await clock.advance(1000);

    expect((await first).done).toBe(false);
    expect((await briefs.next()).done).toBe(false);

    const last = briefs.next();
    finish();
    await settle(10);
    await clock.advance(1000);
    expect((await last).done).toBe(false);
    expect((await briefs.next()).done).toBe(true);
  },
);
