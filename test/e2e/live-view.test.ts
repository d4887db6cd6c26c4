/** The live view on a real pseudo-terminal: what is drawn, and that each key does what it says. */

import { expect, onTestFinished, test } from 'vitest';
import { sampleOf } from '../helpers/long-form.ts';
import { articleRoutes, makeArticle } from '../helpers/make-articles.ts';
import { type Pty, runInPty } from '../helpers/pty.ts';
import { newProject, type Project } from '../helpers/run-bin.ts';
import { html, inTurn, type SiteHandler, status, TestSite } from '../helpers/test-site.ts';
import { startVendorServer, type VendorServer } from '../helpers/vendor-server/start.js';

interface Setup {
  readonly project: Project;
  readonly site: TestSite;
  readonly vendor: VendorServer;
  run(
    args: readonly string[],
    size?: { readonly columns: number; readonly rows: number },
    env?: Record<string, string>,
  ): Pty;
}

async function setUp(routes: Record<string, SiteHandler>, latencyMs: (n: number) => number = () => 20): Promise<Setup> {
  const site = await TestSite.open(routes);
  const vendor = await startVendorServer({ latencyMs });
  const project = await newProject({
    'urls.txt': Object.keys(routes)
      .map((path) => site.url(path))
      .join('\n'),
  });
  onTestFinished(async () => {
    await project[Symbol.asyncDispose]();
    await vendor.close();
    await site[Symbol.asyncDispose]();
  });
  return {
    project,
    site,
    vendor,
    run: (args, size = { columns: 100, rows: 24 }, env = {}) =>
      runInPty(['generate', '--allow-private', '--provider', 'openai', '--crawl-attempts', '1', ...args], {
        cwd: project.folder,
        ...size,
        env: { OPENAI_API_KEY: 'sk-test-0123456789', OPENAI_BASE_URL: vendor.openaiBaseUrl, ...env },
      }),
  };
}

const HANGUL = html(makeArticle(77).replaceAll('number 77', '햇빛을 파는 마을 🎉'));

test.each(
  sampleOf(
    [
      [40, 12],
      [20, 10],
      [80, 24],
      [200, 50],
    ] as const,
    1,
  ),
)(
  'at %i columns and %i rows posts scroll away, each once, and nothing of a frame stays behind',
  { timeout: 60_000 },
  async (columns, rows) => {
    const { run } = await setUp({ ...articleRoutes(20), '/hangul': HANGUL, '/gone': status(404) });
    const pty = run([], { columns, rows });

    expect(await pty.ended).toBe(3);
    const all = pty.everything();
    expect(all.filter((line) => line.startsWith('✓'))).toHaveLength(21);
    expect(all.filter((line) => /[█░]/.test(line))).toEqual([]);
    expect(all.filter((line) => line.includes('햇빛을')).length).toBe(columns < 30 ? 0 : 1);
    expect(all.join('').replaceAll(' ', '')).toContain('21written'); // a narrow window breaks the line anywhere
    expect(pty.clears()).toBe(0);
  },
);

test('without colours the text is the same', { timeout: 60_000 }, async () => {
  const { run } = await setUp(articleRoutes(2));
  const pty = run([], undefined, { NO_COLOR: '1' });

  expect(await pty.ended).toBe(0);
  expect(pty.everything().filter((line) => line.startsWith('✓'))).toHaveLength(2);
  expect(pty.colored()).toBe(false);
});

test('c cancels the chosen post while its answer is pending; the others are written', { timeout: 60_000 }, async () => {
  // The first call to an own server goes alone, so it is answered. The second never is: only cancelling ends the run.
  const { run, vendor } = await setUp(articleRoutes(3), (n) => (n === 2 ? 600_000 : 50));
  const pty = run([]);
  await pty.until(/2 written|write 2/);
  pty.type('c');
  await pty.until('› write');
  pty.type('\r');

  expect(await pty.ended).toBe(3);
  const all = pty.everything().join('\n');
  expect(all).toContain('JOB_CANCELLED');
  expect(all).toContain('2 written');
  expect(vendor.log.billed().filter(({ delivered }) => delivered)).toHaveLength(2);
});

test('r retries failed entries within the run', { timeout: 60_000 }, async () => {
  const { run, site } = await setUp(
    { ...articleRoutes(2), '/late': inTurn(status(404), html(makeArticle(9))) },
    () => 1500,
  );
  const pty = run([]);
  await pty.until('failed 1');
  pty.type('r');
  await pty.until('1 failed will be tried again');

  expect(await pty.ended).toBe(0);
  expect(pty.everything().join('\n')).toContain('3 written');
  expect(site.paths().filter((path) => path === '/late')).toHaveLength(2);
});

test('p pauses and resumes, f shows failures in full, q stops the run gracefully', {
  timeout: 60_000,
}, async () => {
  const { run, vendor } = await setUp({ '/gone': status(404), ...articleRoutes(12) }, () => 200);
  const pty = run(['--workers', '1', '--batch-size', '1']);
  await pty.until('write 1');
  pty.type('p');
  await pty.until('paused');
  pty.type('f');
  await pty.until('urls.txt:1');
  pty.type('f');
  const asked = vendor.log.calls.length;
  pty.type('p');
  await pty.until(/write [3-9]/);
  await expect.poll(() => vendor.log.calls.length, { timeout: 20_000 }).toBeGreaterThan(asked);
  pty.type('?');
  await pty.until('stop kindly');
  pty.type('q');

  expect(await pty.ended).toBe(130);
  const all = pty.everything().join('\n');
  expect(all).toMatch(/\b[3-9]\d? written|1[01] written/);
  expect(all).not.toContain('12 written');
});

test('q while the last post is in flight lets it finish and saves it completely', { timeout: 60_000 }, async () => {
  const { run, vendor } = await setUp(articleRoutes(1), () => 3000);
  const pty = run([]);
  await expect.poll(() => vendor.log.calls.length, { timeout: 20_000 }).toBe(1);
  pty.type('q');
  await pty.until('stopped by the user');

  expect(await pty.ended).toBe(0);
  expect(pty.everything().join('\n')).toContain('1 written');
});

test('Ctrl-C twice in one chunk ends the run at once, and the same command resumes it', {
  timeout: 60_000,
}, async () => {
  const { run, vendor } = await setUp(articleRoutes(2), () => 20_000);
  const pty = run([]);
  await expect.poll(() => vendor.log.calls.length, { timeout: 20_000 }).toBeGreaterThan(0);
  pty.type('\u0003\u0003');

  expect(await pty.ended).toBe(130);
  expect(pty.everything().join('\n')).not.toContain('Trace');
});
