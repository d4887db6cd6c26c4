import { describe, expect, test } from 'vitest';
import { BATCH_VENDORS, openBatchProject } from '../helpers/batch-project.ts';
import { blogger } from '../helpers/run-bin.ts';

describe.each(BATCH_VENDORS)('%s', (_vendor, envOf) => {
  test('40 posts are one batch and a handful of calls, each paid once at the batch price', async () => {
    await using setup = await openBatchProject(40, envOf);
    const { exitCode, stderr } = await setup.generate();

    expect(stderr).toContain('40 written');
    expect(exitCode).toBe(0);
    expect(await setup.posts()).toBe(40);
    expect(setup.server.batches.list()).toHaveLength(1);
    expect(setup.server.log.billed()).toHaveLength(40);
    expect(setup.server.log.of('live')).toHaveLength(0);
    const stats = JSON.parse((await setup.run('stats', '--json')).stdout) as {
      spending: { tier: string; calls: number; costUsd: number }[];
    };
    expect(stats.spending).toMatchObject([{ tier: 'batch', calls: 40 }]);
  });

  test('--detach submits and exits 75; collect saves what is ready; again nothing is sent', async () => {
    await using setup = await openBatchProject(12, envOf, { batch: { hold: true } });
    const submitted = await setup.generate('--detach');
    expect(submitted.exitCode).toBe(75);
    expect(await setup.posts()).toBe(0);
    expect((await setup.run('collect', '--plain')).exitCode).toBe(75);
    expect((await setup.generate('--detach')).exitCode).toBe(75);
    expect(setup.server.batches.list()).toHaveLength(1);

    setup.server.batches.finish();
    const collected = await setup.run('collect', '--plain', '--wait');

    expect(collected.exitCode).toBe(0);
    expect(await setup.posts()).toBe(12);
    const again = await setup.generate();
    expect(again.stderr).toContain('12 unchanged');
    expect(setup.server.batches.list()).toHaveLength(1);
    expect(setup.server.log.billed()).toHaveLength(12);
    expect(setup.server.log.paidTwice()).toEqual([]);
  });

  test('collect asks the vendor of the open batches even if the settings have changed, and names a missing key', async () => {
    await using setup = await openBatchProject(2, envOf, { batch: { hold: true } });
    expect((await setup.generate('--detach', '--model', 'another-model')).exitCode).toBe(75);
    expect((await setup.generate('--detach', '--force')).exitCode).toBe(75);
    setup.server.batches.finish();

    const keyless = await blogger(['collect', '--plain'], { cwd: setup.folder });
    expect([keyless.exitCode, keyless.stderr]).toEqual([4, expect.stringContaining('PROVIDER_KEY_MISSING')]);
    const first = await setup.run('collect', '--plain', '--wait', '--provider', 'extractive');
    expect([first.exitCode, await setup.posts()]).toEqual([75, 2]);
    expect(first.stderr).toContain('are open, too');
    expect((await setup.run('collect', '--plain', '--wait')).exitCode).toBe(0);
    expect((await setup.run('collect', '--plain')).stderr).toContain('0 written');
    expect(setup.server.log.billed()).toHaveLength(4);
  });

  test('posts that --force requests in a batch are collected and paid once; the next --force requests new ones', async () => {
    await using setup = await openBatchProject(4, envOf, { batch: { hold: true } });
    const finished = async (...args: string[]) => {
      setup.server.batches.finish();
      return (await setup.run(...args)).exitCode;
    };
    await setup.generate('--detach');
    expect(await finished('collect', '--plain', '--wait')).toBe(0);
    expect((await setup.generate('--force', '--detach')).exitCode).toBe(75);
    expect((await setup.generate('--force', '--detach')).exitCode).toBe(75);
    expect(setup.server.batches.list()).toHaveLength(2);

    expect(await finished('collect', '--plain', '--wait')).toBe(0);

    expect(setup.server.log.billed()).toHaveLength(8);
    const stats = JSON.parse((await setup.run('stats', '--json')).stdout) as {
      spending: { tier: string; calls: number }[];
    };
    expect(stats.spending).toMatchObject([{ tier: 'batch', calls: 8 }]);
    await setup.generate('--force', '--detach');
    expect(setup.server.batches.list()).toHaveLength(3);
  });

  test('jobs cancel ends the batch at the vendor without an active run; its finished answers are paid once and kept', async () => {
    const kept = _vendor === 'openai' ? 2 : 0; // Gemini gives out nothing of a batch that was cancelled
    await using setup = await openBatchProject(6, envOf, { batch: { hold: true } });
    expect((await setup.generate('--detach')).exitCode).toBe(75);
    const [first] = setup.server.batches.list();
    setup.server.batches.finish({ id: first?.id ?? '', end: 'in_progress', rows: 2 });

    const one = await setup.run('jobs', 'cancel', (await setup.run('jobs')).stdout.slice(0, 12));
    expect(one.exitCode).toBe(0);
    expect(setup.server.log.of('batch-cancel')).toHaveLength(0); // the other five are wanted
    const cancelled = await setup.run('jobs', 'cancel', '--all');

    expect(cancelled.stderr).toContain(`at the vendor: ended; its ${kept} answers are kept`);
    expect(cancelled.exitCode).toBe(0);
    expect(setup.server.log.of('batch-cancel')).toHaveLength(1);
    expect(setup.server.batches.list().map(({ state }) => state)).toEqual(['cancelled']);
    const stats = JSON.parse((await setup.run('stats', '--json')).stdout) as { spending: { calls: number }[] };
    expect(stats.spending.reduce((sum, { calls }) => sum + calls, 0)).toBe(kept);
    expect((await setup.run('collect', '--plain')).stderr).toContain('0 written');
    await setup.run('jobs', 'retry', '--all');
    const again = setup.generate();
    await expect.poll(() => setup.server.batches.list().length, { timeout: 20_000 }).toBe(2);
    setup.server.batches.finish();
    expect((await again).stderr).toContain('6 written');
    expect(setup.server.batches.list().map(({ total }) => total)).toEqual(expect.arrayContaining([6, 6 - kept]));
    expect(setup.server.log.paidTwice()).toHaveLength(2 - kept);
  });

  test('a batch that expires or fails in part keeps its good rows; only the rest is sent again', async () => {
    await using setup = await openBatchProject(10, envOf);
    setup.server.batches.script({
      end: _vendor === 'openai' ? 'expired' : 'completed',
      ...(_vendor === 'openai' ? { rows: 6 } : { failRows: [0, 3, 5, 7] }),
      emptyIds: true,
    });
    const { exitCode } = await setup.generate();

    expect(exitCode).toBe(0);
    expect(await setup.posts()).toBe(10);
    expect(
      setup.server.batches
        .list()
        .map(({ total }) => total)
        .sort((a, b) => a - b),
    ).toEqual([4, 10]);
    expect(setup.server.log.billed()).toHaveLength(10);
    expect(setup.server.log.paidTwice()).toEqual([]);
  });

  test('failed status checks and downloads of a batch are retried: every post, none sent twice', async () => {
    await using setup = await openBatchProject(6, envOf, {
      faults: [
        { kind: 'html-5xx', on: 'batch-read', match: '/batches/', times: 2 },
        { kind: 'reset-before', on: 'batch-read', match: 'content' },
        { kind: 'reset-before', on: 'batch-read', match: 'download' },
      ],
    });
    const { exitCode, stderr } = await setup.generate();

    expect(stderr).toContain('6 written');
    expect(exitCode).toBe(0);
    expect(setup.server.batches.list()).toHaveLength(1);
    expect(setup.server.log.billed()).toHaveLength(6);
  });

  test('a batch beyond the enqueued-token limit goes in smaller shards', async () => {
    await using setup = await openBatchProject(8, envOf);
    setup.server.batches.script({
      end: 'failed',
      rows: 0,
      code: 'token_limit_exceeded',
      message: 'Enqueued token limit reached',
    });
    const { exitCode } = await setup.generate();

    expect(exitCode).toBe(0);
    expect(await setup.posts()).toBe(8);
    expect(
      setup.server.batches
        .list()
        .map(({ total }) => total)
        .sort((a, b) => a - b),
    ).toEqual([4, 4, 8]);
    expect(setup.server.log.billed()).toHaveLength(8);
  });

  test.each([
    ['the connection breaks', 'reset-after'],
    ['an edge server answers 502', 'html-5xx'],
    ['the answer does not name it', 'no-id'],
  ] as const)('a batch that is made while %s is adopted, and no second one is made', async (_how, kind) => {
    await using setup = await openBatchProject(6, envOf);
    setup.server.fault({ kind, on: 'batch-create' });

    expect((await setup.generate()).exitCode).toBe(0);
    expect(await setup.posts()).toBe(6);
    expect(setup.server.batches.list()).toHaveLength(1);
    expect(setup.server.log.billed()).toHaveLength(6);
  });

  test('a batch that a 503 refused is created again by the same run', async () => {
    await using setup = await openBatchProject(3, envOf);
    setup.server.fault({ kind: 'overloaded', on: 'batch-create' });

    expect((await setup.generate()).exitCode).toBe(0);
    expect(await setup.posts()).toBe(3);
    expect(setup.server.batches.list()).toHaveLength(1);
    expect(setup.server.log.billed()).toHaveLength(3);
  });

  test('killed at any point of the wait: one batch, every post once', { timeout: 60_000 }, async () => {
    await using setup = await openBatchProject(15, envOf, { batch: { durationMs: 1500 } });
    for (const delayMs of [900, 1100, 1300]) {
      const running = setup.spawnGenerate();
      setTimeout(() => running.kill('SIGKILL'), delayMs);
      await running;
    }
    const last = await setup.generate();

    expect(last.exitCode).toBe(0);
    expect(await setup.posts()).toBe(15);
    expect(setup.server.batches.list()).toHaveLength(1);
    expect(setup.server.log.paidTwice()).toEqual([]);
  });
});
