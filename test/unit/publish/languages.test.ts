import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { reviewPost } from '../../../src/api/review.ts';
import { describeFront } from '../../../src/core/post-front.ts';
import { inLanguages } from '../../../src/stages/list/languages.ts';
import { type FrontMatterPreset, PRESET_TABLE } from '../../../src/stages/publish/render/presets/presets.ts';
import { readFrontMatter } from '../../../src/util/front/front-matter.ts';
import { makeEntry } from '../../helpers/make-brief.ts';
import { makeCheckedDraft, makePublisher } from '../../helpers/make-publisher.ts';

const never = new AbortController().signal;
const LANGUAGES = ['en', 'ko', 'ja'];
const TITLES = { en: 'The harbour', ko: '항구의 아침', ja: '港の朝' } as const;

function inLanguage(lang: keyof typeof TITLES, members: object = {}) {
  const checked = makeCheckedDraft({ key: `k ${lang}`, sourceKey: `s ${lang}`, lang, title: TITLES[lang], ...members });
  const { draft } = checked;
  return {
    ...checked,
    draft: { ...draft, brief: { ...draft.brief, translation: { key: 'abc', languages: LANGUAGES } } },
  };
}

async function publishAll(members: Parameters<typeof makePublisher>[0], held?: string) {
  const made = await makePublisher(members);
  const posts = [];
  for (const lang of ['en', 'ko', 'ja'] as const)
    posts.push(await made.publisher.publish(inLanguage(lang, { held: lang === held }), never));
  await made.publisher.finish();
  return { ...made, posts };
}

/** Alternates of a saved Markdown post, wherever its preset keeps them. */
async function alternatesOf(path: string): Promise<{ lang: string; url: string }[]> {
  const { data } = readFrontMatter(await readFile(path, 'utf8'));
  const found = (data['alternates'] ?? (data['extra'] as { alternates?: unknown } | undefined)?.alternates) as
    | { list?: [] }
    | [];
  return (Array.isArray(found) ? found : (found?.list ?? [])) as { lang: string; url: string }[];
}

const PRESETS = (Object.keys(PRESET_TABLE) as FrontMatterPreset[]).filter((name) => name !== 'none');

test.each(PRESETS)(
  '%s: each language has its folder, its slug and the addresses of all, and a second finish changes nothing',
  async (preset) => {
    const { out, posts, again } = await publishAll({ preset, siteUrl: 'https://blog.example/b' });
    const texts = await Promise.all(posts.map(({ file }) => readFile(join(out, file), 'utf8')));
    const lists = await Promise.all(posts.map(({ file }) => alternatesOf(join(out, file))));

    expect(posts.map(({ file }) => file.split('/')[0])).toEqual(LANGUAGES);
    expect(posts.map(({ slug }) => slug)).toEqual(['the-harbour', '항구의-아침', '港の朝']);
    expect(lists[0]?.map(({ lang }) => lang)).toEqual(['en', 'ja', 'ko']);
    expect(new Set(lists.map((list) => JSON.stringify(list))).size).toBe(1);
    for (const [index, { address = '' }] of posts.entries()) {
      const url = new URL(encodeURI(address.replace(/^\/+/, '').replace(/\.md$/, '')), 'https://blog.example/b/').href;
      expect(lists[0]?.map((one) => one.url)).toContain(url);
      expect(describeFront(readFrontMatter(texts[index] ?? '').data).lang ?? LANGUAGES[index]).toBe(LANGUAGES[index]);
      expect(texts[index]).toMatch(/translationKey: abc|Translationkey: abc/);
    }
    await again({ preset, siteUrl: 'https://blog.example/b' }).finish();
    expect(await Promise.all(posts.map(({ file }) => readFile(join(out, file), 'utf8')))).toEqual(texts);
  },
);

