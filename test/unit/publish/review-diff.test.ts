import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { reviewPost } from '../../../src/api/review.ts';
import { changesOf } from '../../../src/api/review-diff.ts';
import { openPostTable } from '../../../src/services/runs/post-records.ts';
import { openSourceTexts, pruneSourceTexts } from '../../../src/services/runs/source-texts.ts';
import { openStateFile } from '../../../src/services/sqlite/open-state-file.ts';
import { diffTexts } from '../../../src/util/text/text-diff.ts';
import { makeArticleOf } from '../../helpers/make-brief.ts';
import { makeCheckedDraft, makePublisher } from '../../helpers/make-publisher.ts';

const never = new AbortController().signal;

test.each<[string, string, string, unknown[]]>([
  ['nothing', 'a\n\nb', 'a\n\nb', [{ kind: 'same', paragraphs: 2 }]],
  ['an empty text', '', '', []],
  [
    'one word',
    'One.\n\nThe harbour has 12 berths.\n\nThree.',
    'One.\n\nThe harbour has 14 berths.\n\nThree.',
    [
      { kind: 'same', paragraphs: 1 },
      { kind: 'changed', before: 'The harbour has [12] berths.', after: 'The harbour has [14] berths.' },
      { kind: 'same', paragraphs: 1 },
    ],
  ],
  [
    'a new paragraph',
    'One.\n\nTwo.',
    'One.\n\nNew.\n\nTwo.',
    [
      { kind: 'same', paragraphs: 1 },
      { kind: 'added', text: 'New.' },
      { kind: 'same', paragraphs: 1 },
    ],
  ],
  [
    'a paragraph that went',
    'One.\n\nTwo.',
    'Two.',
    [
      { kind: 'removed', text: 'One.' },
      { kind: 'same', paragraphs: 1 },
    ],
  ],
  [
    'all',
    'One two.',
    'Quite another.',
    [
      { kind: 'removed', text: 'One two.' },
      { kind: 'added', text: 'Quite another.' },
    ],
  ],
  [
    'words at the end',
    'It opened in 1902',
    'It opened in 1902 and closed',
    [{ kind: 'changed', before: 'It opened in 1902', after: 'It opened in 1902 [and closed]' }],
  ],
  [
    'Korean',
    '항구에는 선석이 12개 있다.',
    '항구에는 선석이 14개 있다.',
    [{ kind: 'changed', before: '항구에는 선석이 [12개] 있다.', after: '항구에는 선석이 [14개] 있다.' }],
  ],
  ['spaces alone', ' One.  \n\n\n\nTwo.', 'One.\nTwo.', [{ kind: 'same', paragraphs: 2 }]],
])('a difference of %s', (_name, before, after, expected) => {
  expect(diffTexts(before, after)).toEqual(expected);
});

test('two long texts with nothing in common are compared in bounded time', () => {
  const text = (word: string) => Array.from({ length: 5_000 }, (_, at) => `${word} ${at}.`).join('\n');
  const started = process.cpuUsage();
  expect(diffTexts(text('old'), text('new')).length).toBeGreaterThan(0);
  expect(process.cpuUsage(started).user / 1000).toBeLessThan(4_000);
});

async function openBlog() {
  const state = await mkdtemp(join(tmpdir(), 'blogger-diff-'));
  const file = openStateFile(state);
  const members = { records: openPostTable(file.db), texts: openSourceTexts(file.db) };
  const made = await makePublisher(members);
  const draftOf = (text: string, key: string) => {
    const checked = makeCheckedDraft({ key });
    return {
      ...checked,
      draft: { ...checked.draft, brief: { ...checked.draft.brief, articles: [makeArticleOf(text)] as const } },
    };
  };
  return { state, made, draftOf, [Symbol.dispose]: () => file[Symbol.dispose]() };
}

const APPROVED = { verdict: 'approve', reviewer: 'Ann', at: '2026-01-01T00:00:00Z' } as const;

test('an approved post shows what its source says now, until the source says the same again', async () => {
  using blog = await openBlog();
  const { made, draftOf, state } = blog;
  const first = draftOf('It has 12 berths.\n\nAnd a pier.', 'k1');
  const { file } = await made.publisher.publish(first, never);
  const path = join(made.out, file);
  await reviewPost(path, made.out, APPROVED, 'generic');
  expect(await changesOf(path, made.out, state)).toEqual([]);

  const next = draftOf('It has 14 berths.\n\nAnd a pier.', 'k2');
  expect(await made.publisher.look(next.draft.brief)).toMatchObject({ kind: 'kept' });

  expect(await changesOf(path, made.out, state)).toMatchObject([
    {
      of: { kind: 'source', name: 'https://example.org/a' },
      parts: [{ before: 'It has [12] berths.', after: 'It has [14] berths.' }, { paragraphs: 1 }],
    },
  ]);
  await made.publisher.look(first.draft.brief);
  expect(await changesOf(path, made.out, state)).toEqual([]);
});

test('the source texts of the posts that were written last are kept, each with what is offered', async () => {
  using file = openStateFile(await mkdtemp(join(tmpdir(), 'blogger-texts-')));
  const texts = openSourceTexts(file.db);
  for (const key of ['a', 'b', 'c'])
    for (const moment of ['written', 'offered'] as const) texts.keep(key, moment, [{ url: 'x', text: key }]);
  texts.keep('a', 'written', [{ url: 'x', text: 'again' }]);
  pruneSourceTexts(file.db, 2);

  const left = ['a', 'b', 'c'].map((key) =>
    (['written', 'offered'] as const).map((moment) => texts.find(key, moment)?.[0]?.text),
  );
  expect(left).toEqual([
    ['again', undefined],
    [undefined, undefined],
    ['c', 'c'],
  ]);
});

test("a person's version that was kept beside a new text is compared with it", async () => {
  using blog = await openBlog();
  const { made, draftOf, state } = blog;
  const { file } = await made.publisher.publish(draftOf('Text.', 'k1'), never);
  const path = join(made.out, file);
  await writeFile(path, (await readFile(path, 'utf8')).replace('\n\nText.\n', '\n\nText of mine.\n'));
  await made.again({ force: true }).publish(draftOf('Text.', 'k2'), never);

  const [change] = await changesOf(path, made.out, state);
  expect(change?.of).toMatchObject({ kind: 'version', name: expect.stringContaining('~') as string });
  expect(change?.parts).toContainEqual({ kind: 'removed', text: 'Text of mine.' });
});

test('a post whose place another file has taken ends with an error, and is not tried for ever', async () => {
  using blog = await openBlog();
  const { made, draftOf } = blog;
  const { file } = await made.publisher.publish(draftOf('Text.', 'k1'), never);
  await writeFile(join(made.out, file), 'Mine.\n');
  const none = { find: () => undefined, claim: () => undefined };
  const forced = made.again({ force: true, files: none });
  await expect(forced.publish(draftOf('Text.', 'k2'), never)).rejects.toMatchObject({ code: 'CHECK_FAILED' });
  expect(await readFile(join(made.out, file), 'utf8')).toBe('Mine.\n');
});

test('a file of a person has no changes', async () => {
  using blog = await openBlog();
  await writeFile(join(blog.state, 'own.md'), '---\ntitle: Mine\n---\n\nText.\n');
  await expect(changesOf('own.md', blog.state, blog.state)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
