/** Exports spans and metrics of a run through the official OpenTelemetry SDK. Loaded only if a collector is configured. */

import type { Attributes, Span } from '@opentelemetry/api';
import type { RunEvent } from '../../core/events.ts';
import type { Clock, EventSink } from '../../core/ports.ts';
import type { Usage } from '../../core/types.ts';
import { trimTail } from '../../util/text/trim-edges.ts';

export interface Telemetry extends AsyncDisposable {
  readonly sink: EventSink;
}

export interface TelemetryOptions {
  /** Base address of an OTLP/HTTP collector, such as `http://localhost:4318`. */
  readonly endpoint: string;
  readonly version: string;
  readonly clock: Clock;
}

/** Longest time that the export may delay the end of a run. */
const FLUSH_MS = 3000;
const SEND_MS = 2500;
/** Bounds of the histograms as the GenAI semantic conventions give them. */
const TOKEN_BOUNDS = [
  1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864,
];
const SECOND_BOUNDS = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];

/** Opens the exporters; throws if the optional packages are not installed. Closing flushes for at most 3 seconds. */
export async function openTelemetry({ endpoint, version, clock }: TelemetryOptions): Promise<Telemetry> {
  const [api, traces, metrics, { OTLPTraceExporter }, { OTLPMetricExporter }, { resourceFromAttributes }] =
    await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/sdk-trace-base'),
      import('@opentelemetry/sdk-metrics'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/exporter-metrics-otlp-http'),
      import('@opentelemetry/resources'),
    ]);
  const base = trimTail(endpoint, /\//);
  const resource = resourceFromAttributes({ 'service.name': 'blogger', 'service.version': version });
  const tracing = new traces.BasicTracerProvider({
    resource,
    spanProcessors: [
      new traces.BatchSpanProcessor(new OTLPTraceExporter({ url: `${base}/v1/traces`, timeoutMillis: SEND_MS })),
    ],
  });
  const metering = new metrics.MeterProvider({
    resource,
    readers: [
      new metrics.PeriodicExportingMetricReader({
        exporter: new OTLPMetricExporter({ url: `${base}/v1/metrics`, timeoutMillis: SEND_MS }),
        exportIntervalMillis: 60_000,
      }),
    ],
  });
  const tracer = tracing.getTracer('blogger', version);
  const meter = metering.getMeter('blogger', version);
  const tokens = meter.createHistogram('gen_ai.client.token.usage', {
    unit: '{token}',
    advice: { explicitBucketBoundaries: [...TOKEN_BOUNDS] },
  });
  const duration = meter.createHistogram('gen_ai.client.operation.duration', {
    unit: 's',
    advice: { explicitBucketBoundaries: [...SECOND_BOUNDS] },
  });
  const cost = meter.createCounter('blogger.cost', { unit: 'USD' });
  const entries = meter.createCounter('blogger.entries', { unit: '{entry}' });

  const open = new Map<string, { readonly span: Span; readonly attributes: Attributes }>();
  let root: Span | undefined;

  function begin(id: string, name: string, at: string, attributes: Attributes): void {
    const parent = root === undefined ? api.ROOT_CONTEXT : api.trace.setSpan(api.ROOT_CONTEXT, root);
    const kind = api.SpanKind.CLIENT; // a request to a host or a vendor
    open.set(id, { span: tracer.startSpan(name, { startTime: new Date(at), kind, attributes }, parent), attributes });
  }

  function end(
    id: string,
    at: string,
    attributes: Attributes,
    error?: { readonly code: string; readonly message: string },
  ): Attributes {
    const found = open.get(id);
    if (found === undefined) return attributes;
    open.delete(id);
    found.span.setAttributes(attributes);
    if (error !== undefined)
      found.span
        .setStatus({ code: api.SpanStatusCode.ERROR, message: error.message })
        .setAttribute('error.type', error.code);
    found.span.end(new Date(at));
    return { ...found.attributes, ...attributes };
  }

  function sink(event: RunEvent): void {
    switch (event.type) {
      case 'run:start':
        root = tracer.startSpan('blogger run', {
          startTime: new Date(event.at),
          attributes: {
            'blogger.run.id': event.runId,
            'blogger.entries': event.entries,
            'gen_ai.provider.name': providerNameOf(event.provider),
            'blogger.tier': event.tier,
          },
        });
        return;
      case 'run:end':
        for (const id of [...open.keys()]) end(id, event.at, {});
        if (event.stoppedBy !== undefined)
          root?.setStatus({ code: api.SpanStatusCode.ERROR, message: event.stoppedBy.message });
        root?.setAttributes({
          'blogger.posts.written': event.summary.posts.written,
          'blogger.posts.failed': event.summary.posts.failed,
        });
        root?.end(new Date(event.at));
        return;
      case 'page:start':
        begin(`page ${event.url}`, `GET ${event.host}`, event.at, {
          'url.full': event.url,
          'server.address': event.host,
        });
        return;
      case 'page:end':
        end(`page ${event.url}`, event.at, {
          'http.response.status_code': event.httpStatus,
          'http.response.body.size': event.bytes,
        });
        return;
      case 'entry:fail':
        end(`page ${event.failure.url}`, event.at, {}, event.failure);
        entries.add(1, { state: 'failed', 'error.type': event.failure.code });
        return;
      case 'entry:skip':
        end(`page ${event.failure.url}`, event.at, {});
        entries.add(1, { state: 'skipped' });
        return;
      case 'post:saved':
        entries.add(event.urls.length, { state: 'written' });
        return;
      case 'post:unchanged':
        entries.add(event.urls.length, { state: 'unchanged' });
        return;
      case 'call:start':
        begin(`call ${event.key}`, `${operationOf(event.provider)} ${event.model}`, event.at, {
          'gen_ai.operation.name': operationOf(event.provider),
          'gen_ai.provider.name': providerNameOf(event.provider),
          'gen_ai.request.model': event.model,
        });
        return;
      case 'call:error':
        end(`call ${event.key}`, event.at, {}, event);
        return;
      case 'call:end':
        afterCall(event);
        return;
      default:
        return;
    }
  }

  function afterCall({
    key,
    at,
    usage,
    costUsd,
    ms,
    finishReason,
    reused,
  }: Extract<RunEvent, { type: 'call:end' }>): void {
    const all = end(`call ${key}`, at, {
      ...(usage === undefined ? {} : usageAttributes(usage)),
      ...(costUsd === undefined ? {} : costAttributes(costUsd)),
      'gen_ai.response.finish_reasons': [finishReason],
    });
    if (reused) return;
    const labels = pick(all, ['gen_ai.operation.name', 'gen_ai.provider.name', 'gen_ai.request.model']);
    if (usage !== undefined) {
      tokens.record(usage.input, { ...labels, 'gen_ai.token.type': 'input' });
      tokens.record(usage.output, { ...labels, 'gen_ai.token.type': 'output' });
    }
    duration.record(ms / 1000, labels);
    if (costUsd !== undefined) cost.add(costUsd, labels);
  }

  return {
    sink,
    async [Symbol.asyncDispose]() {
      const patience = new AbortController();
      const late = clock.sleep(FLUSH_MS, patience.signal).catch(() => {}); // cut short below
      await Promise.race([Promise.allSettled([tracing.shutdown(), metering.shutdown()]), late]);
      patience.abort();
    },
  };
}