test.each(['hugo', 'astro', 'pelican'] as const)(
  '%s: a held or deleted language is named by no other, and named once it is approved',
  async (preset) => {
    const { out, posts, again } = await publishAll({ preset }, 'ko');
    const [en, ko, ja] = posts.map(({ file }) => join(out, file)) as [string, string, string];
    const langs = async (path: string) => (await alternatesOf(path)).map(({ lang }) => lang);

    expect(await langs(en)).toEqual(['en', 'ja']);
    expect(await langs(ko)).toEqual([]);
    const moved = await reviewPost(
      ko,
      dirname(out),
      { verdict: 'approve', reviewer: 'Ann', at: '2026-01-01T00:00:00Z' },
      preset,
    );
    await again({ preset }).finish();
    expect(await langs(en)).toEqual(['en', 'ja', 'ko']);
    expect(await langs(moved?.movedTo ?? ko)).toEqual(['en', 'ja', 'ko']);
    await rm(ja);
    await again({ preset }).finish();
    expect(await langs(en)).toEqual(['en', 'ko']);
  },
);

test('the same slug is free in each language, and taken twice in one', async () => {
  const { publisher } = await makePublisher();
  const publish = (lang: 'en' | 'ko', sourceKey: string) =>
    publisher.publish(inLanguage(lang, { key: sourceKey, sourceKey, slug: 'tides' }), never);

  expect((await publish('en', 'a')).file).toBe('en/tides.md');
  expect((await publish('ko', 'b')).file).toBe('ko/tides.md');
  expect((await publish('ko', 'c')).file).toBe('ko/tides-2.md');
});

test('html: pages name each other in the head, feeds in their entries', async () => {
  const { out, posts } = await publishAll({ format: 'html', siteUrl: 'https://blog.example/b' });
  const heads = await Promise.all(
    posts.map(async ({ file }) =>
      (await readFile(join(out, file), 'utf8')).match(/<link rel="alternate" hreflang[^>]*>/g),
    ),
  );

  expect(heads[0]).toHaveLength(3);
  expect(heads[1]).toEqual(heads[0]);
  expect(heads[0]?.join()).toContain('hreflang="en" href="https://blog.example/b/en/the-harbour.html"');
  expect(await readFile(join(out, 'ko', 'feed.xml'), 'utf8')).toMatch(/hreflang="ja"/);
  expect(await readFile(join(out, 'ko', 'index.html'), 'utf8')).toContain('<html lang="ko"');
});

test('json: alternates are a member, and the file stays JSON', async () => {
  const { out, posts } = await publishAll({ format: 'json' });
  for (const { file } of posts) expect(JSON.parse(await readFile(join(out, file), 'utf8')).alternates).toHaveLength(3);
});

test('without the state folder the languages find each other again', async () => {
  const { out, posts } = await publishAll({ preset: 'hugo' });
  const { publisher, records } = await makePublisher({ out, preset: 'hugo' });
  for (const lang of ['en', 'ko', 'ja']) await publisher.look({ key: `k ${lang}`, sourceKey: `s ${lang}` });
  await publisher.finish();

  expect([...records.values()].map(({ translation }) => translation)).toEqual(
    ['en', 'ko', 'ja'].map((lang) => ({ key: 'abc', lang })),
  );
  expect(await alternatesOf(join(out, posts[0]?.file ?? ''))).toHaveLength(3);
});

test('lines become one entry a language', () => {
  const langs = (members: object, languages: readonly string[] = []) =>
    inLanguages([makeEntry(members)], { languages, translates: true }).map(({ lang, languages: all, post }) => [
      lang,
      all?.length,
      post,
    ]);

  expect(langs({})).toEqual([[undefined, undefined, undefined]]);
  expect(langs({}, ['ko'])).toEqual([['ko', undefined, undefined]]);
  expect(langs({ lang: 'de' }, ['en', 'ko'])).toEqual([['de', undefined, undefined]]);
  expect(langs({ languages: ['en', 'ko'] }, ['de'])).toEqual([
    ['en', 2, undefined],
    ['ko', 2, undefined],
  ]);
  expect(langs({ post: 'pair' }, ['en', 'ko'])).toEqual([
    ['en', 2, 'pair (en)'],
    ['ko', 2, 'pair (ko)'],
  ]);
});

test('a title that YAML could misread stays what it is beside the alternates', async () => {
  const { out, posts } = await publishAll({ preset: 'generic' });
  const [, yaml = ''] = (await readFile(join(out, posts[0]?.file ?? ''), 'utf8')).split(/^---$/m);
  expect(parse(yaml)).toMatchObject({
    title: 'The harbour',
    alternates: [{ lang: 'en' }, { lang: 'ja' }, { lang: 'ko' }],
  });
});
