import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { listForReview, reviewPost } from '../../../src/api/review.ts';
import { changesOf } from '../../../src/api/review-diff.ts';
import { scoreFile } from '../../../src/api/score-file.ts';
import type { FrontMatterPreset } from '../../../src/stages/publish/render/presets/presets.ts';
import { makeCheckedDraft, makePublisher } from '../../helpers/make-publisher.ts';

const never = new AbortController().signal;
const decision = { verdict: 'approve', reviewer: 'Ann Lee', at: '2026-01-01T00:00:00Z' } as const;

/** What breaks a post of this form, and the line that is named: 0 for any, undefined where the parser knows none. */
const BROKEN: readonly (readonly [
  string,
  FrontMatterPreset,
  'md' | 'json',
  (text: string) => string,
  number | undefined,
])[] = [
  ['a quote that is not closed', 'generic', 'md', (text) => text.replace(/^title: .*$/m, 'title: "No end'), 2],
  ['a colon in a plain title', 'generic', 'md', (text) => text.replace(/^title: .*$/m, 'title: Time: a history'), 2],
  ['a tab as indentation', 'hugo', 'md', (text) => text.replace(/^provenance:$/m, 'provenance:\n\tby: Ann'), 0],
  [
    'a value in a bracket that is not closed',
    'astro',
    'md',
    (text) => text.replace(/^title: .*$/m, 'title: [No end'),
    0,
  ],
  ['a name that is there twice', 'jekyll', 'md', (text) => text.replace(/^title: /m, 'title: Other\ntitle: '), 0],
  ['an alias of nothing', 'eleventy', 'md', (text) => text.replace(/^title: .*$/m, 'title: *None'), undefined],
  ['no closing mark', 'generic', 'md', (text) => text.replace(/^---$(?=\n\n)/m, ''), 1],
  ['dashes too few at its end', 'hugo', 'md', (text) => text.replace(/^---$(?=\n\n)/m, '--'), 1],
  ['a mark of a merge', 'generic', 'md', (text) => text.replace(/^title: /m, '<<<<<<< HEAD\ntitle: '), 0],
  ['a value of two lines', 'generic', 'md', (text) => text.replace(/^title: .*$/m, 'title: "One"\n"two"'), 0],
  ['JSON without a comma', 'generic', 'json', (text) => text.replace(',\n', '\n'), 3],
  ['JSON with a trailing comma', 'generic', 'json', (text) => text.replace(/\n\}\s*$/, ',\n}\n'), 0],
];

async function broken(preset: FrontMatterPreset, format: 'md' | 'json', damage: (text: string) => string) {
  const { publisher, out } = await makePublisher({ preset, format });
  const { file } = await publisher.publish(makeCheckedDraft({ held: true }), never);
  const path = join(out, file);
  const text = damage(await readFile(path, 'utf8'));
  await writeFile(path, text);
  return { out, path, file, text };
}

test.each(BROKEN)(
  'a post with %s (%s %s) is no stranger: its front matter cannot be read',
  async (_what, preset, format, damage, line) => {
    const { out, path, text, file } = await broken(preset, format, damage);
    const problem = line === undefined ? /alias/ : line === 0 ? /^line \d+: \S/ : new RegExp(`^line ${line}: \\S`);

    const { posts, others, broken: found } = await listForReview(out, dirname(out));
    expect([posts, others]).toEqual([[], []]);
    expect(found).toEqual([{ file: join('posts', file), problem: expect.stringMatching(problem) as string }]);

    const unreadable = {
      code: 'FRONT_MATTER_BROKEN',
      message: expect.stringContaining(found[0]?.problem ?? '?') as string,
    };
    await expect(reviewPost(path, out, decision, preset)).rejects.toMatchObject(unreadable);
    await expect(changesOf(path, out, join(out, '.blogger'))).rejects.toMatchObject(unreadable);
    expect(await readFile(path, 'utf8')).toBe(text);
  },
);

test.each([
  ['JSON', '{\n  "title": "A"\n  "body": "B"\n}\n', 3],
  ['TOML', '+++\ntitle = "A"\ndraft = no\n+++\n\nText.\n', 3],
  ['YAML without an end', '---\ntitle: A\n\nText.\n', 1],
])('score names the line of a fault in %s', async (_what, text, line) => {
  const { out } = await makePublisher();
  await mkdir(out);
  await writeFile(join(out, 'post.md'), text);

  await expect(scoreFile('post.md', out)).rejects.toMatchObject({
    code: 'FRONT_MATTER_BROKEN',
    message: expect.stringMatching(new RegExp(`post\\.md: line ${line}: \\S`)) as string,
  });
});

test.each([
  ['a rule at its start', '---\n\nText of a person.\n'],
  ['a list at its start', '- one\n- two\n'],
  ['front matter of a person', '---\ntitle: Ours\n---\n\nText.\n'],
  ['no front matter', '# Ours\n'],
])('a file with %s is still a stranger', async (_what, text) => {
  const { publisher, out } = await makePublisher();
  await publisher.publish(makeCheckedDraft({ held: true }), never);
  await writeFile(join(out, 'own.md'), text);

  expect(await listForReview(out, dirname(out))).toMatchObject({ others: [join('posts', 'own.md')], broken: [] });
});
