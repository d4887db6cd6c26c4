import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { FakeClock } from '../../helpers/fakes.ts';
import { liveMarkup } from '../../helpers/live-markup.ts';
import { makeCheckedDraft, makePublisher } from '../../helpers/make-publisher.ts';

const never = new AbortController().signal;
const K1 = { key: 'k1', sourceKey: 's1' };

test('a post is saved with front matter that YAML reads back, and is found again', async () => {
  const { out, publisher: posts } = await makePublisher();

  const post = await posts.publish(makeCheckedDraft({ title: 'He said: "no" — #1 --- yes' }), never);
  const [, yaml = '', ...body] = (await readFile(join(out, post.file), 'utf8')).split(/^---$/m);

  expect(parse(yaml)).toMatchObject({
    title: 'He said: "no" — #1 --- yes',
    slug: post.slug,
    draft: false,
    canonical: 'https://a.example/x',
    provenance: { costUsd: null, review: 'none' },
  });
  expect(body.join('---').trim()).toMatch(
    /^## Part\n\nText\.\n\nSource: \[Source\]\(<https:\/\/a\.example\/x>\)\n\n\*.*AI.*\*$/,
  );
  expect(await posts.look(K1)).toMatchObject({ kind: 'unchanged', post: { file: post.file, slug: post.slug } });
  expect(await readdir(out)).toEqual([post.file]);
});

test.each([
  ['md', 'generic', 'https://blog.example/b/a-title'],
  ['html', 'generic', 'https://blog.example/b/a-title.html'],
  ['md', 'hugo', 'https://blog.example/b/a-title/'],
  ['md', 'jekyll', 'https://blog.example/b/news%20desk/1970/01/01/a-title.html'],
] as const)(
  '%s for %s: the canonical address is where the post will be, and the feed says the same',
  async (format, preset, address) => {
    const { out, publisher: posts } = await makePublisher({
      format,
      preset,
      siteUrl: 'https://blog.example/b',
      clock: new FakeClock(0),
    });
    const { file } = await posts.publish(makeCheckedDraft({ categories: ['News desk'] }), never);
    await posts.finish();

    expect(await readFile(join(out, file), 'utf8')).toContain(`${address}${format === 'html' ? '">' : '\n'}`);
    if (format === 'html') expect(await readFile(join(out, 'feed.xml'), 'utf8')).toContain(`href="${address}"`);
  },
);

test.each(['md', 'html', 'json'] as const)(
  '%s: a post from a file on this machine names the file, not where it lies',
  async (format) => {
    const { out, publisher: posts } = await makePublisher({ format });
    const { file } = await posts.publish(makeCheckedDraft({ url: 'file:///home/me/my%20pages/tidal.html' }), never);

    const text = await readFile(join(out, file), 'utf8');
    expect(text).toContain('tidal.html');
    expect(text).not.toMatch(/file:|\/home\/me|canonical/);
  },
);

test('categories go into the front matter; other ones are written anew without losing the file', async () => {
  const { out, publisher: posts } = await makePublisher();
  const plain = await posts.publish(makeCheckedDraft(), never);
  expect(await readFile(join(out, plain.file), 'utf8')).not.toContain('categories');
  expect(await posts.look({ ...K1, categories: ['News'] })).toEqual({ kind: 'due' });

  const post = await posts.publish(makeCheckedDraft({ categories: ['News'] }), never);
  expect(post.file).toBe(plain.file);
  expect(await readFile(join(out, post.file), 'utf8')).toContain('categories:\n  - News\n');
  expect(await posts.look({ ...K1, categories: ['News'] })).toMatchObject({ kind: 'unchanged' });
});

test('a post that a person took away is neither in the index nor in the feed', async () => {
  const { out, publisher: posts } = await makePublisher({ format: 'html', siteUrl: 'https://blog.example' });
  const gone = await posts.publish(makeCheckedDraft({ title: 'Gone' }), never);
  await posts.publish(makeCheckedDraft({ title: 'Here', key: 'k2', sourceKey: 's2' }), never);
  await rm(join(out, gone.file));
  await posts.finish();

  for (const name of ['index.html', 'feed.xml']) {
    const text = await readFile(join(out, name), 'utf8');
    expect(text).toContain('here.html');
    expect(text).not.toContain('gone.html');
  }
});

test('the same sources keep their file when the text changes; other sources get another one', async () => {
  const { out, publisher: posts } = await makePublisher();

  const first = await posts.publish(makeCheckedDraft(), never);
  const renewed = await posts.publish(
    makeCheckedDraft({ key: 'k2', title: 'Quite another title', body: 'New.' }),
    never,
  );
  const other = await posts.publish(makeCheckedDraft({ key: 'k3', sourceKey: 's2' }), never);

  expect(renewed.file).toBe(first.file);
  expect(other.file).toBe('a-title-2.md');
  expect(await readFile(join(out, first.file), 'utf8')).toContain('New.');
});

test('posts of one title that are saved at the same time get files of their own', async () => {
  const { publisher: posts } = await makePublisher();
  const saved = await Promise.all(
    ['a', 'b', 'c'].map((key) => posts.publish(makeCheckedDraft({ key, sourceKey: key }), never)),
  );

  expect(saved.map(({ file }) => file)).toEqual(['a-title.md', 'a-title-2.md', 'a-title-3.md']);
});

test.each([
  ['straße', 'STRASSE'],
  ['Straße', 'strasse'],
  ['café', 'cafe\u0301'],
  ['ΛΌΓΟΣ', 'λόγος'],
  ['ſand', 'sand'],
  ['ﬁn', 'fin'],
] as const)('%s and %s, saved at the same time, are two files where case and form do not count', async (one, other) => {
  const { publisher: posts } = await makePublisher();
  const saved = await Promise.all(
    [one, other].map((slug) => posts.publish(makeCheckedDraft({ key: slug, sourceKey: slug, slug }), never)),
  );

  const names = saved.map(({ file }) => file.normalize('NFC').toUpperCase().toLowerCase());
  expect(new Set(names).size).toBe(2);
});

