/** What commands say and leave behind before there is anything to say: in an empty folder, before the first post, when nothing waits. */

import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import type { Finding } from '../../src/api/doctor/finding.ts';
import { makeArticle } from '../helpers/make-articles.ts';
import { BIN, blogger, newProject, type Project } from '../helpers/run-bin.ts';

const READING = [
  'jobs',
  'jobs --status failed',
  'jobs --watch',
  'jobs show nope',
  'jobs cancel --all',
  'stats',
  'stats --json',
  'stats --html report.html',
  'review',
  'review --all --json',
  'review diff',
  'sources',
  'sources forget https://example.com/feed.xml',
  'cache',
  'cache prune',
  'cache clear',
  'config',
  'doctor',
  'doctor --state deep/below/state',
  'score nothing.md',
];

test.each(READING)('%s in an empty folder leaves it empty', async (args) => {
  await using project = await newProject();
  const { stderr } = await blogger(args.split(' '), { cwd: project.folder });

  expect(await readdir(project.folder)).toEqual([]);
  expect(stderr).not.toMatch(/This is a bug/);
});

test.each(READING.filter((args) => !args.includes('deep')))(
  '%s makes no state in a folder whose state is gone',
  async (args) => {
    await using project = await newProject();
    await mkdir(join(project.folder, '.blogger'));
    await blogger(args.split(' '), { cwd: project.folder });

    expect(await readdir(join(project.folder, '.blogger'))).toEqual([]);
  },
);

async function digestProject(): Promise<Project> {
  const project = await newProject({
    'urls.txt': 'page.html\nother.html',
    'page.html': makeArticle(1),
    'other.html': makeArticle(2),
  });
  await blogger(['generate'], { cwd: project.folder });
  return project;
}

test('review says that there are no posts yet, and what writes them', async () => {
  await using project = await newProject();

  for (const args of [['review'], ['review', '--all'], ['review', '--json']]) {
    const { exitCode, stdout, stderr } = await blogger(args, { cwd: project.folder });
    expect([exitCode, stdout]).toEqual([0, '']);
    expect(stderr).toMatch(/^No posts in posts\/? yet\. .*`blogger generate`.*--out/);
  }
  expect((await blogger(['review', '--out', 'blog'], { cwd: project.folder })).stderr).toContain(
    'No posts in blog yet',
  );
});

test('review says that nothing waits, and how to see the rest; a second approval changes nothing', async () => {
  await using project = await digestProject();
  const review = (...args: string[]) => blogger(['review', ...args], { cwd: project.folder });
  const posts = (await readdir(join(project.folder, 'posts')))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `posts/${name}`);
  expect((await review()).stdout.split('\n')).toHaveLength(2);

  expect(await review('approve', ...posts, '--by', 'Ann Lee', '--note', 'read')).toMatchObject({ exitCode: 0 });
  const decided = await Promise.all(posts.map((file) => readFile(join(project.folder, file), 'utf8')));
  expect(await review()).toMatchObject({
    exitCode: 0,
    stdout: '',
    stderr: expect.stringMatching(/^No post waits for a decision\. .*--all.*\(2\)/) as string,
  });
  expect(await review('diff')).toMatchObject({
    exitCode: 0,
    stderr: expect.stringContaining('No post waits whose sources have changed') as string,
  });

  const again = await review('approve', ...posts, '--by', 'Bo Kim');
  expect(again).toMatchObject({
    exitCode: 0,
    stderr: expect.stringMatching(/^unchanged posts\/.*: already approved by Ann Lee at .*: read/) as string,
  });
  expect(await Promise.all(posts.map((file) => readFile(join(project.folder, file), 'utf8')))).toEqual(decided);
  expect((await review('reject', ...posts, '--by', 'Bo Kim')).stderr).toMatch(/^rejected posts/);
});

test('a post whose front matter is broken is named with its line; the others are decided', async () => {
  await using project = await digestProject();
  const [first = '', second = ''] = (await readdir(join(project.folder, 'posts'))).filter((name) =>
    name.endsWith('.md'),
  );
  const path = join(project.folder, 'posts', first);
  await writeFile(path, (await readFile(path, 'utf8')).replace(/^title: .*$/m, 'title: "No end'));

  const listed = await blogger(['review'], { cwd: project.folder });
  expect(listed.stderr).toMatch(/Cannot read the front matter of posts\/.*\.md: line 2: .*\n {2}→ Correct that line/);
  expect(listed.stderr).not.toContain('did not write');
  const both = await blogger(['review', 'approve', `posts/${first}`, `posts/${second}`, '--by', 'Ann Lee'], {
    cwd: project.folder,
  });
  expect([both.exitCode, both.stderr]).toEqual([3, expect.stringMatching(/front matter[\s\S]*approved posts/)]);
  const alone = await blogger(['review', 'approve', `posts/${first}`, '--by', 'Ann Lee'], { cwd: project.folder });
  expect([alone.exitCode, alone.stderr]).toEqual([2, expect.stringMatching(/^FRONT_MATTER_BROKEN: /)]);
});

