import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { articleRoutes } from '../helpers/make-articles.ts';
import { openRedisServer } from '../helpers/redis-server.ts';
import { blogger, newProject } from '../helpers/run-bin.ts';
import { TestSite } from '../helpers/test-site.ts';
import { startVendorServer, type VendorFault } from '../helpers/vendor-server/start.js';

async function setUp(
  latencyMs: number,
  { env = {}, faults = [] }: { env?: Readonly<Record<string, string>>; faults?: readonly VendorFault[] } = {},
) {
  const site = await TestSite.open(articleRoutes(12));
  const server = await startVendorServer({ latencyMs, faults });
  const project = await newProject({
    'urls.txt': Array.from({ length: 12 }, (_, index) => site.url(`/article-${index + 1}`)).join('\n'),
  });
  const options = {
    cwd: project.folder,
    env: { OPENAI_API_KEY: 'sk-test-0123456789', OPENAI_BASE_URL: server.openaiBaseUrl, ...env },
  };
  return {
    server,
    options,
    project,
    run: (...args: string[]) => blogger([...args, '--allow-private', '--batch-interval', '20'], options),
    async [Symbol.asyncDispose]() {
      await Promise.all([site[Symbol.asyncDispose](), server[Symbol.asyncDispose](), project[Symbol.asyncDispose]()]);
    },
  };
}

const rowsOf = (stdout: string) => stdout.trim().split('\n');

test('a job shows its history: states with times, attempts, file and cost', async () => {
  await using setup = await setUp(0);
  await setup.run('generate');
  const [line = ''] = rowsOf((await setup.run('jobs', '--status', 'success')).stdout);
  const id = line.slice(0, 12);

  const { stdout } = await setup.run('jobs', 'show', id);
  const { stdout: json } = await setup.run('jobs', 'show', id, '--json');

  expect(stdout).toMatch(/^Status {4}SUCCESS$/m);
  expect(stdout).toMatch(/^Source {4}http:\/\/127\.0\.0\.1:\d+\/article-\d+$/m);
  expect(stdout).toMatch(/^File {6}.+\.md$/m);
  expect(stdout).toMatch(/^Cost {6}\$0\.\d{5}$/m);
  expect(stdout).toMatch(/ {2}\S+Z {2}PENDING\n {2}\S+Z {2}RUNNING {4}attempt 1 by .+\n {2}\S+Z {2}SUCCESS\n/);
  const { history } = JSON.parse(json) as { history: { status: string; at: number }[] };
  expect(history.map(({ status }) => status)).toEqual(['PENDING', 'RUNNING', 'SUCCESS']);
});

test('a background run can be followed to its end, and cancelled from another process', async () => {
  await using setup = await setUp(20_000);
  const { stdout: runId, stderr } = await setup.run('generate', '--detach', '--workers', '1', '--batch-size', '4');
  expect(stderr).toMatch(new RegExp(`(?:blogger|blogger\\.js) jobs --run ${runId} --watch`));
  await expect
    .poll(async () => rowsOf((await setup.run('jobs', '--status', 'running')).stdout).length, { timeout: 15_000 })
    .toBeGreaterThanOrEqual(4);
  const watching = setup.run('jobs', '--run', runId, '--watch');

  const cancelled = await setup.run('jobs', 'cancel', '--run', runId);

  expect(cancelled.exitCode).toBe(0);
  expect(cancelled.stderr).toContain('the run takes no new work');
  const watched = await watching; // it ends long before the 20 seconds that each answer takes
  expect(watched.exitCode).toBe(0);
  const { stdout: left } = await setup.run('jobs', '--run', runId);
  expect(new Set(rowsOf(left).map((row) => row.slice(14, 23)))).toEqual(new Set(['CANCELLED']));
  expect(await readdir(join(setup.project.folder, 'posts')).catch(() => [])).toEqual([]);
  const { stdout: stats } = await setup.run('stats', '--run', runId, '--json');
  expect(stats).toContain('JOB_CANCELLED');
});

test.skipIf(inject('redisServer') === '')(
  'a job that another machine does is cancelled from anywhere, and its request given up',
  async () => {
    await using redis = await openRedisServer(inject('redisServer'));
    await using setup = await setUp(20_000, { env: { REDIS_URL: redis.url } });
    await using machine = await newProject();
    const worker = blogger(['worker', '--allow-private', '--batch-interval', '20'], {
      ...setup.options,
      cwd: machine.folder,
    });
    const running = setup.run('generate', '--queue', 'redis', '--json');
    await using anywhere = await newProject();
    const jobs = (...args: string[]) =>
      blogger(['jobs', ...args, '--queue', 'redis'], { ...setup.options, cwd: anywhere.folder });
    await expect
      .poll(async () => rowsOf((await jobs('--status', 'running', '--kind', 'post')).stdout).length, {
        timeout: 20_000,
      })
      .toBe(12);

    const { stdout, exitCode } = await jobs('cancel', '--all');

    expect(exitCode).toBe(0);
    expect(rowsOf(stdout)).toHaveLength(12);
    const { stdout: events } = await running; // at once: the answers would come after 20 seconds only
    expect(events.match(/"code":"JOB_CANCELLED"/g)?.length).toBeGreaterThanOrEqual(12);
    const { stdout: story } = await jobs('show', rowsOf(stdout)[0] ?? '');
    expect(story).toMatch(
      / {2}\S+Z {2}PENDING\n {2}\S+Z {2}RUNNING {4}attempt 1 by .+\/\d+\/.+\n {2}\S+Z {2}CANCELLED {2}JOB_CANCELLED/,
    );
    worker.kill('SIGTERM');
    expect((await worker).exitCode).toBe(143);
    expect(setup.server.log.billed()).toHaveLength(0);
  },
);

test('failed jobs are found and dropped by reason, kind and status; an unknown kind is refused', async () => {
  await using setup = await setUp(0, { faults: [{ kind: 'refusal', times: 1 }] });
  await setup.run('generate');
  const jobs = (...args: string[]) => blogger(['jobs', ...args], setup.options);
  const failed = rowsOf((await jobs('--status', 'failed', '--json')).stdout).map(
    (line) => (JSON.parse(line) as { error: { code: string } }).error.code,
  );
  const code = failed[0] ?? '';

  const oldest = await jobs('--code', code, '--limit', '1');
  const pages = await jobs('drop', '--kind', 'page', '--code', code);
  const others = await jobs('drop', '--code', 'NOT_FOUND');
  const dropped = await jobs('drop', '--kind', 'post', '--code', code.toLowerCase());
  const wrong = await jobs('drop', '--kind', 'banana');

  expect(failed).toHaveLength(1);
  expect(rowsOf(oldest.stdout)).toHaveLength(1);
  expect(pages.stderr).toContain('0 of 0 jobs dropped');
  expect(others.stderr).toContain('0 of 0 jobs dropped');
  expect(dropped.stderr).toContain('1 of 1 job dropped');
  expect(rowsOf((await jobs()).stdout)).toHaveLength(11);
  expect(wrong).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('page, post for --kind, got "banana"') });
});
