/** `/metrics`, `/healthz` and `/readyz` of one process. */

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BloggerError } from '../../core/errors.ts';
import type { QueueDepth } from '../../core/figures/queue-depth.ts';
import type { Clock, EventSink } from '../../core/ports.ts';
import { answeredWithin } from '../../util/async/answered-within.ts';
import { nodeErrorCode } from '../../util/files/node-errors.ts';
import { countEvents, createInFlight, type InFlight } from './count-events.ts';
import { createMetricRegistry, type MetricRegistry } from './metric-registry.ts';

interface TierFigures {
  readonly tier: string;
  readonly hits: number;
  readonly staleHits: number;
  readonly misses: number;
  readonly entries: number;
  readonly bytes: number;
}

export interface MetricsOptions {
  readonly port: number;
  readonly address: string;
  readonly version: string;
  readonly clock: Clock;
  /** Read at each scrape. */
  readonly readQueues: () => Promise<readonly QueueDepth[]>;
  readonly readCache: () => Promise<readonly TierFigures[]>;
}

export interface MetricsServer extends AsyncDisposable {
  readonly sink: EventSink;
  readonly url: string;
}

/** A scrape answers before Prometheus gives up (10 s by default), also while Redis is frozen. */
const READ_MS = 2000;

/** Starts the server; throws `CONFIG_INVALID` when the address cannot be listened on. */
export async function openMetrics(options: MetricsOptions): Promise<MetricsServer> {
  const metrics = createMetricRegistry('live');
  const inFlight = createInFlight();
  metrics.set('blogger_build_info', 1, { version: options.version, node: process.versions.node });
  const server = createServer((request, response) => {
    void answer(request.method ?? '', request.url ?? '', { metrics, inFlight, options }).then(
      ({ status, type = 'text/plain; charset=utf-8', text }) =>
        response.writeHead(status, { 'content-type': type }).end(request.method === 'HEAD' ? '' : text),
      () => response.writeHead(500).end(),
    );
  });
  await listen(server, options);
  const { port } = server.address() as AddressInfo; // a TCP server
  return {
    sink: countEvents(metrics, inFlight),
    url: `http://${options.address.includes(':') ? `[${options.address}]` : options.address}:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

interface Answer {
  readonly status: number;
  readonly type?: string;
  readonly text: string;
}

interface Parts {
  readonly metrics: MetricRegistry;
  readonly inFlight: InFlight;
  readonly options: MetricsOptions;
}

async function answer(method: string, url: string, parts: Parts): Promise<Answer> {
  if (method !== 'GET' && method !== 'HEAD') return { status: 405, text: 'Only GET and HEAD are answered.\n' };
  const [path] = url.split('?', 1);
  if (path === '/healthz') return { status: 200, text: 'ok\n' };
  if (path === '/readyz') {
    const reason = await notReady(parts);
    return reason === undefined ? { status: 200, text: 'ready\n' } : { status: 503, text: `not ready: ${reason}\n` };
  }
  if (path !== '/metrics') return { status: 404, text: 'There are /metrics, /healthz and /readyz.\n' };
  await refresh(parts);
  return { status: 200, type: parts.metrics.contentType, text: await parts.metrics.render() };
}

/** Why the process takes no work now; undefined when it does. */
async function notReady({ inFlight, options }: Parts): Promise<string | undefined> {
  if (inFlight.phase !== 'running') return `the run is ${inFlight.phase}`;
  const queues = await within(options.readQueues(), options.clock);
  return queues === undefined ? 'the job queue does not answer' : undefined;
}

async function refresh(parts: Parts): Promise<void> {
  const { metrics, inFlight, options } = parts;
  const now = options.clock.now();
  const [queues, cache] = await Promise.all([
    within(options.readQueues(), options.clock),
    within(options.readCache(), options.clock),
  ]);
  metrics.add('blogger_scrape_failures_total', Number(queues === undefined || cache === undefined));
  metrics.set('blogger_ready', Number(inFlight.phase === 'running' && queues !== undefined));
  metrics.set('blogger_in_flight', inFlight.pages.size, { stage: 'crawl' });
  metrics.set('blogger_in_flight', inFlight.calls.size, { stage: 'write' });
  metrics.set('blogger_vendor_batches', inFlight.batches.size);
  metrics.set('blogger_oldest_vendor_batch_age_seconds', age(minimum(inFlight.batches.values()), now));
  setQueues(metrics, queues ?? [], now);
  setCache(metrics, cache ?? []);
}

function setQueues(metrics: MetricRegistry, queues: readonly QueueDepth[], now: number): void {
  // What is not known now is absent: an old figure would look like a fresh one.
  for (const name of ['jobs', 'oldest_waiting_job_age_seconds', 'oldest_failed_job_age_seconds', 'workers'] as const)
    metrics.clear(`blogger_${name}`);
  for (const { queue, byState, oldestWaitingAt, oldestFailedAt, workers } of queues) {
    for (const [state, count] of Object.entries(byState)) metrics.set('blogger_jobs', count, { queue, state });
    metrics.set('blogger_oldest_waiting_job_age_seconds', age(oldestWaitingAt, now), { queue });
    metrics.set('blogger_oldest_failed_job_age_seconds', age(oldestFailedAt, now), { queue });
    if (workers !== undefined) metrics.set('blogger_workers', workers, { queue });
  }
}

function setCache(metrics: MetricRegistry, tiers: readonly TierFigures[]): void {
  for (const { tier, hits, staleHits, misses, entries, bytes } of tiers) {
    metrics.set('blogger_cache_reads_total', hits, { tier, result: 'hit' });
    metrics.set('blogger_cache_reads_total', staleHits, { tier, result: 'stale' });
    metrics.set('blogger_cache_reads_total', misses, { tier, result: 'miss' });
    metrics.set('blogger_cache_entries', entries, { tier });
    metrics.set('blogger_cache_bytes', bytes, { tier });
  }
}

function minimum(values: Iterable<number>): number | undefined {
  let least: number | undefined;
  for (const value of values) least = least === undefined ? value : Math.min(least, value);
  return least;
}

function age(at: number | undefined, now: number): number {
  return at === undefined ? 0 : Math.max(0, now - at) / 1000;
}

async function within<T>(reading: Promise<T>, clock: Clock): Promise<T | undefined> {
  return await answeredWithin(reading, { ms: READ_MS, who: 'the store', clock }).catch(() => undefined);
}

async function listen(server: Server, { port, address }: MetricsOptions): Promise<void> {
  try {
    await new Promise<void>((done, fail) => {
      server.once('error', fail);
      server.listen(port, address, done);
    });
  } catch (error) {
    throw new BloggerError(`Cannot serve metrics on ${address}:${port} (${nodeErrorCode(error) ?? String(error)})`, {
      code: 'CONFIG_INVALID',
      hint: 'Give another --metrics-port or --metrics-address; each process on a machine needs a port of its own.',
      cause: error,
    });
  }
}
