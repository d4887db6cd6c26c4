/** Events of a run as metrics. */

import type { EventSink, VendorBatchStatus } from '../../core/ports.ts';
import { type EventHandlers, handleEvents } from '../../util/handle-events.ts';
import type { MetricRegistry } from './metric-registry.ts';

/** States of a vendor's batch in which it is over. */
const ENDED: ReadonlySet<string> = new Set<VendorBatchStatus>(['completed', 'failed', 'expired', 'cancelled']);

/** What this process is working on now, kept up to date by the events. */
export interface InFlight {
  readonly pages: Set<string>;
  readonly calls: Map<string, { readonly provider: string; readonly model: string }>;
  /** Unfinished batches at the vendor by id, with the time at which they were first seen. */
  readonly batches: Map<string, number>;
  phase: 'starting' | 'running' | 'stopping';
}

export function createInFlight(): InFlight {
  return { pages: new Set(), calls: new Map(), batches: new Map(), phase: 'starting' };
}

export function countEvents(metrics: MetricRegistry, inFlight: InFlight): EventSink {
  return handleEvents({
    ...runCounting(metrics, inFlight),
    ...pageCounting(metrics, inFlight),
    ...callCounting(metrics, inFlight),
  });
}

function runCounting(metrics: MetricRegistry, inFlight: InFlight) {
  return {
    'run:start'({ at, goal, provider, model, entries, capUsd }) {
      inFlight.phase = 'running';
      metrics.set('blogger_run_info', 1, { goal, provider, model });
      metrics.set('blogger_run_start_timestamp_seconds', Date.parse(at) / 1000);
      metrics.set('blogger_entries', entries);
      if (capUsd !== undefined) metrics.set('blogger_cap_usd', capUsd);
    },
    'run:stopping'() {
      inFlight.phase = 'stopping';
    },
    'run:end'() {
      inFlight.phase = 'stopping';
      metrics.clear('blogger_run_info');
    },
    'run:warning': ({ code }) => metrics.add('blogger_warnings_total', 1, { code }),
    'entry:fail'({ failure: { url, code } }) {
      inFlight.pages.delete(url);
      metrics.add('blogger_entries_ended_total', 1, { outcome: 'failed', code });
    },
    'entry:skip'({ failure: { url, code } }) {
      inFlight.pages.delete(url);
      metrics.add('blogger_entries_ended_total', 1, { outcome: 'skipped', code });
    },
    'check:end'({ findings }) {
      for (const { rule, severity } of findings) metrics.add('blogger_findings_total', 1, { rule, severity });
    },
    'post:saved': ({ draft }) => metrics.add('blogger_posts_total', 1, { outcome: draft ? 'draft' : 'written' }),
    'post:unchanged': () => metrics.add('blogger_posts_total', 1, { outcome: 'unchanged' }),
    'cache:state': ({ tier, state }) => metrics.set('blogger_breaker_open', Number(state !== 'closed'), { tier }),
  } satisfies EventHandlers;
}

function pageCounting(metrics: MetricRegistry, { pages }: InFlight) {
  return {
    'page:start': ({ url }) => void pages.add(url),
    'page:retry'({ url, code, message }) {
      pages.delete(url);
      metrics.add('blogger_retries_total', 1, { stage: 'crawl', code });
      if (code === 'HTTP_STATUS' && /\b429$/.test(message))
        metrics.add('blogger_rate_limited_total', 1, { by: 'host' });
    },
    'page:end'({ url, ms, bytes, fromCache, stale }) {
      pages.delete(url);
      metrics.add('blogger_pages_total', 1, { source: stale ? 'stale' : fromCache ? 'cache' : 'host' });
      if (fromCache) return;
      metrics.add('blogger_page_bytes_total', bytes);
      metrics.observe('blogger_stage_duration_seconds', ms / 1000, { stage: 'crawl' });
    },
    'article:end': ({ ms }) => metrics.observe('blogger_stage_duration_seconds', ms / 1000, { stage: 'extract' }),
  } satisfies EventHandlers;
}

function callCounting(metrics: MetricRegistry, { calls, batches }: InFlight) {
  const ended = (key: string, outcome: string) => {
    const { provider, model } = calls.get(key) ?? { provider: 'unknown', model: 'unknown' };
    calls.delete(key);
    metrics.add('blogger_calls_total', 1, { provider, model, outcome });
  };
  return {
    'call:start': ({ key, provider, model }) => void calls.set(key, { provider, model }),
    'call:retry'({ code }) {
      metrics.add('blogger_retries_total', 1, { stage: 'write', code });
      if (code === 'PROVIDER_RATE_LIMITED') metrics.add('blogger_rate_limited_total', 1, { by: 'vendor' });
    },
    'call:error'({ key, code }) {
      ended(key, 'error');
      metrics.add('blogger_call_errors_total', 1, { code });
    },
    'call:end'({ key, tier, usage, costUsd, ms, reused }) {
      ended(key, reused ? 'reused' : 'answered');
      if (reused) return;
      metrics.observe('blogger_stage_duration_seconds', ms / 1000, { stage: 'write' });
      if (usage !== undefined) {
        metrics.add('blogger_tokens_total', usage.input, { kind: 'input' });
        metrics.add('blogger_tokens_total', usage.cachedInput, { kind: 'cached_input' });
        metrics.add('blogger_tokens_total', usage.output, { kind: 'output' });
      }
      if (costUsd === undefined) metrics.add('blogger_unpriced_calls_total', 1);
      else metrics.add('blogger_cost_usd_total', costUsd, { tier });
    },
    'money:change'({ spentUsd, reservedUsd, capUsd }) {
      metrics.set('blogger_spent_usd', spentUsd);
      metrics.set('blogger_reserved_usd', reservedUsd);
      if (capUsd !== undefined) metrics.set('blogger_cap_usd', capUsd);
    },
    'vendor-batch:status'({ at, id, status }) {
      if (ENDED.has(status)) batches.delete(id);
      else if (!batches.has(id)) batches.set(id, Date.parse(at));
    },
  } satisfies EventHandlers;
}