test('following a run whose posts are unchanged says so, and what it did; so does its empty list of jobs', async () => {
  await using project = await digestProject();
  await blogger(['generate'], { cwd: project.folder });
  const { stdout: report } = await blogger(['stats', '--json'], { cwd: project.folder });
  const [last, first] = (JSON.parse(report) as { runs: { id: string }[] }).runs.map(({ id }) => id);
  const jobs = (...args: string[]) => blogger(['jobs', ...args], { cwd: project.folder });

  for (const args of [
    ['--run', last ?? ''],
    ['--run', last?.slice(0, 6) ?? '', '--watch'],
  ]) {
    const { exitCode, stdout, stderr } = await jobs(...args);
    expect([exitCode, stdout]).toEqual([0, '']);
    expect(stderr).toMatch(
      new RegExp(
        `^Run ${last} made no job\\. It has ended: 0 posts written, 2 unchanged, 0 skipped, 0 failed\\.$`,
        'm',
      ),
    );
  }
  expect((await jobs('--run', first ?? '', '--watch')).stderr).toMatch(
    new RegExp(`Run ${first} has ended: 2 posts written, 0 unchanged, 0 skipped, 0 failed\\.$`),
  );
  expect((await jobs('--run', last ?? '', '--watch', '--json')).stdout).toBe('');
  expect((await jobs('--status', 'cancelled', '--watch')).stderr).toMatch(/^No jobs\.$/m);
});

test('a host that does not exist needs another address and no retry; free digests are not bought', async () => {
  await using project = await newProject({
    'urls.txt': 'http://no-such-host.invalid/a\npage.html',
    'page.html': makeArticle(1),
  });
  const { stderr } = await blogger(['generate', '--max-cost', '1'], { cwd: project.folder });

  expect(stderr).toMatch(/the host name does not exist\n {4}→ Check the spelling/);
  expect(stderr).toMatch(/^Fix these causes first; a retry alone does not help\. Then: /m);
  expect(stderr).toMatch(/^ {2}Budget +\$0 of \$1\.00 spent$/m);
});

test('states of jobs are read in any case', async () => {
  await using project = await digestProject();
  const found = await Promise.all(
    ['success', 'SUCCESS', 'Success'].map((state) => blogger(['jobs', '--status', state], { cwd: project.folder })),
  );

  expect(found.map(({ stdout }) => stdout.split('\n').length)).toEqual([2, 2, 2]);
});

const stateOf = (text: string) => (JSON.parse(text) as Finding[]).find(({ subject }) => subject === 'State file');

test.each([1, 16, 100, 511])('a state file of %i bytes is broken, and no command overwrites it', async (size) => {
  await using project = await newProject({ 'urls.txt': 'page.html', 'page.html': makeArticle(1) });
  const file = join(project.folder, '.blogger/state.db');
  await mkdir(join(project.folder, '.blogger'));
  await writeFile(file, 'x'.repeat(size));

  const { stdout, exitCode } = await blogger(['doctor', '--json'], { cwd: project.folder });
  expect(stateOf(stdout)).toMatchObject({
    level: 'error',
    fix: expect.stringContaining('Move the state folder away') as string,
  });
  expect(exitCode).toBe(2);
  for (const args of [['generate'], ['stats'], ['jobs'], ['review']])
    expect((await blogger(args, { cwd: project.folder })).stderr).toMatch(/^STATE_BROKEN: .*state\.db/);
  expect((await stat(file)).size).toBe(size);
});

/** The command as a user without the rights of root. */
function asUser(args: readonly string[], cwd: string) {
  const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  return execa(process.execPath, [BIN, ...args], {
    cwd,
    reject: false,
    env: { LANG: 'C.UTF-8', PATH: process.env['PATH'] ?? '' },
    extendEnv: false,
    ...user,
  });
}

test.each([
  [
    'the folder',
    [
      ['.blogger', 0o555],
      ['.blogger/state.db', 0o444],
    ],
  ],
  [
    'the file',
    [
      ['.blogger', 0o755],
      ['.blogger/state.db', 0o000],
    ],
  ],
  ['a look into the folder', [['.blogger', 0o000]]],
  ['a folder of the state', []],
] as const)('doctor names missing rights to %s, with what helps: not to move the state away', async (_what, modes) => {
  await using project = await newProject({ 'urls.txt': 'page.html', 'page.html': makeArticle(1) });
  await chmod(project.folder, modes.length === 0 ? 0o555 : 0o755);
  if (modes.length > 0) await blogger(['generate'], { cwd: project.folder });
  for (const [name, mode] of [...modes].reverse()) await chmod(join(project.folder, name), mode);

  const { stdout } = await asUser(['doctor', '--json'], project.folder);
  expect(stateOf(stdout)).toMatchObject({
    level: 'error',
    message: expect.stringContaining('permission denied') as string,
    fix: expect.stringMatching(/write permission/) as string,
  });
  const { stderr, exitCode } = await asUser(['generate'], project.folder);
  expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/OUTPUT_UNWRITABLE[\s\S]*permission/)]);
  await chmod(project.folder, 0o755);
  if (modes.length > 0) await chmod(join(project.folder, '.blogger'), 0o755);
});

test('an approved post that another writer would write anew is kept, and no change of its source is claimed', async () => {
  await using project = await digestProject();
  const names = (await readdir(join(project.folder, 'posts'))).filter((name) => name.endsWith('.md'));
  await blogger(['review', 'approve', ...names.map((name) => `posts/${name}`), '--by', 'Ann Lee'], {
    cwd: project.folder,
  });
  const { stderr } = await blogger(['generate', '--length', '900'], { cwd: project.folder });

  expect(stderr).toMatch(/The source or the settings have changed, but .*\.md was approved by a person/);
});
