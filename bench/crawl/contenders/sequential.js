/** The loop that everybody writes first: fetch, parse, next. Prints one line for each page. */

import { readFileSync } from 'node:fs';
import { load } from 'cheerio';

for (const url of readFileSync(process.argv[2], 'utf8').trim().split('\n')) {
  const response = await fetch(url);
  if (!response.ok) continue;
  const $ = load(await response.text());
  process.stdout.write(
    `${JSON.stringify({ url, title: $('title').text(), chars: $('body').text().length, status: 'ok' })}\n`,
  );
}
