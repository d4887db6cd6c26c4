/** Exports spans and metrics of a run through the official OpenTelemetry SDK. Loaded only if a collector is configured. */

import type { Clock, EventSink } from '../../core/ports.ts';
import { trimTail } from '../../util/text/trim-edges.ts';
import { recordEvents } from './record-events.ts';
import { createSpans } from './spans.ts';

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
  const spans = createSpans(api, tracing.getTracer('blogger', version));
  return {
    sink: recordEvents(spans, metering.getMeter('blogger', version)),
    async [Symbol.asyncDispose]() {
      const patience = new AbortController();
      const late = clock.sleep(FLUSH_MS, patience.signal).catch(() => {}); // cut short below
      await Promise.race([Promise.allSettled([tracing.shutdown(), metering.shutdown()]), late]);
      patience.abort();
    },
  };
}
