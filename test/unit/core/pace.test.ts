import { expect, test } from 'vitest';
import type { RunEvent } from '../../../src/core/events.ts';
import { bottleneckOf, emptyPace, rateOf, reducePace, timeLeft } from '../../../src/core/figures/pace.ts';
import { emptyStats, reduceStats } from '../../../src/core/figures/stats.ts';

const at = (seconds: number) => new Date(seconds * 1000).toISOString();
const now = (seconds: number) => seconds * 1000;

const pageStart = (url: string, seconds: number): RunEvent => ({
  type: 'page:start',
  at: at(seconds),
  url,
  host: 'h',
  priority: 'medium',
  attempt: 1,
});
const pageEnd = (url: string, seconds: number): RunEvent => ({
  type: 'page:end',
  at: at(seconds),
  url,
  host: 'h',
  finalUrl: url,
  httpStatus: 200,
  bytes: 1,
  ms: 1,
  fromCache: false,
  stale: false,
  policy: '',
});
const job = (key: string, status: 'RUNNING' | 'SUCCESS', seconds: number): RunEvent => ({
  type: 'job:status',
  at: at(seconds),
  key,
  status,
  title: key,
});
const saved = (key: string, seconds: number): RunEvent => ({
  type: 'post:saved',
  at: at(seconds),
  key,
  title: key,
  file: key,
  urls: [key],
  draft: false,
});
const start: RunEvent = {
  type: 'run:start',
  goal: 'posts',
  at: at(0),
  runId: 'r',
  entries: 10,
  provider: 'openai',
  model: 'm',
  tier: 'standard',
  out: 'o',
};

/** Ten pages in one second, then a post every two seconds, the first after four. */
const SLOW_WRITER = [
  start,
  ...Array.from({ length: 10 }, (_, n) => pageStart(`${n}`, 0)),
  ...Array.from({ length: 10 }, (_, n) => pageEnd(`${n}`, 1)),
  job('a', 'RUNNING', 2),
  job('b', 'RUNNING', 2),
  job('a', 'SUCCESS', 4),
  saved('a', 4),
  job('b', 'SUCCESS', 6),
  saved('b', 6),
];

test('the stage that was at work for longest is the bottleneck', () => {
  const pace = SLOW_WRITER.reduce(reducePace, emptyPace());

  expect(bottleneckOf(pace, now(6))).toEqual({ stage: 'write', busyMs: 4000 });
  expect(bottleneckOf([pageStart('a', 0), pageEnd('a', 3)].reduce(reducePace, emptyPace()), now(9))).toEqual({
    stage: 'crawl',
    busyMs: 3000,
  });
  expect(bottleneckOf(emptyPace(), now(9))).toBeUndefined();
});

test('what waits between two attempts is not at work', () => {
  const retry: RunEvent = {
    type: 'page:retry',
    at: at(1),
    url: 'a',
    host: 'h',
    attempt: 1,
    delayMs: 8000,
    code: 'X',
    message: '',
  };
  const pace = [pageStart('a', 0), retry, pageStart('a', 9), pageEnd('a', 10)].reduce(reducePace, emptyPace());

  expect(bottleneckOf(pace, now(10))).toEqual({ stage: 'crawl', busyMs: 2000 });
});

test('the end is where the slowest stage has it', () => {
  const stats = SLOW_WRITER.reduce(reduceStats, emptyStats());
  const pace = SLOW_WRITER.reduce(reducePace, emptyPace());

  expect(rateOf(pace, 'write', now(6))).toBe(0.5);
  expect(timeLeft(stats, pace, now(6))).toEqual({ seconds: 16, stage: 'write' });
  expect(timeLeft(emptyStats(), emptyPace(), now(6))).toBeUndefined();
});

test('an entry that is tried again counts as failed no more, and is still to be crawled', () => {
  const fail: RunEvent = {
    type: 'entry:fail',
    at: at(1),
    stage: 'crawl',
    failure: { url: 'a', code: 'HTTP_STATUS', message: '' },
  };
  const events: RunEvent[] = [start, fail, { type: 'entry:retry', at: at(2), url: 'a' }];

  expect(events.reduce(reduceStats, emptyStats()).failures).toEqual([]);
  expect(events.reduce(reducePace, emptyPace()).crawlEnded).toBe(0);
});
