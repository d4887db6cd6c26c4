import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { isWaiting, listForReview, reviewPost } from '../../../src/api/review.ts';
import type { FrontMatterPreset } from '../../../src/stages/publish/render/presets/presets.ts';
import { makeCheckedDraft, makePublisher } from '../../helpers/make-publisher.ts';

const never = new AbortController().signal;
const decision = (verdict: 'approve' | 'reject') => ({ verdict, reviewer: 'Ann Lee', at: '2026-01-01T00:00:00Z' });

async function held(members: Parameters<typeof makePublisher>[0] = {}) {
  const made = await makePublisher(members);
  const post = await made.publisher.publish(makeCheckedDraft({ held: true }), never);
  return { ...made, post, path: join(made.out, post.file) };
}

const FORMS: readonly (readonly [FrontMatterPreset, 'md' | 'html' | 'json'])[] = [
  ['generic', 'md'],
  ['hugo', 'md'],
  ['jekyll', 'md'],
  ['astro', 'md'],
  ['eleventy', 'md'],
  ['hexo', 'md'],
  ['zola', 'md'],
  ['pelican', 'md'],
  ['docusaurus', 'md'],
  ['vitepress', 'md'],
  ['generic', 'html'],
  ['generic', 'json'],
];

test.each(FORMS)(
  '%s %s: an approved post is a post like any other, and its later source costs nothing',
  async (preset, format) => {
    const { out, path, post, records, again } = await held({ preset, format });
    const before = await readFile(path, 'utf8');

    const outcome = await reviewPost(path, dirname(out), decision('approve'), preset);
    const file = outcome?.movedTo ?? path;
    const text = await readFile(file, 'utf8');

    expect((await listForReview(out, dirname(out))).posts).toMatchObject([
      { draft: false, review: expect.stringMatching(/^approved by Ann Lee/) as string },
    ]);
    expect(text).not.toMatch(/AI|· draft|noindex/);
    const changed = text.split('\n').filter((line) => !before.split('\n').includes(line));
    expect(changed.length).toBeLessThanOrEqual(4); // the state, the decision, the seal
    const publisher = again({ preset, format });
    expect(await publisher.look({ key: 'k1', sourceKey: 's1' })).toMatchObject({ kind: 'unchanged' });
    expect(await publisher.look({ key: 'k2', sourceKey: 's1' })).toMatchObject({ kind: 'kept', because: 'approved' });
    const offered = new Set([...records.values()].flatMap((one) => (one.offered === undefined ? [] : [one.sourceKey])));
    expect((await listForReview(out, dirname(out), offered)).posts.filter(isWaiting)).toMatchObject([
      { draft: false, hasNewSource: true },
    ]);
    expect(await again({ preset, format, updateApproved: true }).look({ key: 'k2', sourceKey: 's1' })).toEqual({
      kind: 'due',
    });
    expect(post.draft).toBe(true);
  },
);

test.each(FORMS)('%s %s: a rejected post stays held, and its later source costs nothing', async (preset, format) => {
  const { out, path, again } = await held({ preset, format });

  await reviewPost(path, dirname(out), decision('reject'), preset);

  expect((await listForReview(out, dirname(out))).posts).toMatchObject([
    { draft: true, review: expect.stringMatching(/^rejected/) as string },
  ]);
  expect(await again({ updateApproved: true }).look({ key: 'k2', sourceKey: 's1' })).toMatchObject({
    kind: 'kept',
    because: 'rejected',
  });
});

test.each(FORMS)(
  '%s %s: without the state folder a post keeps its date, its name and its decision, and an unchanged one costs nothing',
  async (preset, format) => {
    const { out, path, post, records } = await held({ preset, format });
    const { publisher: after } = await makePublisher({ out, preset, format });

    expect(await after.look({ key: 'k1', sourceKey: 's1' })).toMatchObject({
      kind: 'unchanged',
      post: { file: post.file },
    });
    await reviewPost(path, dirname(out), decision('reject'), preset);
    const { publisher: later } = await makePublisher({ out, preset, format });
    expect(await later.look({ key: 'k2', sourceKey: 's1' })).toMatchObject({ kind: 'kept', because: 'rejected' });
    expect([...records.values()]).toHaveLength(1);
  },
);

