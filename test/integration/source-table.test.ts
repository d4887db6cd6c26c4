import { expect, test } from 'vitest';
import { renderSources } from '../../src/cli/report/source-text.ts';
import { openSourceTable } from '../../src/services/sources/source-table.ts';
import { openStateFile } from '../../src/services/sqlite/open-state-file.ts';
import { entryOf } from '../helpers/crawl-setup.ts';
import { newProject } from '../helpers/run-bin.ts';

const HOUR = 3_600_000;
const URL_A = 'https://a.example/feed';

async function openTable() {
  const project = await newProject();
  const { db, [Symbol.dispose]: close } = openStateFile(project.folder);
  let now = 1_000_000;
  const table = openSourceTable(db, { now: () => now });
  return {
    table,
    wait(ms: number) {
      now += ms;
    },
    now: () => now,
    async [Symbol.asyncDispose]() {
      close();
      await project[Symbol.asyncDispose]();
    },
  };
}

const item = (name: string) => ({
  keys: [`g:${name}`, `u:${name}`],
  entry: entryOf(`https://a.example/${name}`, { source: URL_A }),
  facts: { html: `<p>${name}</p>` },
});
const read = (taken: readonly ReturnType<typeof item>[], passed: readonly string[] = [], intervalMs = 0) => ({
  url: URL_A,
  kind: 'feed',
  title: 'A',
  outcome: { kind: 'read' as const, validators: { etag: '"1"' }, intervalMs, taken, passed },
});

test('a read is stored: validators, known items, unfinished items, and the next due time', async () => {
  await using opened = await openTable();
  const { table, wait, now } = opened;
  table.record([read([item('one'), item('two')], ['u:old'], HOUR)]);

  expect(table.find(URL_A)).toMatchObject({
    wasRead: true,
    validators: { etag: '"1"' },
    dueAt: now() + HOUR * 0.9,
    pending: [{ keys: ['g:one', 'u:one'], facts: { html: '<p>one</p>' } }, { keys: ['g:two', 'u:two'] }],
  });
  expect(['g:one', 'u:old', 'u:new'].map((key) => table.knows(URL_A, [key]))).toEqual([true, true, false]);
  expect(['g:one', 'u:one'].map((key) => table.knows('https://b.example/', [key]))).toEqual([false, true]);
  wait(HOUR);
  expect(table.list()).toMatchObject([{ url: URL_A, lastNew: 2, seen: 3, pending: 2, failures: 0 }]);
});

test('an implausible interval is cut to a day', async () => {
  await using opened = await openTable();
  const { table, now } = opened;
  table.record([read([], [], 1e15)]);

  expect(table.find(URL_A)?.dueAt).toBeLessThan(now() + 24 * HOUR);
});

test('an item is finished by its post or a skip, and given up after three failed runs', async () => {
  await using opened = await openTable();
  const { table } = opened;
  table.record([read([item('one'), item('two'), item('three')])]);
  const at = '2026-01-01T00:00:00.000Z';
  const failure = (url: string) => ({ url, code: 'HTTP_STATUS', message: 'no' });
  const saved = { key: 'k', title: 't', file: 'f', draft: false };
  table.note({ type: 'post:saved', at, urls: ['https://a.example/one'], ...saved });
  table.note({ type: 'entry:skip', at, stage: 'crawl', failure: failure('https://a.example/two') });
  const left = [0, 1, 2].map(() => {
    table.note({ type: 'entry:fail', at, stage: 'crawl', failure: failure('https://a.example/three') });
    return table.find(URL_A)?.pending.length;
  });

  expect(left).toEqual([1, 1, 0]);
});

test('a failed read keeps known items, and waits as long as the server asks', async () => {
  await using opened = await openTable();
  const { table, now } = opened;
  table.record([read([item('one')])]);
  const outcome = { kind: 'failed' as const, code: 'HTTP_STATUS', message: 'status\u001b[31m 503', retryAfterMs: HOUR };
  table.record([{ url: URL_A, kind: 'unknown', outcome }]);
  table.record([{ url: 'https://new.example/', kind: 'unknown', outcome: { ...outcome, retryAfterMs: 0 } }]);

  expect(table.find(URL_A)).toMatchObject({ wasRead: true, dueAt: now() + HOUR, pending: [{}] });
  expect(table.find('https://new.example/')).toMatchObject({ wasRead: false });
  const text = renderSources(table.list(), now());
  expect(text).toContain('HTTP_STATUS: status 503 (1 failed look)');
  expect(text).toMatch(/A · feed · last read .* ago · 0 new · 1 seen · 1 not finished · next read in/);
});

test('a forgotten source is new again', async () => {
  await using opened = await openTable();
  const { table } = opened;
  table.record([read([item('one')])]);

  expect([table.forget(URL_A), table.forget(URL_A)]).toEqual([true, false]);
  expect(table.find(URL_A)).toBeUndefined();
  expect(table.knows(URL_A, ['g:one', 'u:one'])).toBe(false);
});
