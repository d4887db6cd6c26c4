/** State, cache, queue, jobs, metrics, log and exit code. */

import { isIP } from 'node:net';
import { z } from 'zod';
import { count, HOUR_MS, WEB_ADDRESS } from './shapes.ts';

const jobs = z.strictObject({
  workers: count(1, 64)
    .default(4)
    .meta({ description: 'Batches in flight at once', flag: '-w, --workers <n>', env: 'BLOGGER_WORKERS' }),
  queueSize: count(1, 1_000_000).default(100).meta({
    description: 'Waiting jobs at which crawling pauses',
    flag: '--queue-size <n>',
    env: 'BLOGGER_QUEUE_SIZE',
  }),
  attempts: count(1, 20)
    .default(3)
    .meta({ description: 'Attempts per job before it is FAILED', flag: '--attempts <n>', env: 'BLOGGER_ATTEMPTS' }),
  leaseMs: count(1000, HOUR_MS).default(30_000).meta({
    description: 'Milliseconds without a heartbeat after which a job goes to another worker',
    flag: '--lease <ms>',
    env: 'BLOGGER_LEASE',
  }),
  keep: count(0, 10_000_000).default(10_000).meta({
    description: 'Finished jobs kept in the history; source texts are kept for as many posts',
    flag: '--keep-jobs <n>',
    env: 'BLOGGER_KEEP_JOBS',
  }),
});

const cache = z.strictObject({
  ttl: count(0, 31_536_000).default(86_400).meta({
    description: 'Seconds for which a cached page is used without revalidation',
    flag: '--cache-ttl <s>',
    env: 'BLOGGER_CACHE_TTL',
  }),
  maxBytes: count(1_048_576, 1_099_511_627_776).default(536_870_912).meta({
    description: 'Maximum size of the cache file in bytes',
    flag: '--cache-max-bytes <n>',
    env: 'BLOGGER_CACHE_MAX_BYTES',
  }),
  memoryBytes: count(65_536, 17_179_869_184).default(1_048_576).meta({
    description: 'Maximum size of the cache in memory in bytes',
    flag: '--cache-memory <n>',
    env: 'BLOGGER_CACHE_MEMORY',
  }),
  prefix: z
    .string()
    .regex(/^[\w:.-]*$/, 'letters, digits and : . _ -')
    .default('blogger:')
    .meta({
      description: 'Key prefix in a shared Redis',
      flag: '--cache-prefix <text>',
      env: 'BLOGGER_CACHE_PREFIX',
    }),
  timeoutMs: count(10, 60_000).default(250).meta({
    description: 'Timeout of one request to the shared cache in milliseconds',
    flag: '--cache-timeout <ms>',
    env: 'BLOGGER_CACHE_TIMEOUT',
  }),
});

const metrics = z.strictObject({
  textfile: z.string().min(1).optional().meta({
    description: 'Prometheus text file written at the end of a run',
    flag: '--metrics-file <file>',
    env: 'BLOGGER_METRICS_FILE',
  }),
  port: count(1, 65_535).optional().meta({
    description: 'Serve /metrics, /healthz and /readyz on this port while a command runs',
    flag: '--metrics-port <port>',
    env: 'BLOGGER_METRICS_PORT',
  }),
  address: z
    .string()
    .refine((text) => isIP(text) !== 0, 'an IP address')
    .default('127.0.0.1')
    .meta({
      description: 'Address to serve metrics on; anything but loopback is readable by the network',
      flag: '--metrics-address <ip>',
      env: 'BLOGGER_METRICS_ADDRESS',
    }),
  otlpEndpoint: z
    .string()
    .regex(...WEB_ADDRESS)
    .optional()
    .meta({
      description: 'OpenTelemetry collector (OTLP over HTTP) for spans and metrics',
      flag: '--otlp-endpoint <url>',
      env: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    }),
});

export const operation = {
  state: z
    .string()
    .min(1)
    .default('.blogger')
    .meta({ description: 'Folder for cache, jobs, ledger and runs', flag: '--state <folder>', env: 'BLOGGER_STATE' }),
  redisUrl: z.string().min(1).optional().meta({
    description:
      'Redis or PostgreSQL (`postgres://`) for what several machines share: cache, job queue, limits; default: local files',
    env: 'REDIS_URL',
    secret: true,
  }),
  jobKey: z.string().min(16).optional().meta({
    description: 'Key that signs the jobs and answers of a shared queue; the run and its workers need the same key',
    env: 'BLOGGER_JOB_KEY',
    secret: true,
  }),
  queue: z.enum(['local', 'redis', 'postgres']).default('local').meta({
    description: 'Where the work runs: in this process, or on `blogger worker` machines through the store in REDIS_URL',
    flag: '--queue <where>',
    env: 'BLOGGER_QUEUE',
  }),
  jobs: jobs.prefault({}),
  cache: cache.prefault({}),
  metrics: metrics.prefault({}),
  screenReader: z.boolean().default(false).meta({
    description: 'Progress as plain lines for screen readers, also on a terminal: no live view, no bar',
    flag: '--screen-reader',
    env: 'INK_SCREEN_READER',
  }),
  logLevel: z
    .enum(['silent', 'error', 'warn', 'info', 'debug'])
    .default('warn')
    .meta({ description: 'Log level', flag: '--log-level <level>', env: 'BLOGGER_LOG_LEVEL' }),
  logFile: z.string().min(1).optional().meta({
    description: 'File for the log instead of standard error',
    flag: '--log-file <file>',
    env: 'BLOGGER_LOG_FILE',
  }),
  failOn: z
    .string()
    .regex(/^(any|all|\d{1,3}%)$/, 'any, all or a share such as 10%')
    .default('any')
    .meta({
      description: 'Failures that set exit code 3: `any`, `all` or a share such as `10%`',
      flag: '--fail-on <share>',
      env: 'BLOGGER_FAIL_ON',
    }),
};
