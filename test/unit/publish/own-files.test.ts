import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { refuseEdited, saveOwn } from '../../../src/targets/files/own-files.ts';
import { makeCheckedDraft, makePublisher } from '../../helpers/make-publisher.ts';

const never = new AbortController().signal;

test.each(['md', 'html', 'json'] as const)(
  '%s: a file of somebody else keeps its name, the post gets another one, and a warning tells',
  async (format) => {
    const { out, publisher: posts, heard } = await makePublisher({ format });
    await mkdir(out);
    await writeFile(join(out, `a-title.${format}`), 'by hand');

    const saved = [
      await posts.publish(makeCheckedDraft(), never),
      await posts.publish(makeCheckedDraft({ key: 'k2', body: 'New.' }), never),
    ];

    expect(saved.map(({ file }) => file)).toEqual([`a-title-2.${format}`, `a-title-2.${format}`]);
    expect(await readFile(join(out, `a-title.${format}`), 'utf8')).toBe('by hand');
    expect(heard.of('run:warning')).toMatchObject([
      { code: 'FILE_KEPT', message: expect.stringContaining(join(out, `a-title.${format}`)) as string },
    ]);
  },
);

test('a review page of somebody else keeps its name too', async () => {
  const reviewFolder = await mkdtemp(join(tmpdir(), 'blogger-review-'));
  const { publisher: posts } = await makePublisher({ format: 'html', reviewFolder });
  await writeFile(join(reviewFolder, 'a-title.html'), 'by hand');

  expect((await posts.publish(makeCheckedDraft(), never)).file).toBe('a-title-2.html');
  expect(await readFile(join(reviewFolder, 'a-title.html'), 'utf8')).toBe('by hand');
});

test.each(['md', 'html', 'json'] as const)(
  '%s: without the state folder a post is known by its seal: it is written anew in its place',
  async (format) => {
    const { out, publisher: before } = await makePublisher({ format });
    await before.publish(makeCheckedDraft({ title: `seal: "${'0'.repeat(32)}"`, slug: 'a' }), never);
    const names = await readdir(out, { recursive: true });
    const path = join(out, `a.${format}`);
    await writeFile(path, (await readFile(path, 'utf8')).replaceAll('\n', '\r\n')); // as a repository may give it back
    const { publisher: after, heard } = await makePublisher({ out, format });

    await after.publish(makeCheckedDraft({ slug: 'a', body: 'Written anew.' }), never);

    expect(await readdir(out, { recursive: true })).toEqual(names);
    expect(await readFile(path, 'utf8')).toContain('Written anew.');
    expect(heard.events).toEqual([]);
  },
);

