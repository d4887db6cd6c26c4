import { expect, test } from 'vitest';
import type { RunEvent } from '../../../src/core/events.ts';
import { hostRecord } from '../../../src/core/figures/host-table.ts';
import { emptyStats, reduceStats } from '../../../src/core/figures/stats.ts';
import { cpuMs } from '../../helpers/cpu-time.ts';

const pageEnd = (host: string): RunEvent => ({
  type: 'page:end',
  at: '2026-01-01T00:00:00.000Z',
  url: `https://${host}/`,
  host,
  finalUrl: `https://${host}/`,
  httpStatus: 200,
  bytes: 10,
  ms: 5,
  fromCache: false,
  stale: false,
  policy: '',
});

test('pages are counted by host, and earlier figures stay as they were', () => {
  const one = reduceStats(emptyStats(), pageEnd('a.example'));
  const two = reduceStats(reduceStats(one, pageEnd('a.example')), pageEnd('__proto__'));

  expect(hostRecord(one.hosts)).toMatchObject({ 'a.example': { pages: 1, bytes: 10 } });
  expect(Object.keys(hostRecord(two.hosts)).sort()).toEqual(['__proto__', 'a.example']);
  expect(hostRecord(two.hosts)['a.example']).toMatchObject({ pages: 2, bytes: 20 });
});

test('counting a page takes no longer with ten times the hosts', () => {
  const count = (hosts: number) => {
    const events = Array.from({ length: hosts }, (_, at) => pageEnd(`host-${at}.example`));
    let stats = emptyStats();
    const ms = cpuMs(() => {
      stats = events.reduce(reduceStats, stats);
    });
    expect(Object.keys(hostRecord(stats.hosts))).toHaveLength(hosts);
    return ms / hosts;
  };
  /** The least of several: a collection of garbage may fall into any one. */
  const least = (hosts: number) => Math.min(...Array.from({ length: 5 }, () => count(hosts)));

  // A copy of all hosts at each event would take ten times as long.
  expect(least(20_000) / least(2000)).toBeLessThan(6);
});
