import { expect, test } from 'vitest';
import { generate } from '../../src/api/generate.ts';
import { METRICS } from '../../src/services/metrics/metric-table.ts';
import { freePort } from '../helpers/free-port.ts';
import { makeArticle } from '../helpers/make-articles.ts';
import { newProject } from '../helpers/run-bin.ts';
import { html, TestSite } from '../helpers/test-site.ts';
import { startVendorServer } from '../helpers/vendor-server/start.js';

/** A promise and the function that resolves it. */
function gate() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

test('a run serves metrics, health and readiness until it ends', {
  timeout: 60_000,
}, async () => {
  const port = await freePort();
  const saved = gate();
  const scraped = gate();
  // The second page is held until the first post was saved and the scrape is over.
  await using site = await TestSite.open({
    '/first': makeArticle(1),
    '/second': (request, response) => void scraped.promise.then(() => html(makeArticle(2))(request, response)),
  });
  await using vendor = await startVendorServer();
  await using project = await newProject({
    'urls.txt': `${site.url('/first')}\n${site.url('/gone')}\n${site.url('/second')}`,
  });
  const get = async (path: string, method = 'GET') => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method });
    return { status: response.status, text: await response.text() };
  };
  const run = generate(['urls.txt'], {
    cwd: project.folder,
    secrets: { OPENAI_API_KEY: 'sk-test-0123456789' },
    settings: {
      allowPrivate: true,
      provider: 'openai',
      baseUrl: vendor.openaiBaseUrl,
      price: { input: 0.2, output: 1.2 },
      maxCost: 3,
      batch: { size: 1, intervalMs: 10 },
      metrics: { port },
    },
    onEvent(event) {
      if (event.type === 'post:saved') saved.resolve();
      if (event.type === 'run:end') saved.resolve(); // a run that saves nothing fails below, and does not hang
    },
  });
  await saved.promise;
  const [{ text }, health, ready, other, wrong] = await Promise.all([
    get('/metrics'),
    get('/healthz'),
    get('/readyz'),
    get('/secret'),
    get('/metrics', 'POST'),
  ]);
  scraped.resolve();
  const { summary } = await run;

  expect(summary.posts).toMatchObject({ written: 2, failed: 1 });
  expect([health.status, ready.status, other.status, wrong.status]).toEqual([200, 200, 404, 405]);
  const names = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) => [name, type]);
  expect(names.sort()).toEqual(
    Object.entries(METRICS)
      .filter(([, { where }]) => where === 'live')
      .map(([name, { type }]) => [name, type])
      .sort(),
  );
  for (const line of [
    'blogger_pages_total{source="host"} 1',
    'blogger_posts_total{outcome="written"} 1',
    'blogger_entries_ended_total{outcome="failed",code="HTTP_STATUS"} 1',
    'blogger_in_flight{stage="crawl"} 1',
    'blogger_in_flight{stage="write"} 0',
    'blogger_jobs{queue="local",state="done"} 1',
    'blogger_jobs{queue="local",state="waiting"} 0',
    'blogger_oldest_waiting_job_age_seconds{queue="local"} 0',
    'blogger_stage_duration_seconds_count{stage="write"} 1',
    'blogger_cap_usd 3',
    'blogger_entries 3',
    'blogger_ready 1',
    'blogger_scrape_failures_total 0',
  ])
    expect(text.split('\n')).toContain(line);
  expect(text).toMatch(/^blogger_calls_total\{provider="openai",model="[^"]+",outcome="answered"\} 1$/m);
  expect(text).toMatch(/^blogger_cost_usd_total\{tier="standard"\} 0\.\d+$/m);
  expect(text).toMatch(/^blogger_cache_reads_total\{tier="[^"]+",result="miss"\} [1-9]/m);
  expect(text).not.toContain('sk-test');
  expect(text).not.toContain(site.host);
  await expect(get('/healthz')).rejects.toThrow();
});

test('a port that is in use is reported before any work, with what to do', async () => {
  await using site = await TestSite.open();
  await using project = await newProject({ 'urls.txt': site.url('/first') });
  const run = generate(['urls.txt'], {
    cwd: project.folder,
    settings: { allowPrivate: true, provider: 'extractive', metrics: { port: Number(new URL(site.url('/')).port) } },
  });

  await expect(run).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    hint: expect.stringContaining('--metrics-port') as string,
  });
  expect(site.log).toEqual([]);
});
