import { expect, test } from 'vitest';
import type { RunEvent } from '../../../src/core/events.ts';
import { countEvents, createInFlight } from '../../../src/services/metrics/count-events.ts';
import { createMetricRegistry } from '../../../src/services/metrics/metric-registry.ts';

const at = '2026-01-01T00:00:00.000Z';
const page = { at, url: 'https://a.example/', host: 'a.example', attempt: 1 } as const;
const call = { at, key: 'k' } as const;
const start: RunEvent = { ...call, type: 'call:start', provider: 'openai', model: 'm', tier: 'flex' };

const CASES: readonly (readonly [string, readonly RunEvent[], readonly string[]])[] = [
  [
    'a host that asks to slow down',
    [
      {
        ...page,
        type: 'page:retry',
        delayMs: 1,
        code: 'HTTP_STATUS',
        message: 'Expected a page from https://a.example/, got status 429',
      },
    ],
    ['blogger_rate_limited_total{by="host"} 1', 'blogger_retries_total{stage="crawl",code="HTTP_STATUS"} 1'],
  ],
  [
    'a host that fails is no rate limit',
    [
      {
        ...page,
        type: 'page:retry',
        delayMs: 1,
        code: 'HTTP_STATUS',
        message: 'Expected a page from https://a.example/429, got status 503',
      },
    ],
    ['blogger_retries_total{stage="crawl",code="HTTP_STATUS"} 1'],
  ],
  [
    'a vendor that asks to slow down',
    [start, { ...call, type: 'call:retry', attempt: 1, delayMs: 1, code: 'PROVIDER_RATE_LIMITED', message: '' }],
    ['blogger_rate_limited_total{by="vendor"} 1'],
  ],
  [
    'an answer with an unknown price',
    [
      start,
      {
        ...call,
        type: 'call:end',
        tier: 'flex',
        finishReason: 'stop',
        ms: 1,
        reused: false,
        usage: { input: 7, cachedInput: 2, output: 3 },
      },
    ],
    [
      'blogger_unpriced_calls_total 1',
      'blogger_tokens_total{kind="input"} 7',
      'blogger_tokens_total{kind="cached_input"} 2',
    ],
  ],
  [
    'a reused answer costs nothing',
    [start, { ...call, type: 'call:end', tier: 'flex', finishReason: 'stop', ms: 1, reused: true, costUsd: 1 }],
    ['blogger_calls_total{provider="openai",model="m",outcome="reused"} 1', 'blogger_unpriced_calls_total 0'],
  ],
  [
    'a failed call',
    [start, { ...call, type: 'call:error', code: 'PROVIDER_QUOTA', message: '' }],
    [
      'blogger_call_errors_total{code="PROVIDER_QUOTA"} 1',
      'blogger_calls_total{provider="openai",model="m",outcome="error"} 1',
    ],
  ],
  [
    'a draft',
    [{ ...call, type: 'post:saved', title: '', file: 'a.md', urls: [], draft: true }],
    ['blogger_posts_total{outcome="draft"} 1'],
  ],
  [
    'money',
    [{ at, type: 'money:change', spentUsd: 1.5, reservedUsd: 0.25, capUsd: 2 }],
    ['blogger_spent_usd 1.5', 'blogger_reserved_usd 0.25', 'blogger_cap_usd 2'],
  ],
  [
    'a breaker that opens and closes',
    [
      { at, type: 'cache:state', tier: 'redis', state: 'open', message: '' },
      { at, type: 'cache:state', tier: 'redis', state: 'closed', message: '' },
    ],
    ['blogger_breaker_open{tier="redis"} 0'],
  ],
];

test.each(CASES)('%s', async (_what, events, lines) => {
  const metrics = createMetricRegistry('live');
  const count = countEvents(metrics, createInFlight());
  for (const event of events) count(event);
  const text = (await metrics.render()).split('\n');

  for (const line of lines) expect(text).toContain(line);
});

test('a 503 of an address with 429 in it is not a rate limit', async () => {
  const metrics = createMetricRegistry('live');
  const message = 'Expected a page from https://a.example/429, got status 503';
  countEvents(metrics, createInFlight())({ ...page, type: 'page:retry', delayMs: 1, code: 'HTTP_STATUS', message });

  expect(await metrics.render()).not.toContain('blogger_rate_limited_total{');
});

test('what is in hand goes down again, whichever way it ends', () => {
  const inFlight = createInFlight();
  const count = countEvents(createMetricRegistry('live'), inFlight);
  const begin: RunEvent = { ...page, type: 'page:start', priority: 'high' };
  const failure = { url: page.url, code: 'FETCH_FAILED', message: '' } as Extract<
    RunEvent,
    { type: 'entry:fail' }
  >['failure'];
  const ends: RunEvent[] = [
    { ...page, type: 'page:retry', delayMs: 1, code: 'FETCH_FAILED', message: '' },
    { at, type: 'entry:fail', stage: 'crawl', failure },
    { at, type: 'entry:skip', stage: 'crawl', failure },
  ];
  for (const end of ends) {
    count(begin);
    expect(inFlight.pages.size).toBe(1);
    count(end);
    expect(inFlight.pages.size).toBe(0);
  }
  for (const status of ['completed', 'failed', 'expired', 'cancelled']) {
    const batch = { at, type: 'vendor-batch:status', id: 'b', shardId: '', done: 0, total: 1 } as const;
    count({ ...batch, status: 'running' });
    expect(inFlight.batches.size).toBe(1);
    count({ ...batch, status });
    expect(inFlight.batches.size).toBe(0);
  }
});

test('no input makes series without bound: the values of a label past the fiftieth are one series', async () => {
  const metrics = createMetricRegistry('live');
  for (let index = 0; index < 1000; index += 1)
    metrics.add('blogger_findings_total', 1, { rule: `rule-${index}-${'x'.repeat(500)}`, severity: 'info' });
  const series = (await metrics.render()).split('\n').filter((line) => line.startsWith('blogger_findings_total{'));

  expect(series).toHaveLength(51);
  expect(series).toContain('blogger_findings_total{rule="other",severity="info"} 950');
  expect(Math.max(...series.map(({ length }) => length))).toBeLessThan(250);
});