test.each(['md', 'html'] as const)('a digest, which names its source itself, says it once in %s', async (format) => {
  const { out, publisher: posts } = await makePublisher({ format });
  const body = 'It opens.\n\nSource: [Source](<https://a.example/x>) (Ann)';
  const { file } = await posts.publish(makeCheckedDraft({ digest: true, body }), never);
  const text = await readFile(join(out, file), 'utf8');
  const shown = text.slice(text.indexOf(format === 'md' ? 'It opens' : '<body>'));

  expect(shown.match(/Sources?:|<h2>Sources?/g)).toHaveLength(1);
  expect(text).toContain('https://a.example/x');
});

test('posts that were moved together are found where they are, and none is written a second time', async () => {
  const { out, publisher: posts, again } = await makePublisher();
  const { file } = await posts.publish(makeCheckedDraft(), never);
  await mkdir(join(out, '2026'));
  await rename(join(out, file), join(out, '2026', 'other.md'));

  expect(await again({}).look(K1)).toMatchObject({ kind: 'unchanged', post: { file: '2026/other.md' } });
  const renewed = await again({}).publish(makeCheckedDraft({ key: 'k2', body: 'New.' }), never);
  expect(renewed.file).toBe('2026/other.md');
  expect(await readdir(out)).toEqual(['2026']);
});

test('a moved post that a person edited is kept', async () => {
  const { out, publisher: posts, again } = await makePublisher();
  const { file } = await posts.publish(makeCheckedDraft(), never);
  const text = await readFile(join(out, file), 'utf8');
  await rm(join(out, file));
  await writeFile(join(out, 'other.md'), text.replace('Text.', 'Mine.'));

  expect(await again({}).look({ ...K1, key: 'k2' })).toMatchObject({ kind: 'kept', because: 'edited' });
});

test('a file that a person edited is left alone, until forced', async () => {
  const { out, publisher: posts, again } = await makePublisher();
  const { file } = await posts.publish(makeCheckedDraft(), never);
  await writeFile(join(out, file), 'mine');

  await expect(posts.publish(makeCheckedDraft({ key: 'k2' }), never)).rejects.toMatchObject({
    code: 'CHECK_FAILED',
    hint: expect.stringContaining('--force'),
  });
  expect(await readFile(join(out, file), 'utf8')).toBe('mine');

  await again({ force: true }).publish(makeCheckedDraft({ key: 'k2' }), never);
  expect(await readFile(join(out, file), 'utf8')).toContain('title:');
});

test('another format or a lost file is no longer the saved post', async () => {
  const { publisher: posts, again } = await makePublisher();
  await posts.publish(makeCheckedDraft(), never);

  expect(await again({ format: 'html' }).look(K1)).toEqual({ kind: 'due' });
  expect(await posts.look({ key: 'unknown', sourceKey: 'unknown' })).toEqual({ kind: 'due' });
});

test('an output folder that is a file is named, and nothing is half written', async () => {
  const { out, publisher: posts } = await makePublisher();
  await writeFile(out, 'a file');

  await expect(posts.publish(makeCheckedDraft(), never)).rejects.toMatchObject({
    code: 'OUTPUT_UNWRITABLE',
    message: expect.stringContaining(out),
  });
  expect(await readFile(out, 'utf8')).toBe('a file');
});

test('HTML is a whole page in which nothing of a post is live', async () => {
  const { out, publisher: posts } = await makePublisher({ format: 'html' });
  const body =
    '<script>alert(1)</script>\n\n[x](javascript:alert(1)) <img src=x onerror=alert(1)>\n\n![y](https://a.example/i.png)\n\n## Ok\n\u001b]52;c;x\u0007';

  const { file } = await posts.publish(makeCheckedDraft({ title: '</title><script>alert(2)</script>', body }), never);
  const html = await readFile(join(out, file), 'utf8');

  expect(html).not.toContain('\u001b');
  expect(liveMarkup(html)).toEqual([]);
  expect(html).toContain('<h2 id="ok">Ok</h2>');
  expect(html).toContain('"@type":"BlogPosting"');
});

const HOSTILE = Object.values(
  JSON.parse(await readFile(new URL('../../../fixtures/escapes/payloads.json', import.meta.url), 'utf8')) as Record<
    string,
    string[]
  >,
).flat();

test.each(['md', 'html', 'json'] as const)(
  'the escape corpus leaves nothing live in %s, and no file outside of the folder',
  async (format) => {
    const { out, publisher: posts } = await makePublisher({
      format,
      siteUrl: 'https://blog.example',
    });
    for (const [index, text] of HOSTILE.entries()) {
      const draft = makeCheckedDraft({ title: text, slug: text, description: text, body: `## ${text}\n\n${text}` });
      const key = `${index}`;
      await posts.publish(
        { ...draft, draft: { ...draft.draft, brief: { ...draft.draft.brief, key, sourceKey: key } } },
        never,
      );
    }
    await posts.finish();
    const files = await readdir(join(out, '..'), { recursive: true });

    expect(files.filter((name) => !name.startsWith('posts'))).toEqual([]);
    for (const name of files.filter((one) => one.endsWith(`.${format}`))) {
      const text = await readFile(join(out, '..', name), 'utf8');
      expect(text).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e]/);
      if (format === 'html') {
        expect(liveMarkup(text)).toEqual([]);
      }
      if (format === 'md') expect(() => parse(text.split(/^---$/m)[1] ?? '') as unknown).not.toThrow();
    }
  },
);
