// Title, author and date of labelled pages, beside what their labels say: precision, recall and F1 on the fifth of the sites that decides
// (the split of bench/extract), and with --work on the four fifths that rules may be tuned on.
// Usage: node bench/extract-metadata/run.js FOLDER [--work] [--worst]; without FOLDER that of BENCH_EXTRACT_PAGES.

import { extractArticle } from '../../dist/stages/extract/extract-article.js';
import { readHtml, readLabelled } from '../extract/read-labelled.js';
import { decides } from '../extract/split.js';
import { printPromise, skipPromise } from '../tools/promise.js';

const PROMISE = 'extract-metadata';
const folder = process.argv.slice(2).find((argument) => !argument.startsWith('--')) ?? process.env.BENCH_EXTRACT_PAGES;
if (folder === undefined || folder === '') {
  const cause = 'no labelled pages: set BENCH_EXTRACT_PAGES to a folder with truth.json and pages/ID.html.gz';
  console.log(`skipped: ${cause}`);
  skipPromise(PROMISE, cause);
  process.exit(0);
}
const wantsWork = process.argv.includes('--work');
const { pages } = await readLabelled(folder);
const chosen = pages.filter(({ url }) => decides(url) !== wantsWork);

const FIELDS = {
  title: { said: ({ title }) => title, given: ({ title }) => title, isRight: sameWords },
  author: { said: ({ author }) => author, given: ({ author }) => author, isRight: sameNames },
  date: {
    said: ({ date }) => date?.slice(0, 10),
    given: ({ publishedAt }) => publishedAt?.slice(0, 10),
    isRight: (said, given) => said === given,
  },
};
const counts = Object.fromEntries(
  Object.keys(FIELDS).map((name) => [name, { right: 0, given: 0, said: 0, worst: [] }]),
);

for (const page of chosen) {
  const article = read(await readHtml(folder, page), page.url);
  for (const [name, { said: labelOf, given: answerOf, isRight }] of Object.entries(FIELDS)) {
    const count = counts[name];
    const said = labelOf(page) || undefined;
    const given = article === undefined ? undefined : answerOf(article);
    if (said !== undefined) count.said += 1;
    if (given !== undefined) count.given += 1;
    if (said !== undefined && given !== undefined && isRight(said, given)) count.right += 1;
    else if (said !== given) count.worst.push({ id: page.id, type: page.type, said, given, url: page.url });
  }
}

const scores = {};
console.log(`${chosen.length} pages of ${wantsWork ? 'the four fifths to work on' : 'the fifth that decides'}`);
for (const [name, { right, given, said, worst }] of Object.entries(counts)) {
  const [precision, recall] = [right / (given || 1), right / (said || 1)];
  scores[name] = (2 * precision * recall) / (precision + recall || 1);
  console.log(
    `${name.padEnd(8)} F1 ${scores[name].toFixed(3)}  precision ${precision.toFixed(3)}  recall ${recall.toFixed(3)}`,
  );
  if (process.argv.includes('--worst') && wantsWork)
    for (const one of worst) console.log(`   ${name} ${JSON.stringify(one)}`);
}
printPromise(PROMISE, {
  figure: `title ${scores.title.toFixed(3)}, author ${scores.author.toFixed(3)}, date ${scores.date.toFixed(3)}`,
  holds: scores.title >= 0.9 && scores.author >= 0.75 && scores.date >= 0.85,
});

function read(html, url) {
  try {
    return extractArticle({
      url,
      finalUrl: url,
      contentType: 'text/html',
      body: html,
      fetchedAt: '',
      policy: { allowed: true, policy: 'respect' },
    });
  } catch {
    return undefined; // a page without text has no metadata either
  }
}

function words(text) {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

function sameWords(said, given) {
  return words(said).join(' ') === words(given).join(' ');
}

/** Labels keep degrees and roles in some names and not in others: four fifths of the words have to be the same. */
function sameNames(said, given) {
  const [a, b] = [new Set(words(said)), new Set(words(given))];
  const both = [...a].filter((word) => b.has(word)).length;
  return (2 * both) / (a.size + b.size) >= 0.8;
}
