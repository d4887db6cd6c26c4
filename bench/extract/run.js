// Quality and cost of extraction on labelled pages, beside Readability, Defuddle, dom-smoothie and, where it is installed, Trafilatura.
// Usage: node bench/extract/run.js [FOLDER…] [--part decides|work|all] [--fold N] [--only NAME] [--worst]
// FOLDER holds truth.json and pages/ID.html.gz, with whole texts or snippets; without FOLDER those of BENCH_EXTRACT_PAGES (a list as in PATH).
// Everybody's text is read by blocks. Of whole texts the fifth of the hosts that decides is measured (split.js), of snippets all pages.

import { delimiter } from 'node:path';
import { parseArgs } from 'node:util';
import { printPromise, skipPromise } from '../tools/promise.js';
import { CONTENDERS, closeContenders } from './contenders.js';
import { compareTexts, countHeadings, countSnippets, METADATA, scoreMetadata, summarize } from './measure.js';
import { languageOf, readHtml, readLabelled } from './read-labelled.js';
import { decides, foldOf } from './split.js';

const PROMISE = 'extract-quality';
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    fold: { type: 'string' },
    part: { type: 'string' },
    only: { type: 'string' },
    worst: { type: 'boolean', default: false },
  },
});
const folders =
  positionals.length > 0
    ? positionals
    : (process.env.BENCH_EXTRACT_PAGES ?? '').split(delimiter).filter((folder) => folder !== '');
if (folders.length === 0) {
  const cause = 'no labelled pages: set BENCH_EXTRACT_PAGES to folders with truth.json and pages/ID.html.gz';
  console.log(`skipped: ${cause}`);
  skipPromise(PROMISE, cause);
  process.exit(0);
}
const contenders = Object.entries(CONTENDERS).filter(([name]) => options.only === undefined || name === options.only);

const leads = [];
for (const folder of folders) leads.push(await measureFolder(folder));
closeContenders();
if (options.only === undefined) {
  printPromise(PROMISE, {
    figure: leads.map(({ lead, name, pages }) => `${lead.toFixed(3)} above on ${pages} pages of ${name}`).join(', '),
    holds: leads.every(({ lead }) => lead >= 0.015),
  });
}

async function measureFolder(folder) {
  const { name, form, pages } = await readLabelled(folder);
  const part = options.part ?? (form === 'texts' ? 'decides' : 'all');
  const chosen = pages.filter(
    ({ url }) =>
      (part === 'all' || decides(url) === (part === 'decides')) &&
      (options.fold === undefined || foldOf(url) === Number(options.fold)),
  );
  const rows = Object.fromEntries(contenders.map(([contender]) => [contender, []]));
  for (const page of chosen) {
    const html = await readHtml(folder, page);
    const lang = languageOf(page, html);
    for (const [contender, extract] of contenders) {
      rows[contender].push({ ...page, lang, ...(await measurePage(page, html, extract)) });
    }
  }
  console.log(
    `${name}: ${chosen.length} pages, ${part === 'all' ? 'all' : `those of the hosts to ${part === 'work' ? 'work on' : 'decide by'}`}`,
  );
  const base = cpuOf(rows['Readability on linkedom'] ?? Object.values(rows)[0]);
  for (const [contender, measured] of Object.entries(rows)) printContender(contender, measured, { form, base });
  const [own, ...peers] = Object.values(rows).map((measured) => summarize(measured, form).f1);
  return { name, pages: chosen.length, lead: own - Math.max(0, ...peers) };
}

async function measurePage(page, html, extract) {
  const startedAt = process.cpuUsage();
  let answer = { text: '' };
  let crashed = false;
  try {
    answer = await extract(html, page.url);
  } catch (error) {
    crashed = error?.code !== 'EXTRACT_FAILED';
  }
  const { user, system } = process.cpuUsage(startedAt);
  const counts = page.form === 'texts' ? compareTexts(page.text, answer.text) : countSnippets(page, answer.text);
  const headings = page.form === 'texts' ? countHeadings(page, html, answer) : { wanted: 0, kept: 0 };
  return { ...counts, answer, headings, crashed, cpuMs: answer.cpuMs ?? (user + system) / 1000 };
}

