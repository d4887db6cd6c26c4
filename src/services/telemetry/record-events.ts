/** Events of a run as spans and metrics. */

import type { Attributes, Meter } from '@opentelemetry/api';
import type { EventOf } from '../../core/events.ts';
import type { EventSink } from '../../core/ports.ts';
import { type EventHandlers, handleEvents } from '../../util/handle-events.ts';
import {
  costAttributes,
  operationOf,
  providerNameOf,
  SECOND_BOUNDS,
  TOKEN_BOUNDS,
  usageAttributes,
} from './conventions.ts';
import type { Spans } from './spans.ts';

export function recordEvents(spans: Spans, meter: Meter): EventSink {
  return handleEvents({ ...runRecording(spans), ...entryRecording(spans, meter), ...callRecording(spans, meter) });
}

function runRecording(spans: Spans) {
  return {
    'run:start': ({ at, runId, entries, provider, tier }) =>
      spans.startRun(at, {
        'blogger.run.id': runId,
        'blogger.entries': entries,
        'gen_ai.provider.name': providerNameOf(provider),
        'blogger.tier': tier,
      }),
    'run:end': ({ at, summary: { posts }, stoppedBy }) =>
      spans.endRun(
        at,
        { 'blogger.posts.written': posts.written, 'blogger.posts.failed': posts.failed },
        stoppedBy?.message,
      ),
  } satisfies EventHandlers;
}

function entryRecording(spans: Spans, meter: Meter) {
  const entries = meter.createCounter('blogger.entries', { unit: '{entry}' });
  return {
    'page:start': ({ url, host, at }) =>
      spans.start(`page ${url}`, `GET ${host}`, at, { 'url.full': url, 'server.address': host }),
    'page:end': ({ url, at, httpStatus, bytes }) =>
      void spans.end(`page ${url}`, at, {
        'http.response.status_code': httpStatus,
        'http.response.body.size': bytes,
      }),
    'entry:fail'({ failure, at }) {
      spans.end(`page ${failure.url}`, at, {}, failure);
      entries.add(1, { state: 'failed', 'error.type': failure.code });
    },
    'entry:skip'({ failure, at }) {
      spans.end(`page ${failure.url}`, at, {});
      entries.add(1, { state: 'skipped' });
    },
    'post:saved': ({ urls }) => entries.add(urls.length, { state: 'written' }),
    'post:unchanged': ({ urls }) => entries.add(urls.length, { state: 'unchanged' }),
  } satisfies EventHandlers;
}

function callRecording(spans: Spans, meter: Meter) {
  const tokens = meter.createHistogram('gen_ai.client.token.usage', {
    unit: '{token}',
    advice: { explicitBucketBoundaries: [...TOKEN_BOUNDS] },
  });
  const duration = meter.createHistogram('gen_ai.client.operation.duration', {
    unit: 's',
    advice: { explicitBucketBoundaries: [...SECOND_BOUNDS] },
  });
  const cost = meter.createCounter('blogger.cost', { unit: 'USD' });

  /** An answer that was paid for earlier costs nothing now. */
  function measure({ usage, costUsd, ms }: EventOf<'call:end'>, labels: Attributes): void {
    if (usage !== undefined) {
      tokens.record(usage.input, { ...labels, 'gen_ai.token.type': 'input' });
      tokens.record(usage.output, { ...labels, 'gen_ai.token.type': 'output' });
    }
    duration.record(ms / 1000, labels);
    if (costUsd !== undefined) cost.add(costUsd, labels);
  }

  return {
    'call:start': ({ key, provider, model, at }) =>
      spans.start(`call ${key}`, `${operationOf(provider)} ${model}`, at, {
        'gen_ai.operation.name': operationOf(provider),
        'gen_ai.provider.name': providerNameOf(provider),
        'gen_ai.request.model': model,
      }),
    'call:error': (event) => void spans.end(`call ${event.key}`, event.at, {}, event),
    'call:end'(event) {
      const { key, at, usage, costUsd, finishReason, reused } = event;
      const all = spans.end(`call ${key}`, at, {
        ...(usage === undefined ? {} : usageAttributes(usage)),
        ...(costUsd === undefined ? {} : costAttributes(costUsd)),
        'gen_ai.response.finish_reasons': [finishReason],
      });
      if (!reused) measure(event, pick(all, ['gen_ai.operation.name', 'gen_ai.provider.name', 'gen_ai.request.model']));
    },
  } satisfies EventHandlers;
}

function pick(attributes: Attributes, names: readonly string[]): Attributes {
  return Object.fromEntries(
    names.flatMap((name) => (attributes[name] === undefined ? [] : [[name, attributes[name]]])),
  );
}