test.each([
  ['edited', 'edited', (text: string) => text.replace('Text.', 'My text.')],
  ['approved by hand', 'edited', (text: string) => text.replace('review: none', 'review: yes')],
  ['sealed by hand', 'edited', (text: string) => text.replace(/seal: "./, 'seal: "x')],
])(
  'without the state folder a post that is %s is known by what stands in it, is left alone and not doubled',
  async (_what, because, edit) => {
    const { out, publisher: before } = await makePublisher();
    await before.publish(makeCheckedDraft(), never);
    const text = edit(await readFile(join(out, 'a-title.md'), 'utf8'));
    await writeFile(join(out, 'a-title.md'), text);
    const { publisher: after } = await makePublisher({ out });

    if (text.includes('seal: "x'))
      return expect(await after.look({ key: 'k2', sourceKey: 's1' })).toEqual({ kind: 'due' });
    expect(await after.look({ key: 'k2', sourceKey: 's1' })).toMatchObject({ kind: 'kept', because });
    await expect(after.publish(makeCheckedDraft({ key: 'k2' }), never)).rejects.toMatchObject({ code: 'CHECK_FAILED' });
    expect(await readdir(out)).toEqual(['a-title.md']);
    expect(await readFile(join(out, 'a-title.md'), 'utf8')).toBe(text);
  },
);

test('without the state folder a post of other sources keeps its file', async () => {
  const { out, publisher: before } = await makePublisher();
  await before.publish(makeCheckedDraft(), never);
  const text = await readFile(join(out, 'a-title.md'), 'utf8');
  const { publisher: after } = await makePublisher({ out });

  expect((await after.publish(makeCheckedDraft({ sourceKey: 's2' }), never)).file).toBe('a-title-2.md');
  expect(await readFile(join(out, 'a-title.md'), 'utf8')).toBe(text);
});

test('a run that is killed between a file and its record finds the file again', async () => {
  const { out, records, publisher: posts, again } = await makePublisher({ preset: 'none' });
  await posts.publish(makeCheckedDraft(), never);
  records.clear();

  expect((await again({}).publish(makeCheckedDraft({ body: 'Anew.' }), never)).file).toBe('a-title.md');
  expect(await readFile(join(out, 'a-title.md'), 'utf8')).toContain('Anew.');
});

test('other settings and back again write the same files', async () => {
  const { out, again } = await makePublisher();
  for (const format of ['md', 'html', 'md', 'html'] as const)
    await again({ format }).publish(makeCheckedDraft({ body: format }), never);
  await again({ preset: 'hugo' }).publish(makeCheckedDraft({ body: 'Last.' }), never);

  expect((await readdir(out)).sort()).toEqual(['a-title.html', 'a-title.md']);
  expect(await readFile(join(out, 'a-title.md'), 'utf8')).toContain('Last.');
});

test('what a person edited is left alone also where the settings have changed since, until forced', async () => {
  const { out, publisher: posts, again } = await makePublisher();
  await posts.publish(makeCheckedDraft(), never);
  await writeFile(join(out, 'a-title.md'), 'mine');

  await expect(again({ preset: 'hugo' }).publish(makeCheckedDraft(), never)).rejects.toMatchObject({
    code: 'CHECK_FAILED',
  });
  expect(await readFile(join(out, 'a-title.md'), 'utf8')).toBe('mine');

  await again({ preset: 'hugo', force: true }).publish(makeCheckedDraft(), never);
  await writeFile(join(out, 'a-title.md'), 'mine');
  await expect(again({ preset: 'hugo' }).publish(makeCheckedDraft(), never)).rejects.toMatchObject({
    code: 'CHECK_FAILED',
  });
});

test('a file that was claimed and not written yet is ours with its former text', async () => {
  const { out, publisher } = await makePublisher();
  await publisher.publish(makeCheckedDraft(), never);
  const path = join(out, 'a-title.md');
  const claims = new Map();
  const files = {
    find: (one: string) => claims.get(one),
    claim: (one: string, file: unknown) => void claims.set(one, file),
  };
  await saveOwn(path, 'first', 's1', files);
  await saveOwn(path, 'second', 's1', files);

  await writeFile(path, 'first');
  await expect(refuseEdited(path, 's1', files)).resolves.toBeUndefined();
  await writeFile(path, 'third');
  await expect(refuseEdited(path, 's1', files)).rejects.toMatchObject({ code: 'CHECK_FAILED' });
});

test.each(['index.html', 'feed.xml'])(
  'an %s of somebody else is left alone with a warning, until forced; ours is kept up to date',
  async (name) => {
    const {
      out,
      publisher: posts,
      heard,
      again,
    } = await makePublisher({ format: 'html', siteUrl: 'https://blog.example' });
    await mkdir(out);
    await writeFile(join(out, name), 'by hand');
    await posts.publish(makeCheckedDraft({ title: 'First' }), never);
    await posts.finish();

    expect(await readFile(join(out, name), 'utf8')).toBe('by hand');
    expect(heard.of('run:warning')).toMatchObject([
      {
        code: 'FILE_KEPT',
        message: expect.stringContaining(join(out, name)) as string,
        hint: expect.stringContaining('--out') as string,
      },
    ]);

    await again({ force: true }).finish();
    await posts.publish(makeCheckedDraft({ key: 'k2', sourceKey: 's2', title: 'Second' }), never);
    await posts.finish();
    expect(await readFile(join(out, name), 'utf8')).toContain('second.html');
    expect(heard.of('run:warning')).toHaveLength(1);
  },
);

test.each([
  ['case', 'Reef.md', 'reef', 'reef-2.md'],
  ['an extension in capitals', 'reef.MD', 'reef', 'reef-2.md'],
  ['a decomposed accent', 'cafe\u0301.md', 'café', 'café-2.md'],
  ['decomposed Hangul', '한글'.normalize('NFD').concat('.md'), '한글', '한글-2.md'],
  ['decomposed kana', 'か\u3099.md', 'が', 'が-2.md'],
  ['Cyrillic case', 'Порт.md', 'порт', 'порт-2.md'],
  ['Greek final sigma', 'λόγοΣ.md', 'λόγος', 'λόγος-2.md'],
  ['sharp s', 'STRASSE.md', 'straße', 'straße-2.md'],
  ['another name', 'reefs.md', 'reef', 'reef.md'],
])('a file of a person that differs in %s alone keeps its place', async (_what, theirs, slug, ours) => {
  const { out, publisher } = await makePublisher();
  await mkdir(out, { recursive: true });
  await writeFile(join(out, theirs), 'Mine.');
  const { file } = await publisher.publish(makeCheckedDraft({ slug }), new AbortController().signal);

  expect(file).toBe(ours);
  expect(await readFile(join(out, theirs), 'utf8')).toBe('Mine.');
});
