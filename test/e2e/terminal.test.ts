import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { installPackage } from '../helpers/install-package.ts';
import { sampleOf } from '../helpers/long-form.ts';
import { articleRoutes } from '../helpers/make-articles.ts';
import { BIN, blogger, newProject, spawnBlogger } from '../helpers/run-bin.ts';
import { TestSite } from '../helpers/test-site.ts';

const ESCAPES = '\u001b';

async function openProject() {
  const site = await TestSite.open(articleRoutes(5));
  const project = await newProject({ 'urls.txt': [1, 2, 3, 4, 5].map((n) => site.url(`/article-${n}`)).join('\n') });
  return {
    folder: project.folder,
    async [Symbol.asyncDispose]() {
      await site[Symbol.asyncDispose]();
      await project[Symbol.asyncDispose]();
    },
  };
}

/** In a shell, as people type it; `%` stands for the command. */
function shell(line: string, cwd: string, env: Record<string, string> = {}) {
  return execa('bash', ['-c', `set -o pipefail; ${line.replace('%', `"${process.execPath}" "${BIN}"`)}`], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: cwd, ...env },
    extendEnv: false,
    reject: false,
    timeout: 60_000,
  });
}

test.each(
  sampleOf(
    [
      ['in a pipe', '% generate --allow-private </dev/null | cat', {}],
      ['in CI', '% generate --allow-private </dev/null', { CI: '1' }],
      ['on a dumb terminal', '% generate --allow-private </dev/null', { TERM: 'dumb' }],
    ] as const,
    1,
  ),
)('%s: plain lines and the summary on stderr, nothing on stdout, no escapes', async (_name, line, env) => {
  await using project = await openProject();
  const { stdout, stderr, exitCode } = await shell(line, project.folder, env);

  expect(exitCode).toBe(0);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/Run [0-9a-f-]{36}: 5 entries/);
  expect(stderr).toMatch(/^Crawl ended: 5 of 5 pages read/m);
  expect(stderr).toMatch(/^=+ 5\/5 entries \| crawled 5/m);
  expect(stderr).toContain('5 written');
  expect(stderr).not.toContain(ESCAPES);
});

test('output for screen readers has no progress bar', async () => {
  await using project = await openProject();
  const { stderr } = await blogger(['generate', '--allow-private'], {
    cwd: project.folder,
    env: { INK_SCREEN_READER: 'true' },
  });
  expect(stderr).toMatch(/^5\/5 entries/m);
  expect(stderr).not.toMatch(/[=-]{5}/);
});

test('--quiet prints errors only', async () => {
  await using project = await openProject();
  const { stdout, stderr, exitCode } = await blogger(['generate', '--allow-private', '--quiet'], {
    cwd: project.folder,
  });
  expect([stdout, stderr, exitCode]).toEqual(['', '', 0]);
});

test('--json is one object a line with v, type and at; the last one is the summary', async () => {
  await using project = await openProject();
  const { stdout } = await blogger(['generate', '--allow-private', '--json'], { cwd: project.folder });
  const events = stdout.split('\n').map((line) => JSON.parse(line) as { v: number; type: string; at: string });

  expect(events.every(({ v, type, at }) => v === 1 && type.includes(':') && !Number.isNaN(Date.parse(at)))).toBe(true);
  expect(events[0]?.type).toBe('run:start');
  expect(events.at(-1)?.type).toBe('run:end');
});

const jq = installPackage('jq', { skip: 'jq' });
test.skipIf(jq === undefined)('other programs read the events', async () => {
  await using project = await openProject();
  const { stdout, exitCode } = await shell(
    '% generate --allow-private --json 2>/dev/null | jq -r \'select(.type == "run:end") | .summary.posts.written\'',
    project.folder,
  );
  expect([stdout, exitCode]).toEqual(['5', 0]);
});

test.each(
  sampleOf(
    [
      ['results', '% crawl --allow-private --quiet | head -1', /^{"v":1,"type":"page"/],
      ['events', '% generate --allow-private --json | head -1', /^{"v":1,"type":"run:start"/],
      ['messages', '% generate --allow-private 2>&1 | head -1', /^Run /],
    ] as const,
    1,
  ),
)('a reader of %s that goes away ends nothing with an error, and the work is done', async (what, line, first) => {
  await using project = await openProject();
  const { stdout, stderr, exitCode } = await shell(line, project.folder);

  expect(stdout).toMatch(first);
  expect(stderr).not.toMatch(/EPIPE|bug/);
  expect(exitCode).toBe(0);
  if (what !== 'results') expect(await readdir(join(project.folder, 'posts'))).toHaveLength(5);
});

test('a list from a pipe, `only` and `priority` do what they say', async () => {
  await using project = await openProject();
  const first = await shell(
    '(echo "$(head -1 urls.txt) high"; sed -n 2p urls.txt) | % crawl - --allow-private --quiet --only high',
    project.folder,
  );
  expect(first.stdout.split('\n')).toHaveLength(1);
  expect(JSON.parse(first.stdout)).toMatchObject({ priority: 'high', status: 'ok' });

  const second = await blogger(['crawl', 'urls.txt', '--allow-private', '--quiet', '--priority', 'low'], {
    cwd: project.folder,
  });
  expect(second.stdout.split('\n').map((line) => (JSON.parse(line) as { priority: string }).priority)).toEqual(
    Array.from({ length: 5 }, () => 'low'),
  );
});

test('completion scripts come for each shell, and suggest commands, flags and what they take', async () => {
  await using project = await newProject();
  for (const name of ['bash', 'zsh', 'fish']) {
    const { stdout, exitCode } = await spawnBlogger(['completion', name], { cwd: project.folder });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('blogger');
  }
  const complete = async (...words: string[]) =>
    (await spawnBlogger(['complete', '--', ...words], { cwd: project.folder })).stdout;
  expect(await complete('gen')).toContain('generate');
  expect(await complete('generate', '--tier', '')).toMatch(/^flex\b/m);
  expect(await complete('jobs', '')).toMatch(/^cancel\b/m);
});
