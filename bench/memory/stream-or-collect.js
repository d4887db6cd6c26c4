/** blogger's crawler and extraction in one process, page by page (`stream`) or all pages first and then all articles (`collect`), as most scripts do. */

import { extractArticle } from '../../dist/stages/extract/extract-article.js';
import { openBenchCrawler } from '../tools/open-bench-crawler.js';

const [list, how] = process.argv.slice(2);
const { pages, close } = openBenchCrawler(list);
if (how === 'stream') {
  for await (const page of pages) print(extractArticle(page));
} else {
  const all = [];
  for await (const page of pages) all.push(page);
  const articles = all.map((page) => extractArticle(page));
  for (const article of articles) print(article);
}
await close();

function print({ url, text }) {
  process.stdout.write(`${JSON.stringify({ url, chars: text.length, status: 'ok' })}\n`);
}
