/** blogger's crawler without cache and command line, over a list; BENCH_CONCURRENCY pages in flight, two a host. */

import { readFileSync } from 'node:fs';
import { keepProcessLean } from '../../dist/cli/process/lean-process.js';
import { openHttpFetcher } from '../../dist/services/http/http-fetcher.js';
import { openHostLimits } from '../../dist/stages/crawl/hosts/host-limits.js';
import { createPageReader } from '../../dist/stages/crawl/page-reader.js';
import { PriorityCrawler } from '../../dist/stages/crawl/priority-crawler.js';
import { systemClock } from '../../dist/util/clock.js';
import { systemRandom } from '../../dist/util/random.js';

const PER_HOST = 2;

export function openBenchCrawler(list) {
  keepProcessLean(); // as the bin does
  const fetcher = openHttpFetcher({ allowPrivate: true, userAgent: 'blogger-bench/1' });
  const limits = openHostLimits({ perHost: PER_HOST });
  const reader = createPageReader({
    fetcher,
    limits,
    store: { get: async () => undefined, set: async () => {}, delete: async () => false, async *iterate() {} },
    clock: systemClock,
    random: systemRandom,
    emit: () => {},
    settings: {
      perHost: PER_HOST,
      delayMs: 0,
      maxDelayMs: 30_000,
      timeoutMs: 30_000,
      attempts: 3,
      maxBytes: 10_485_760,
      maxRedirects: 5,
      cacheTtlMs: 0,
      robots: true,
      aiPolicy: 'respect',
      userAgent: 'blogger-bench',
    },
  });
  const entries = readFileSync(list, 'utf8')
    .trim()
    .split('\n')
    .map((url, index) => ({
      index,
      url: url.split('#')[0],
      original: url,
      priority: 'medium',
      keywords: [],
      position: { file: 'bench', line: index + 1 },
    }));
  const crawler = new PriorityCrawler({
    reader,
    perHost: PER_HOST,
    maxConcurrent: Number(process.env.BENCH_CONCURRENCY),
  });
  return {
    pages: crawler.crawl(entries),
    async close() {
      await limits[Symbol.asyncDispose]();
      await fetcher[Symbol.asyncDispose]();
    },
  };
}