test('a post that a person deleted is not written again while the others are there', async () => {
  const { out, publisher } = await makePublisher();
  const first = await publisher.publish(makeCheckedDraft(), never);
  await publisher.publish(makeCheckedDraft({ key: 'k9', sourceKey: 's9', title: 'Other' }), never);
  await rm(join(out, first.file));

  expect(await publisher.look({ key: 'k2', sourceKey: 's1' })).toMatchObject({ kind: 'kept', because: 'deleted' });
  await rm(out, { recursive: true });
  expect(await publisher.look({ key: 'k2', sourceKey: 's1' })).toEqual({ kind: 'due' });
});

test.each([
  ['other address', { siteUrl: 'https://blog.example' }],
  ['other disclosure', { disclosure: 'off' }],
  ['other links', { internalLinks: 'off' }],
  ['other zone', { timeZone: 'Asia/Seoul' }],
  ['other name', { siteName: 'Harbour' }],
] as const)('%s: what shapes a file is part of it, and the file keeps its name', async (_what, members) => {
  const { publisher, again } = await makePublisher();
  const { file } = await publisher.publish(makeCheckedDraft(), never);

  expect(await again(members).look({ key: 'k1', sourceKey: 's1' })).toEqual({ kind: 'due' });
  expect((await again(members).publish(makeCheckedDraft(), never)).file).toBe(file);
});

test('a project that was moved as a whole finds its posts unchanged', async () => {
  const { out, publisher, again } = await makePublisher();
  await publisher.publish(makeCheckedDraft(), never);
  const moved = join(dirname(out), 'elsewhere', 'posts');
  await mkdir(moved, { recursive: true });
  for (const name of await readdir(out)) await writeFile(join(moved, name), await readFile(join(out, name)));

  expect(await again({ out: moved, cwd: dirname(moved) }).look({ key: 'k1', sourceKey: 's1' })).toMatchObject({
    kind: 'unchanged',
  });
});

test('--force takes the place of an edited post and leaves the edited version beside it, said once', async () => {
  const { out, publisher, again, heard } = await makePublisher();
  const { file } = await publisher.publish(makeCheckedDraft(), never);
  const edited = `${await readFile(join(out, file), 'utf8')}My words.\n`;
  await writeFile(join(out, file), edited);

  await again({ force: true }).publish(makeCheckedDraft({ key: 'k2', body: 'New.' }), never);

  const kept = (await readdir(out)).filter((name) => name !== file);
  expect(kept).toEqual([`.${file}.1~`]);
  expect(await readFile(join(out, kept[0] ?? ''), 'utf8')).toBe(edited);
  expect(heard.of('run:warning')).toMatchObject([
    { code: 'FILE_KEPT', message: expect.stringContaining(kept[0] ?? '') as string },
  ]);
});

test.each([
  ['YAML', "---\ntitle: 'It''s ours'\nweight: 010\ndraft: true # not yet\n---\n\nText.\n"],
  ['CRLF', '---\r\ntitle: Ours\r\ndraft: true\r\n---\r\n\r\nText.\r\n'],
  ['TOML', '+++\ntitle = "Ours"\ndraft = true\n+++\n\nText.\n'],
  ['JSON', '{\n  "title": "Ours",\n  "draft": true\n}\n\nText.\n'],
  ['a byte order mark', '\ufeff---\ntitle: Ours\ndraft: true\n---\n'],
  ['provenance of its own', '---\ntitle: Ours\ndraft: true\nprovenance: hand written\n---\n'],
  ['HTML', '<!doctype html><title>Ours</title><meta name="robots" content="noindex">\n<p>Text</p>'],
  ['nothing', ''],
])('a decision changes no byte of a file that blogger did not write: %s', async (_what, text) => {
  const { out } = await makePublisher();
  await mkdir(out);
  const path = join(out, text.startsWith('<') ? 'own.html' : 'own.md');
  await writeFile(path, text);

  expect(await reviewPost(path, out, decision('approve'), 'hugo')).toBeUndefined();
  expect(await readFile(path, 'utf8')).toBe(text);
});
