import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { CheckedDraft } from '../../../src/core/types.ts';
import { createPublisher, type PostRecord, type PublisherOptions } from '../../../src/stages/publish/save-posts.ts';
import { slugOf, uniqueSlug } from '../../../src/stages/publish/slug.ts';
import { FakeClock } from '../../helpers/fakes.ts';

const never = new AbortController().signal;

function checkedDraft(members: { key?: string; sourceKey?: string; title?: string; slug?: string; body?: string; description?: string } = {}): CheckedDraft {
  const article = {
    url: 'https://a.example/x',
    finalUrl: 'https://a.example/x',
    title: 'Source',
    contentHash: 'h1',
    fetchedAt: '2026-01-01T00:00:00.000Z',
    policy: { allowed: true, policy: 'respect' },
  };
  const brief = {
    key: members.key ?? 'k1',
    sourceKey: members.sourceKey ?? 's1',
    articles: [article],
    copies: [],
    entries: [{ url: article.url }],
    lang: 'en',
  };
  const content = {
    title: members.title ?? 'A: title',
    description: members.description ?? 'About it.',
    slug: members.slug ?? '',
    tags: ['one'],
    body: members.body ?? '## Part\n\nText.',
  };
  const provenance = {
    provider: 'openai',
    model: 'm',
    promptVersion: '1',
    tier: 'standard',
    usage: { input: 1, cachedInput: 0, output: 1 },
    costUsd: undefined,
    reused: false,
    repairs: 0,
  };
  return { draft: { brief, content, provenance, digest: false }, findings: [], holdAsDraft: false } as unknown as CheckedDraft;
}

async function publisher(members: Partial<PublisherOptions> = {}) {
  const records = new Map<string, PostRecord>();
  const out = join(await mkdtemp(join(tmpdir(), 'blogger-out-')), 'posts');
  const options: PublisherOptions = {
    out,
    format: 'md',
    preset: 'generic',
    slug: 'unicode',
    force: false,
    lang: 'en',
    generator: 'blogger 0',
    runId: 'r1',
    clock: new FakeClock(),
    records: {
      byKey: (key) => [...records.values()].find(({ post }) => post.key === key),
      bySourceKey: (sourceKey) => records.get(sourceKey),
      isSlugTaken: (slug, sourceKey) => [...records].some(([other, { post }]) => other !== sourceKey && post.slug === slug),
      save: (record) => void records.set(record.sourceKey, record),
      list: () => [...records.values()],
    },
    ...members,
  };
  return { out, records, publisher: createPublisher(options), again: (more: Partial<PublisherOptions>) => createPublisher({ ...options, ...more }) };
}

test('a post is saved with front matter that YAML reads back, and is found again', async () => {
  const { out, publisher: posts } = await publisher();

  const post = await posts.publish(checkedDraft({ title: 'He said: "no" — #1 --- yes' }), never);
  const [, yaml = '', ...body] = (await readFile(join(out, post.file), 'utf8')).split(/^---$/m);

  expect(parse(yaml)).toMatchObject({
    title: 'He said: "no" — #1 --- yes',
    slug: post.slug,
    draft: false,
    canonical: 'https://a.example/x',
    provenance: { costUsd: null, review: 'none' },
  });
  expect(body.join('---').trim()).toBe('## Part\n\nText.');
  expect(await posts.find('k1')).toEqual(post);
  expect(await readdir(out)).toEqual([post.file]);
});

test('the same sources keep their file when the text changes; other sources get another one', async () => {
  const { out, publisher: posts } = await publisher();

  const first = await posts.publish(checkedDraft(), never);
  const renewed = await posts.publish(checkedDraft({ key: 'k2', title: 'Quite another title', body: 'New.' }), never);
  const other = await posts.publish(checkedDraft({ key: 'k3', sourceKey: 's2' }), never);

  expect(renewed.file).toBe(first.file);
  expect(other.file).toBe('a-title-2.md');
  expect(await readFile(join(out, first.file), 'utf8')).toContain('New.');
});

test('a file that a person edited is left alone, until forced', async () => {
  const { out, publisher: posts, again } = await publisher();
  const { file } = await posts.publish(checkedDraft(), never);
  await writeFile(join(out, file), 'mine');

  await expect(posts.publish(checkedDraft({ key: 'k2' }), never)).rejects.toMatchObject({ code: 'CHECK_FAILED', hint: expect.stringContaining('--force') });
  expect(await readFile(join(out, file), 'utf8')).toBe('mine');

  await again({ force: true }).publish(checkedDraft({ key: 'k2' }), never);
  expect(await readFile(join(out, file), 'utf8')).toContain('title:');
});

