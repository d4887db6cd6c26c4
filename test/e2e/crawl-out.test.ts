/** What `crawl --out FILE` does to a file that is there already. */

import { execFileSync } from 'node:child_process';
import { chmod, readdir, readFile, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { articleRoutes } from '../helpers/make-articles.ts';
import { blogger, newProject, type Project, spawnBlogger } from '../helpers/run-bin.ts';
import { html, TestSite } from '../helpers/test-site.ts';

const YESTERDAY = '{"url":"yesterday"}\n';
let site: TestSite;
let project: Project;

beforeAll(async () => {
  site = await TestSite.open({ ...articleRoutes(2), '/slow': html('<h1>slow</h1>', { delayMs: 120_000 }) });
});
afterAll(() => site[Symbol.asyncDispose]());

async function setUp() {
  project = await newProject({
    'two.txt': `${site.url('/article-1')}\n${site.url('/article-2')}`,
    'slow.txt': `${site.url('/article-1')}\n${site.url('/slow')}`,
    'out.ndjson': YESTERDAY,
  });
  return project;
}
const crawl = (...args: string[]) => blogger(['crawl', '--allow-private', ...args], { cwd: project.folder });
/** In a process of its own: it takes /dev/stdout, and waits for the reader of a pipe. */
const spawnCrawl = (...args: string[]) => spawnBlogger(['crawl', '--allow-private', ...args], { cwd: project.folder });
const urlsOf = (lines: string) =>
  lines
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { url: string }).url)
    .sort();
const slowAsked = () => site.paths().filter((path) => path === '/slow').length;

test('only a complete crawl replaces the file: a missing list, a locked folder and Ctrl-C leave it unchanged', async () => {
  await using _project = await setUp();
  const file = () => readFile(join(project.folder, 'out.ndjson'), 'utf8');
  expect((await crawl('typo.txt', '--out', 'out.ndjson')).exitCode).toBe(2);
  expect(await file()).toBe(YESTERDAY);

  const first = crawl('slow.txt', '--out', 'out.ndjson');
  while (slowAsked() === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  expect((await crawl('two.txt', '--out', 'out.ndjson')).exitCode).toBe(75);
  first.kill('SIGINT');
  const { exitCode, stderr } = await first;

  expect(exitCode).toBe(130);
  expect(stderr).toContain('out.ndjson was not changed');
  expect(await file()).toBe(YESTERDAY);
  expect((await crawl('two.txt', '--out', 'out.ndjson')).exitCode).toBe(0);
  expect(urlsOf(await file())).toEqual([site.url('/article-1'), site.url('/article-2')]);
  expect((await readdir(project.folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

test('a link stays a link, and the file behind it keeps its permissions', async () => {
  await using _project = await setUp();
  await chmod(join(project.folder, 'out.ndjson'), 0o640);
  await symlink('out.ndjson', join(project.folder, 'link.ndjson'));

  expect((await crawl('two.txt', '--out', 'link.ndjson')).exitCode).toBe(0);

  expect(urlsOf(await readFile(join(project.folder, 'out.ndjson'), 'utf8'))).toHaveLength(2);
  expect((await stat(join(project.folder, 'out.ndjson'))).mode & 0o777).toBe(0o640);
});

test('anything but a regular file gets each line at once: /dev/stdout, a named pipe', async () => {
  await using _project = await setUp();
  execFileSync('mkfifo', [join(project.folder, 'pipe')]);

  const { stdout } = await spawnCrawl('two.txt', '--out', '/dev/stdout');
  const [read, { exitCode }] = await Promise.all([
    readFile(join(project.folder, 'pipe'), 'utf8'),
    spawnCrawl('two.txt', '--out', 'pipe'),
  ]);

  expect([urlsOf(stdout).length, urlsOf(read).length, exitCode]).toEqual([2, 2, 0]);
});
