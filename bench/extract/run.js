// Quality of extraction on labelled pages (4-token shingles, the measure of scrapinghub/article-extraction-benchmark) and its cost
// beside plain Readability on linkedom and Defuddle in the same run.
// Usage: node bench/extract/run.js FOLDER [--worst], with truth.json and pages/ID.html.gz in it; without FOLDER that of BENCH_EXTRACT_PAGES.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { extractArticle } from '../../dist/stages/extract/extract-article.js';
import { installPeers } from '../peers/install-peers.js';
import { median } from '../tools/median.js';
import { printPromise, skipPromise } from '../tools/promise.js';

const PROMISE = 'extract-quality';
const folder = process.argv.slice(2).find((argument) => !argument.startsWith('--')) ?? process.env.BENCH_EXTRACT_PAGES;
if (folder === undefined || folder === '') {
  const cause = 'no labelled pages: set BENCH_EXTRACT_PAGES to a folder with truth.json and pages/ID.html.gz';
  console.log(`skipped: ${cause}`);
  skipPromise(PROMISE, cause);
  process.exit(0);
}
const truth = JSON.parse(await readFile(join(folder, 'truth.json'), 'utf8'));
installPeers();
const { Defuddle } = await import('../peers/defuddle.js');
const contenders = { blogger: byBlogger, 'Readability on linkedom': byReadability, 'Defuddle on linkedom': byDefuddle };
const scores = Object.fromEntries(
  Object.keys(contenders).map((name) => [name, { precision: [], recall: [], ms: [], crashes: 0, worst: [] }]),
);

for (const [id, { url, text }] of Object.entries(truth)) {
  const html = gunzipSync(await readFile(join(folder, 'pages', `${id}.html.gz`))).toString('utf8');
  for (const [name, extract] of Object.entries(contenders)) {
    const score = scores[name];
    const startedAt = performance.now();
    let answer = '';
    try {
      answer = await extract(html, url);
    } catch {
      score.crashes += 1;
    }
    score.ms.push(performance.now() - startedAt);
    const { tp, fp, fn } = compare(shingles(text), shingles(answer));
    if (tp + fp > 0) score.precision.push(tp / (tp + fp));
    if (tp + fn > 0) score.recall.push(tp / (tp + fn));
    score.worst.push({
      id,
      f1: (2 * tp) / (2 * tp + fp + fn || 1),
      precision: tp / (tp + fp || 1),
      recall: tp / (tp + fn || 1),
    });
  }
}

const base = median(scores['Readability on linkedom'].ms);
const quality = {};
for (const [name, { precision, recall, ms, crashes, worst }] of Object.entries(scores)) {
  const [p, r] = [mean(precision), mean(recall)];
  quality[name] = (2 * p * r) / (p + r);
  console.log(
    `${name.padEnd(26)} F1 ${quality[name].toFixed(3)}  precision ${p.toFixed(3)}  recall ${r.toFixed(3)}  time ${(median(ms) / base).toFixed(2)}x  failed ${crashes}`,
  );
  if (process.argv.includes('--worst')) {
    for (const one of worst.sort((a, b) => a.f1 - b.f1).slice(0, 25))
      console.log(
        `    ${one.id}  F1 ${one.f1.toFixed(2)}  P ${one.precision.toFixed(2)}  R ${one.recall.toFixed(2)}  ${truth[one.id].url}`,
      );
  }
}

const { blogger, ...peers } = quality;
const lead = blogger - Math.max(...Object.values(peers));
printPromise(PROMISE, { figure: `${lead.toFixed(3)} above, ${Object.keys(truth).length} pages`, holds: lead >= 0.015 });

function byBlogger(html, url) {
  return extractArticle({
    url,
    finalUrl: url,
    contentType: 'text/html',
    body: html,
    fetchedAt: '',
    policy: { allowed: true, policy: 'respect' },
  }).text;
}

function byReadability(html, url) {
  const { document } = parseHTML(html);
  return new Readability(document, { url }).parse()?.textContent ?? '';
}

async function byDefuddle(html, url) {
  const { document } = parseHTML(html);
  const { content } = await Defuddle(document, url, { useAsync: false });
  return parseHTML(`<html><body>${content}</body></html>`).document.body.textContent;
}

function shingles(text) {
  const tokens = text.match(/[\p{L}\p{N}_]+/gu) ?? [];
  const counts = new Map();
  for (let index = 0; index + 4 <= tokens.length; index += 1) {
    const shingle = tokens.slice(index, index + 4).join(' ');
    counts.set(shingle, (counts.get(shingle) ?? 0) + 1);
  }
  return counts;
}

/** Shares of one page, as the benchmark divides them. */
function compare(wanted, given) {
  let [tp, fp, fn] = [0, 0, 0];
  for (const shingle of new Set([...wanted.keys(), ...given.keys()])) {
    const [a, b] = [wanted.get(shingle) ?? 0, given.get(shingle) ?? 0];
    tp += Math.min(a, b);
    fp += Math.max(0, b - a);
    fn += Math.max(0, a - b);
  }
  const sum = tp + fp + fn || 1;
  return { tp: tp / sum, fp: fp / sum, fn: fn / sum };
}

function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
}
