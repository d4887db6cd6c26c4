/** Every exit code of the contract, by the command that users type, and what each says. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ERROR_CODES } from '../../src/core/errors.ts';
import { articleRoutes } from '../helpers/make-articles.ts';
import { BIN, blogger, newProject, type Project, spawnBlogger } from '../helpers/run-bin.ts';
import { html, TestSite } from '../helpers/test-site.ts';
import { startVendorServer, type VendorServer } from '../helpers/vendor-server/start.js';

let site: TestSite;
let vendor: VendorServer;
let project: Project;
let runs = 0;

beforeAll(async () => {
  const never = html('<h1>slow</h1>', { delayMs: 120_000 });
  site = await TestSite.open({ ...articleRoutes(2), '/slow': never, '/sitemap.xml': never });
  vendor = await startVendorServer({ apiKeys: ['sk-right-0123456789'], batch: { hold: true } });
  project = await newProject({
    'good.txt': site.url('/article-1'),
    'half.txt': `${site.url('/article-1')}\n${site.url('/gone')}`,
    'dead.txt': site.url('/gone'),
    'bad.txt': 'no address\n',
    'slow.txt': site.url('/slow'),
  });
});
afterAll(async () => {
  await project[Symbol.asyncDispose]();
  await vendor.close();
  await site[Symbol.asyncDispose]();
});

/** A state folder of its own for each run, so that none meets what another left. */
function argumentsOf(list: string, flags: readonly string[] = []): string[] {
  runs += 1;
  const own = ['--state', `.state-${runs}`, '--out', `posts-${runs}`];
  return ['generate', list, '--allow-private', ...own, '--crawl-attempts', '1', ...flags];
}

/** As a process of its own: for signals, and to see that a process ends with the code. */
function spawnGenerate(list: string, flags: readonly string[] = [], env: Record<string, string> = {}) {
  return spawnBlogger(argumentsOf(list, flags), { cwd: project.folder, env });
}

function generate(list: string, flags: readonly string[] = [], env: Record<string, string> = {}) {
  return blogger(argumentsOf(list, flags), { cwd: project.folder, env });
}
const openai = (key = 'sk-right-0123456789') => ({ OPENAI_API_KEY: key, OPENAI_BASE_URL: vendor.openaiBaseUrl });
/** Makes the first use of JSON fail as no author foresaw. */
const BROKEN = {
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent("JSON.stringify=()=>{throw new TypeError('sk-right-0123456789 broke')}")}`,
};

test.each([
  [0, 'all done', () => spawnGenerate('good.txt'), '1 written'],
  [
    1,
    'a bug',
    () => spawnBlogger(['config', '--json'], { cwd: project.folder, env: { ...BROKEN, ...openai() } }),
    'Report it where you have blogger from',
  ],
  [
    2,
    'a flag that is not there',
    () => blogger(['generate', '--no-such-flag'], { cwd: project.folder }),
    'unknown option',
  ],
  [2, 'a setting that is wrong', () => generate('good.txt', ['--workers', 'many']), 'CONFIG_INVALID'],
  [2, 'a line that is no address', () => generate('bad.txt'), 'bad.txt:1'],
  [3, 'some failed', () => generate('half.txt'), 'HTTP_STATUS (1)'],
  [0, 'some failed and that is allowed', () => generate('half.txt', ['--fail-on', '50%']), 'HTTP_STATUS (1)'],
  [4, 'a key that is refused', () => generate('good.txt', [], openai('sk-wrong-0123456789')), 'PROVIDER_AUTH'],
  [4, 'a key that is missing', () => generate('good.txt', ['--provider', 'gemini']), 'PROVIDER_KEY_MISSING'],
  [5, 'the money cap', () => generate('good.txt', ['--max-cost', '0.00001'], openai()), 'BUDGET_REACHED'],
  [6, 'nothing succeeded', () => generate('dead.txt'), '1 failed'],
  [
    75,
    "a vendor's batch that is not done",
    () => spawnGenerate('good.txt', ['--tier', 'batch', '--detach'], openai()),
    '',
    /^[0-9a-f-]{36}$/,
  ],
] as const)('%i: %s', async (code, _name, run, words, printed = /^$/) => {
  const { exitCode, stderr, stdout } = await run();

  expect([exitCode, stderr]).toEqual([code, expect.stringContaining(words)]);
  expect(stdout).toMatch(printed);
  expect(stderr).not.toContain('-0123456789');
});

test('an output that cannot be written is a clear error for every command', async () => {
  const toFullDisk = (command: string) =>
    execa('sh', ['-c', `"${process.execPath}" "${BIN}" ${command} > /dev/full`], {
      cwd: project.folder,
      reject: false,
    });

  for (const command of ['crawl good.txt --allow-private', 'config', '--help']) {
    const { exitCode, stderr } = await toFullDisk(command);
    expect([command, exitCode, stderr]).toEqual([
      command,
      ERROR_CODES.DISK_FULL.exitCode,
      expect.stringContaining('DISK_FULL: The disk is full: standard output'),
    ]);
    expect(stderr).not.toMatch(/\n +at /);
  }
});

/** While a page is read, and before the run has begun: while the list itself is fetched, and while it is waited for. */
test.each([
  ['SIGINT', 130, '/slow', 'slow.txt'],
  ['SIGTERM', 143, '/slow', 'slow.txt'],
  ['SIGINT', 130, '/sitemap.xml', ''],
  ['SIGTERM', 143, '/sitemap.xml', ''],
] as const)('%s: %i, waiting for %s', async (signal, code, path, list) => {
  const asked = () => site.paths().filter((each) => each === path).length;
  const before = asked();
  const start = path === '/slow' ? spawnGenerate : generate;
  const running = start(list || site.url(path));
  while (asked() === before) await new Promise((resolve) => setTimeout(resolve, 20));
  running.kill(signal);

  const { exitCode, stderr } = await running;
  expect([exitCode, stderr]).toEqual([code, expect.not.stringContaining('bug')]);
});

test('SIGINT: 130, waiting for a list from standard input', async () => {
  const waiting = execa(process.execPath, [BIN, 'generate', '-', '--state', '.state-stdin'], {
    cwd: project.folder,
    reject: false,
    stdin: 'pipe',
  });
  while (!existsSync(join(project.folder, '.state-stdin', 'state.db')))
    await new Promise((resolve) => setTimeout(resolve, 20));
  waiting.kill('SIGINT');

  expect((await waiting).exitCode).toBe(130);
});

test('an error is three lines: what happened, why, what to do; --verbose adds the chain of causes', async () => {
  const short = await blogger(['generate', 'nowhere.txt'], { cwd: project.folder });
  const long = await blogger(['generate', 'nowhere.txt', '--verbose'], { cwd: project.folder });

  expect(short.stderr.split('\n')).toEqual([
    expect.stringMatching(/^LIST_MISSING: .*nowhere\.txt/),
    expect.stringMatching(/^ {2}Why: ENOENT/),
    expect.stringMatching(/^ {2}→ /),
  ]);
  expect(long.stderr).toMatch(/Trace: [\s\S]*Caused by: Error: ENOENT/);
});
