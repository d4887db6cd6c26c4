import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from 'cheerio';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Report } from '../../src/api/report.ts';
import { articleRoutes } from '../helpers/make-articles.ts';
import { blogger, newProject, type Project } from '../helpers/run-bin.ts';
import { TestSite } from '../helpers/test-site.ts';
import { startVendorServer } from '../helpers/vendor-server/start.js';

let project: Project;
let report: Report;
const run = (...args: string[]) => blogger(args, { cwd: project.folder });

beforeAll(async () => {
  project = await newProject();
  await using site = await TestSite.open(articleRoutes(5));
  await using vendor = await startVendorServer();
  const urls = Array.from({ length: 5 }, (_, index) => site.url(`/article-${index + 1}`));
  await project.write('urls.txt', [...urls, site.url('/gone')].join('\n'));
  const env = { OPENAI_API_KEY: 'sk-test-0123456789', OPENAI_BASE_URL: vendor.openaiBaseUrl };
  await blogger(['generate', '--allow-private', '--provider', 'openai', '--plain'], { cwd: project.folder, env });
  await blogger(['generate', '--allow-private', '--provider', 'openai', '--plain'], { cwd: project.folder, env });
  report = JSON.parse((await run('stats', '--json')).stdout) as Report;
});
afterAll(() => project[Symbol.asyncDispose]());

test('figures of all runs are kept: posts with scores, pages by host and time, cache tiers, money', () => {
  expect(report.totals).toMatchObject({ entries: 12, written: 5, unchanged: 5, failed: 2, calls: 5 });
  expect(report.posts).toHaveLength(5);
  expect(report.posts.every(({ score = -1, file }) => score >= 0 && file.endsWith('.md'))).toBe(true);
  expect(report.latency.reduce((sum, { pages }) => sum + pages, 0)).toBe(5);
  expect(Object.values(report.hosts)).toMatchObject([{ pages: 10, fromCache: 5, failed: 2 }]);
  expect(report.cache.find(({ tier }) => tier === 'file')?.hits).toBeGreaterThanOrEqual(5);
  expect(report.spending.reduce((sum, { costUsd }) => sum + costUsd, 0)).toBeGreaterThan(0);
});

test('the page shows the figures of --json, and needs nothing from the network', async () => {
  const { stdout, exitCode } = await run('stats', '--html', 'report.html');
  const html = await readFile(join(project.folder, 'report.html'), 'utf8');
  const $ = load(html);
  const cards = Object.fromEntries(
    $('.cards div')
      .toArray()
      .map((card) => [$(card).find('dt').text(), $(card).find('dd').text()]),
  );
  const rows = (title: string) => $(`section:has(h2:contains("${title}")) tbody tr`).toArray();

  expect([stdout, exitCode]).toEqual(['', 0]);
  expect(cards).toMatchObject({
    written: '5',
    unchanged: '5',
    failed: '2',
    'pages read': '10',
    'requests to a model': '5',
  });
  expect(rows('Posts').map((row) => $(row).find('th').text())).toEqual(report.posts.map(({ title }) => title));
  expect(rows('Posts').map((row) => $(row).find('td').eq(2).text())).toEqual(
    report.posts.map(({ score }) => `${score}`),
  );
  expect(rows('Runs')).toHaveLength(2);
  expect($('svg[role=img][aria-label]').length).toBeGreaterThanOrEqual(3);
  expect($('script, link[rel=stylesheet], img, iframe, [src]')).toHaveLength(0);
  expect(html).not.toMatch(/url\(|@import|=["']?https?:/);
});

test.each(['urls.txt/report.html', '/proc/nope/report.html'])(
  'a page that cannot be written is an output that cannot be written: %s',
  async (file) => {
    const { exitCode, stderr } = await blogger(['stats', '--html', file], { cwd: project.folder, timeoutMs: 15_000 });

    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/^OUTPUT_UNWRITABLE[\s\S]*--html/)]);
  },
);

test('the terminal shows the same figures in cards with small charts', async () => {
  const { stdout } = await run('stats');

  expect(stdout).toMatch(/│ 5 +│ │ 5 +│ │ 2 +│ │ 10 +│ │ 50 % +│/);
  expect(stdout).toMatch(/Money by model and tier\n {2}\S+ standard +█+ +\$0\.\d+/);
  expect(stdout).toMatch(/Not written, by reason\n {2}HTTP_STATUS +█+ +2/);
});

test('--run selects one run, --since the runs that began later', async () => {
  const [second] = report.runs;
  const one = JSON.parse((await run('stats', '--run', second?.id.slice(0, 8) ?? '', '--json')).stdout) as Report;
  expect(one.totals).toMatchObject({ written: 0, unchanged: 5, calls: 0 });
  const all = JSON.parse((await run('stats', '--since', '7d', '--json')).stdout) as Report;
  expect(all.totals).toEqual(report.totals);
  const none = JSON.parse((await run('stats', '--since', '2999-01-01', '--json')).stdout) as Report;
  expect([none.runs, none.totals.entries]).toEqual([[], 0]);
  expect((await run('stats', '--since', 'whenever')).exitCode).toBe(2);
});

test('an unknown run is a usage error and never matches another run', async () => {
  for (const ask of [
    ['--run', 'zzzz'],
    ['--run', 'zzzz', '--watch'],
    ['cancel', '--run', 'zzzz'],
    ['cancel', '--run', ''],
  ]) {
    expect(await run('jobs', ...ask)).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringContaining('NOT_FOUND') as string,
    });
  }
});

test('two runs are compared side by side; wrong arguments are reported', async () => {
  const [second, first] = report.runs.map(({ id }) => id.slice(0, 8));
  const { stdout } = await run('stats', '--compare', first ?? '', second ?? '');

  expect(stdout).toMatch(/^written +5 +0 +−100\.0 %$/m);
  expect(stdout).toMatch(/^unchanged +0 +5 +new$/m);
  expect((await run('stats', '--compare', 'one')).exitCode).toBe(2);
  expect((await run('stats', '--run', 'nothing')).exitCode).toBe(2);
});
