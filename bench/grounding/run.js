// How many planted falsehoods the check finds, and how many true facts it flags, on fixtures/grounding/posts.json.

import { readFile } from 'node:fs/promises';
import { findDates } from '../../dist/stages/check/dates/dates.js';
import { checkGrounding, locateFacts } from '../../dist/stages/check/grounding/check-grounding.js';
import { findQuotes } from '../../dist/stages/check/grounding/quotes.js';
import { readQuantities } from '../../dist/stages/check/quantities/read-quantities.js';
import { printPromise } from '../tools/promise.js';

const { sources, posts } = JSON.parse(
  await readFile(new URL('../../fixtures/grounding/posts.json', import.meta.url), 'utf8'),
);
const found = {};
let facts = 0;
let flagged = 0;
for (const post of posts) {
  const source = sources.find(({ name }) => name === post.source);
  const findings = checkGrounding(
    locateFacts({ content: { title: post.title, description: '', body: post.body }, brief: { articles: [source] } }),
  );
  if (post.kind === 'true') {
    facts += readQuantities(post.body, 'en', []).length + findDates(post.body).length + findQuotes(post.body).length;
    const wrong = findings.filter(({ severity }) => severity === 'error');
    flagged += wrong.length;
    if (process.argv.includes('--verbose'))
      for (const { message, excerpt } of wrong) console.log('flagged though true:', message, '|', excerpt);
  }
  for (const { kind, text } of post.planted) {
    found[kind] ??= { planted: 0, found: 0 };
    const tally = found[kind];
    tally.planted += 1;
    const hit = findings.some(
      ({ message }) => message.includes(text) || text.includes(/"(.*)"/s.exec(message)?.[1] ?? '\u0000'),
    );
    if (hit) tally.found += 1;
    else if (process.argv.includes('--verbose')) console.log('missed:', kind, text, '|', post.source);
  }
}
for (const [kind, tally] of Object.entries(found))
  console.log(
    `${kind}: ${tally.found} of ${tally.planted} planted were found (${((tally.found / tally.planted) * 100).toFixed(1)} %)`,
  );
const errors = ['number', 'date', 'quote'].map((kind) => found[kind] ?? { planted: 0, found: 0 });
const recall =
  errors.reduce((sum, tally) => sum + tally.found, 0) / errors.reduce((sum, tally) => sum + tally.planted, 0);
console.log(`numbers, dates and quotations together: ${(recall * 100).toFixed(1)} % found (at least 95)`);
console.log(`true posts: ${flagged} of ${facts} facts flagged (${((flagged / facts) * 100).toFixed(1)} %, at most 2)`);
printPromise('grounding', {
  figure: `${(recall * 100).toFixed(1)} % found, ${((flagged / facts) * 100).toFixed(1)} % flagged though true`,
  holds: recall >= 0.95 && flagged / facts <= 0.02,
});
