import { expect, inject, test } from 'vitest';
import { openFleet } from '../helpers/fleet.ts';
import { installPackage } from '../helpers/install-package.ts';
import { hasPostgresFleets, isLong } from '../helpers/long-form.ts';
import { whyNoNetwork } from '../helpers/network.ts';

const ENTRIES = isLong ? 96 : 40;
const HOSTS = 20;
const GAP_MS = 250;
const IN_FLIGHT = 8;
const FLAGS = [
  '--per-host',
  '2',
  '--crawl-delay',
  `${GAP_MS}`,
  // The place of a killed worker's request at its host is free again after this and five seconds more.
  '--timeout',
  '3000',
  '--lease',
  '2000',
  '--workers',
  '2',
  '--batch-size',
  `${IN_FLIGHT / 2}`,
  '--batch-interval',
  '20',
];

const noRedis = inject('redisServer') === '';
const noNetwork =
  noRedis || installPackage('iproute2', { skip: 'network', program: 'ip' }) === undefined
    ? 'left out on purpose'
    : whyNoNetwork();
if (noNetwork !== undefined) console.warn(`The test with many machines is left out: ${noNetwork}`);

const STORES = [
  { store: 'redis', name: 'Redis', isMissing: noRedis },
  { store: 'postgres', name: 'PostgreSQL', isMissing: !hasPostgresFleets || inject('postgresBin') === '' },
] as const;

test.skipIf(noNetwork !== undefined).each(STORES.filter(({ isMissing }) => !isMissing))(
  'three machines, one $name: a worker and the run are killed in the middle, and every post is there once',
  { timeout: 180_000 },
  async ({ store }) => {
    await using fleet = await openFleet({
      store,
      redisServer: inject('redisServer'),
      workers: 3,
      hosts: HOSTS,
      entries: ENTRIES,
      latencyMs: 100,
      flags: FLAGS,
    });
    const { process: doomed } = await fleet.worker(1);
    await fleet.worker(2);
    await fleet.worker(3);
    const broken = fleet.generate();
    const billed = () => fleet.vendor.log.billed().length;
    await expect.poll(billed, { timeout: 60_000, interval: 20 }).toBeGreaterThan(ENTRIES / 5);
    doomed.kill('SIGKILL');
    await expect.poll(billed, { timeout: 60_000, interval: 20 }).toBeGreaterThan(ENTRIES / 2.2);
    broken.kill('SIGKILL');
    await broken;

    const run = await fleet.generate();

    expect([run.exitCode, run.stderr]).toEqual([0, '']);
    expect(await fleet.posts()).toBe(ENTRIES);
    // Calls that were on the wire of the killed worker, and no others, were made again.
    expect(billed()).toBeLessThanOrEqual(ENTRIES + IN_FLIGHT);
    for (const { maxInFlight } of fleet.sites) expect(maxInFlight).toBeLessThanOrEqual(2);
    const gaps = fleet.sites.flatMap((site) =>
      site.pages().flatMap(({ at }, index, all) => (index === 0 ? [] : [at - (all[index - 1]?.at ?? 0)])),
    );
    // All but those of a machine that was too busy to hear Redis and kept its own gap for a while; without sharing, most are shorter.
    expect(gaps.filter((gap) => gap < GAP_MS - 1).length).toBeLessThan(gaps.length * 0.25);

    if (!isLong) return; // `workers.test.ts` has the cap
    const { costUsd } = (JSON.parse(run.stdout.trim().split('\n').at(-1) ?? '') as { summary: { costUsd: number } })
      .summary;
    const capUsd = costUsd / 4;
    const capped = await fleet.generate('--force', '--max-cost', `${capUsd}`);
    const spent = (JSON.parse(capped.stdout.trim().split('\n').at(-1) ?? '') as { summary: { costUsd: number } })
      .summary.costUsd;
    expect(capped.exitCode).toBe(5);
    expect(spent).toBeLessThanOrEqual(capUsd);
    expect(spent).toBeGreaterThan(capUsd / 2);
  },
);
