/** Crawlee's CheerioCrawler with our number of pages in flight, parsing only. Prints one line for each page. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(new URL('../../peers/package.json', import.meta.url));
const { CheerioCrawler, Configuration, log } = require('@crawlee/cheerio');

log.setLevel(log.LEVELS.OFF);
const concurrency = Number(process.env.BENCH_CONCURRENCY);
const urls = readFileSync(process.argv[2], 'utf8').trim().split('\n');
const crawler = new CheerioCrawler(
  {
    minConcurrency: concurrency,
    maxConcurrency: concurrency,
    maxRequestRetries: 2,
    respectRobotsTxtFile: process.env.BENCH_ROBOTS === '1',
    async requestHandler({ $, request }) {
      process.stdout.write(
        `${JSON.stringify({ url: request.url, title: $('title').text(), chars: $('body').text().length, status: 'ok' })}\n`,
      );
    },
  },
  new Configuration({ persistStorage: false, purgeOnStart: true, availableMemoryRatio: 1 }),
);
await crawler.run(urls);