function printContender(contender, rows, { form, base }) {
  console.log(
    `\n${contender}\n  ${shares(rows, form)}  CPU a page ${(cpuOf(rows) / base).toFixed(2)}x Readability  crashed ${rows.filter(({ crashed }) => crashed).length}`,
  );
  for (const key of form === 'texts' ? ['type', 'lang'] : ['lang']) printGroups(rows, key, form);
  if (form === 'texts') {
    const wanted = sumOf(rows, ({ headings }) => headings.wanted);
    const lost = 100 * (1 - sumOf(rows, ({ headings }) => headings.kept) / (wanted || 1));
    console.log(`  headings of the truth lost ${lost.toFixed(1)} % of ${wanted}`);
    for (const [type, members] of groupsOf(rows, 'type')) {
      const own = sumOf(members, ({ headings }) => headings.wanted);
      const keptOwn = sumOf(members, ({ headings }) => headings.kept);
      if (own >= 50)
        console.log(`    ${String(type).padEnd(14)} ${(100 * (1 - keptOwn / own)).toFixed(1)} % of ${own}`);
    }
    console.log(`  metadata F1: ${metadataOf(rows)}`);
    console.log(`    article        ${metadataOf(rows.filter(({ type }) => type === 'article'))}`);
  }
  const refused = rows.filter(({ answer }) => answer.takenFor !== undefined);
  if (refused.length > 0) {
    console.log(`  not taken for an article: ${refused.length} of ${rows.length}`);
    for (const [kind, members] of groupsOf(refused, 'type'))
      console.log(
        `    ${kind ?? 'page'} ${members.length}: ${members.map(({ id, answer }) => `${id} ${answer.takenFor}`).join(', ')}`,
      );
  }
  if (options.worst) for (const row of worstOf(rows)) console.log(`    ${row}`);
}

function metadataOf(rows) {
  const figures = Object.entries(METADATA).map(([field, rule]) => {
    const pairs = rows.map((row) => ({ wanted: row[field], given: row.answer[field] }));
    return `${field} ${scoreMetadata(pairs, rule).toFixed(3)}`;
  });
  return figures.join('  ');
}

/** Groups of fewer than eight pages say nothing. */
function printGroups(rows, key, form) {
  for (const [group, members] of [...groupsOf(rows, key)].sort((a, b) => b[1].length - a[1].length)) {
    if (members.length >= 8)
      console.log(`    ${String(group).padEnd(14)} ${String(members.length).padStart(4)}  ${shares(members, form)}`);
  }
}

function worstOf(rows) {
  const scored = rows.map((row) => ({ ...row, f1: (2 * row.tp) / (2 * row.tp + row.fp + row.fn || 1) }));
  return scored
    .sort((a, b) => a.f1 - b.f1)
    .slice(0, 30)
    .map(
      ({ id, f1, tp, fp, fn, type = '', url }) =>
        `${id}  F1 ${f1.toFixed(2)}  P ${(tp / (tp + fp || 1)).toFixed(2)}  R ${(tp / (tp + fn || 1)).toFixed(2)}  ${type}  ${url}`,
    );
}

function shares(rows, form) {
  const { precision, recall, f1 } = summarize(rows, form);
  return `F1 ${f1.toFixed(3)}  precision ${precision.toFixed(3)}  recall ${recall.toFixed(3)}`;
}

function cpuOf(rows) {
  return sumOf(rows, ({ cpuMs }) => cpuMs) / (rows.length || 1);
}

function sumOf(rows, read) {
  return rows.reduce((sum, row) => sum + read(row), 0);
}

function groupsOf(rows, key) {
  const groups = new Map();
  for (const row of rows) groups.set(row[key], [...(groups.get(row[key]) ?? []), row]);
  return groups;
}
