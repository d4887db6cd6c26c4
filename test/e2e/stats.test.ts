import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from 'cheerio';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Report } from '../../src/pipeline/report.ts';
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
  expect(cards).toMatchObject({ written: '5', unchanged: '5', failed: '2', 'pages read': '10', 'requests to a model': '5' });
  expect(rows('Posts').map((row) => $(row).find('th').text())).toEqual(report.posts.map(({ title }) => title));
  expect(rows('Posts').map((row) => $(row).find('td').eq(2).text())).toEqual(report.posts.map(({ score }) => `${score}`));
  expect(rows('Runs')).toHaveLength(2);
  expect($('svg[role=img][aria-label]').length).toBeGreaterThanOrEqual(3);
  expect($('script, link[rel=stylesheet], img, iframe, [src]')).toHaveLength(0);
  expect(html).not.toMatch(/url\(|@import|https?:\/\//);
});

test('two runs side by side, and what is wrong with the question', async () => {
  const [second, first] = report.runs.map(({ id }) => id.slice(0, 8));
  const { stdout } = await run('stats', '--compare', first ?? '', second ?? '');

  expect(stdout).toMatch(/^written +5 +0 +−100\.0 %$/m);
  expect(stdout).toMatch(/^unchanged +0 +5 +new$/m);
  expect((await run('stats', '--compare', 'one')).exitCode).toBe(2);
  expect((await run('stats', '--run', 'nothing')).exitCode).toBe(2);
});
