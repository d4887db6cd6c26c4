/** blogger's crawler alone, without extraction, to see what manners cost. Prints one line for each page. */

import { openBenchCrawler } from '../../tools/open-bench-crawler.js';

const { pages, close } = openBenchCrawler(process.argv[2]);
for await (const page of pages)
  process.stdout.write(`${JSON.stringify({ url: page.url, chars: page.body.length, status: 'ok' })}\n`);
await close();
