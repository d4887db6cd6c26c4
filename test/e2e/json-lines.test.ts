import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSiteServer } from '../../scripts/site-server.js';
import { BIN, blogger, newProject } from '../helpers/run-bin.ts';
import { startVendorServer } from '../helpers/vendor-server/start.js';

const list = await readFile(fileURLToPath(new URL('../../fixtures/urls.txt', import.meta.url)), 'utf8');
const isEvent = await validatorOf('events');
const isPage = await validatorOf('page');
let site: Awaited<ReturnType<typeof startSiteServer>>;

beforeAll(async () => {
  site = await startSiteServer();
});
afterAll(() => site.close());

const localList = () => list.replaceAll(':4173', `:${site.port}`);

test.each([
  [
    'standard',
    ['--max-cost', '2'],
    [
      'call:start',
      'call:retry',
      'call:end',
      'batch:start',
      'money:change',
      'check:end',
      'post:saved',
      'entry:fail',
      'entry:skip',
    ],
  ],
  ['batch', ['--tier', 'batch', '--batch-poll', '100'], ['vendor-batch:status', 'post:saved']],
  ['dry run', ['--dry-run'], ['run:estimate', 'page:end']],
] as const)(
  'every line of `generate --json` is an event as its published schema says, the last one run:end: %s',
  async (_name, args, expected) => {
    await using server = await startVendorServer({
      faults: [{ kind: 'overloaded', times: 2 }],
      batch: { durationMs: 200 },
    });
    await using project = await newProject({ 'urls.txt': localList() });
    const env = { OPENAI_API_KEY: 'sk-test-0123456789', OPENAI_BASE_URL: server.openaiBaseUrl };

    const { stdout, stderr } = await blogger(['generate', '--allow-private', '--json', ...args], {
      cwd: project.folder,
      env,
    });

    const events = linesOf(stdout);
    expect(stderr).toBe('');
    expect(events.flatMap((event) => (isEvent(event) ? [] : [{ event, errors: isEvent.errors }]))).toEqual([]);
    expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(['run:start', 'page:start', ...expected]));
    expect(events.findIndex(({ type }) => type === 'run:end')).toBe(events.length - 1);
  },
);

test('a line with an unknown field, or without a type, is invalid', () => {
  expect(isEvent({ v: 1, type: 'run:pause', at: '2026-01-01T00:00:00.000Z' })).toBe(true);
  expect(isEvent({ v: 1, type: 'run:pause', at: '2026-01-01T00:00:00.000Z', more: 1 })).toBe(false);
  expect(isEvent({ v: 1, at: '2026-01-01T00:00:00.000Z' })).toBe(false);
});

test('`crawl` prints one record for each entry as its published schema says, and exits 3 for the dead page', async () => {
  await using project = await newProject({ 'urls.txt': localList() });

  const { stdout, stderr, exitCode } = await blogger(['crawl', '--allow-private', '--json'], { cwd: project.folder });

  const records = linesOf(stdout);
  expect(records.flatMap((record) => (isPage(record) ? [] : [{ record, errors: isPage.errors }]))).toEqual([]);
  expect(records).toHaveLength(17);
  expect(stderr).toContain('17/17 entries');
  expect(exitCode).toBe(3);
});

test('a closed pipe ends the crawl silently', async () => {
  await using project = await newProject({ 'urls.txt': localList() });

  const { stdout, stderr } = await execa(
    'bash',
    ['-c', `"$0" "$1" crawl --allow-private --per-host 1 | head -1`, process.execPath, BIN],
    {
      cwd: project.folder,
      reject: false,
    },
  );

  expect(isPage(JSON.parse(stdout))).toBe(true);
  expect(stderr).not.toMatch(/EPIPE|Warning|bug/);
  expect(stderr).not.toContain('17/17 entries');
});

function linesOf(stdout: string): { readonly type?: string }[] {
  return stdout.split('\n').map((line) => JSON.parse(line) as { type?: string });
}

async function validatorOf(name: string) {
  return new Ajv({ strict: false }).compile(
    JSON.parse(
      await readFile(fileURLToPath(new URL(`../../docs/${name}.schema.json`, import.meta.url)), 'utf8'),
    ) as object,
  );
}