test('another format or a lost file is no longer the saved post', async () => {
  const { publisher: posts, again } = await publisher();
  await posts.publish(checkedDraft(), never);

  expect(await again({ format: 'html' }).find('k1')).toBeUndefined();
  expect(await posts.find('unknown')).toBeUndefined();
});

test('an output folder that is a file is named, and nothing is half written', async () => {
  const { out, publisher: posts } = await publisher();
  await writeFile(out, 'a file');

  await expect(posts.publish(checkedDraft(), never)).rejects.toMatchObject({ code: 'OUTPUT_UNWRITABLE', message: expect.stringContaining(out) });
  expect(await readFile(out, 'utf8')).toBe('a file');
});

test('HTML is a whole page in which nothing of a post is live', async () => {
  const { out, publisher: posts } = await publisher({ format: 'html' });
  const body =
    '<script>alert(1)</script>\n\n[x](javascript:alert(1)) <img src=x onerror=alert(1)>\n\n![y](https://a.example/i.png)\n\n## Ok\n\u001b]52;c;x\u0007';

  const { file } = await posts.publish(checkedDraft({ title: '</title><script>alert(2)</script>', body }), never);
  const html = await readFile(join(out, file), 'utf8');

  expect(html).not.toMatch(/<script>|javascript:|onerror|\u001b/);
  expect(html.match(/<script/g)).toHaveLength(1);
  expect(html).toContain('<h2>Ok</h2>');
  expect(html).toContain('"@type":"BlogPosting"');
});

test.each([
  ['../../etc/passwd', 'etc-passwd'],
  ['안녕하세요, 세계!', '안녕하세요-세계'],
  ['', 'post'],
  ['CON', 'con-post'],
  ['Don’t panic', 'dont-panic'],
])('the slug of %j is %j', (title, slug) => {
  expect(slugOf(title, 'unicode')).toBe(slug);
});

test('any title gives a slug that is one safe path part, in both forms, and is stable', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('unicode' as const, 'ascii' as const), (title, form) => {
      const slug = slugOf(title, form);

      expect(slug).toMatch(form === 'ascii' ? /^[a-z0-9]+(-[a-z0-9]+)*$/ : /^[\p{L}\p{M}\p{N}]+(-[\p{L}\p{M}\p{N}]+)*$/u);
      expect(Buffer.byteLength(slug)).toBeLessThanOrEqual(125);
      expect(slugOf(slug, form)).toBe(slug);
    }),
  );
});

test('a taken slug is numbered', () => {
  expect(uniqueSlug('a', (slug) => slug === 'a' || slug === 'a-2')).toBe('a-3');
});

/** Whatever a page or a model may put into a title or a text. */
const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg/onload=alert(1)>',
  '<a href="javascript:alert(1)">x</a>',
  '[x](javascript:alert(1))',
  '[x](data:text/html;base64,PHNjcmlwdD4=)',
  '<iframe src="https://evil.example"></iframe>',
  '<style>*{display:none}</style>',
  '</title><script>alert(1)</script>',
  '</script><script>alert(1)</script>',
  '\u001b[31mred\u001b[0m \u001b]8;;https://evil.example\u0007link\u001b]8;;\u0007',
  '\u202etxet desrever\u202c',
  '../../../etc/passwd',
  '..\\..\\windows',
  '/absolute',
  'a\u0000b',
  '--- \n!!js/function "x" \n---',
  '*anchor &alias {a: b, c: [d]}',
  '&a ["x","x"] *a',
  'CON',
  '.hidden',
  '🎉'.repeat(300),
];

test.each(['md', 'html', 'json'] as const)('the escape corpus leaves nothing live in %s, and no file outside of the folder', async (format) => {
  const { out, publisher: posts } = await publisher({ format, siteUrl: 'https://blog.example' });
  for (const [index, text] of HOSTILE.entries()) {
    const draft = checkedDraft({ title: text, slug: text, description: text, body: `## ${text}\n\n${text}` });
    const key = `${index}`;
    await posts.publish({ ...draft, draft: { ...draft.draft, brief: { ...draft.draft.brief, key, sourceKey: key } } }, never);
  }
  await posts.finish();
  const files = await readdir(join(out, '..'), { recursive: true });

  expect(files.filter((name) => !name.startsWith('posts'))).toEqual([]);
  for (const name of files.filter((one) => one.endsWith(`.${format}`))) {
    const text = await readFile(join(out, '..', name), 'utf8');
    expect(text).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e]/);
    if (format === 'html') {
      expect(text).not.toMatch(/<(?:iframe|svg|style>\*|img[^>]*onerror)|href="(?:javascript|data):/i);
      expect(text.match(/<script(?! type="application\/ld\+json")/g)).toBeNull();
    }
    if (format === 'md') expect(() => parse(text.split(/^---$/m)[1] ?? '') as unknown).not.toThrow();
  }
});