/** Names of the GenAI semantic conventions where they differ from ours. */
const CONVENTIONAL: Readonly<Record<string, string>> = {
  gemini: 'gcp.gemini',
  azure: 'azure.ai.openai',
  mistral: 'mistral_ai',
};

function providerNameOf(provider: string): string {
  return CONVENTIONAL[provider] ?? provider;
}

/** The conventions call Gemini's operation `generate_content`, and that of the others `chat`. */
function operationOf(provider: string): string {
  return provider === 'gemini' ? 'generate_content' : 'chat';
}

function usageAttributes({ input, output, cachedInput }: Usage): Attributes {
  return {
    'gen_ai.usage.input_tokens': input,
    'gen_ai.usage.output_tokens': output,
    ...(cachedInput > 0 ? { 'gen_ai.usage.cache_read.input_tokens': cachedInput } : {}),
  };
}

/** As proposed for the conventions: https://github.com/open-telemetry/semantic-conventions-genai/pull/443 */
function costAttributes(costUsd: number): Attributes {
  return {
    'gen_ai.usage.cost.amount': costUsd,
    'gen_ai.usage.cost.currency': 'USD',
    'gen_ai.usage.cost.source': 'local',
  };
}

function pick(attributes: Attributes, names: readonly string[]): Attributes {
  return Object.fromEntries(
    names.flatMap((name) => (attributes[name] === undefined ? [] : [[name, attributes[name]]])),
  );
}
