/** blogger's crawler alone, without extraction, to see what manners cost. Prints one line for each page. */

import { readFileSync } from 'node:fs';
import { keepProcessLean } from '../../../dist/cli/lean-process.js';
import { openHttpFetcher } from '../../../dist/services/http/http-fetcher.js';
import { openHostLimits } from '../../../dist/stages/crawl/hosts/host-limits.js';
import { createPageReader } from '../../../dist/stages/crawl/page-reader.js';
import { PriorityCrawler } from '../../../dist/stages/crawl/priority-crawler.js';
import { systemClock } from '../../../dist/util/clock.js';
import { systemRandom } from '../../../dist/util/random.js';

keepProcessLean(); // as the bin does
const perHost = 2;
const fetcher = openHttpFetcher({ allowPrivate: true, userAgent: 'blogger-bench/1' });
const limits = openHostLimits({ perHost });
const nothing = { get: async () => undefined, set: async () => {}, delete: async () => false, async *iterate() {} };
const reader = createPageReader({
  fetcher,
  store: nothing,
  limits,
  clock: systemClock,
  random: systemRandom,
  emit: () => {},
  settings: {
    perHost,
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
const urls = readFileSync(process.argv[2], 'utf8').trim().split('\n');
const entries = urls.map((url, index) => ({
  index,
  url: url.split('#')[0],
  original: url,
  priority: 'medium',
  keywords: [],
  position: { file: 'bench', line: index + 1 },
}));
const crawler = new PriorityCrawler({ reader, perHost, maxConcurrent: Number(process.env.BENCH_CONCURRENCY) });
for await (const page of crawler.crawl(entries)) process.stdout.write(`${JSON.stringify({ url: page.url, chars: page.body.length, status: 'ok' })}\n`);
await limits[Symbol.asyncDispose]();
await fetcher[Symbol.asyncDispose]();
