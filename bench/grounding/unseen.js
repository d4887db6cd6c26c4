// How much of the false is found, and of the true flagged, on sentences of real texts changed by operators. Operators and texts are each
// split in two by the hash of their name and host; rules are written with one half in view, and only the other half is quoted.
// Usage: node bench/grounding/unseen.js FOLDER… [--seen] [--batch=first|second] [--judge=0.8,0.03] [--verbose]
// `--judge`: statements are also judged by a scripted model that finds this share of the false and warns of this share of the true.
// A folder holds truth.json: { id: { url, title, text, lang? } }

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkGrounding, locateFacts } from '../../dist/stages/check/grounding/check-grounding.js';
import { indexSources } from '../../dist/stages/check/grounding/source-index.js';
import { checkStatements } from '../../dist/stages/check/statements/check-statements.js';
import { seeded } from '../crawl/make-pages.js';
import { OPERATORS, SUMS } from './operators/first-en.js';
import { OPERATORS_KO, SUMS_KO } from './operators/first-ko.js';
import * as first from './operators/first-statements.js';
import * as secondEn from './operators/second-en.js';
import * as secondKo from './operators/second-ko.js';
import * as second from './operators/second-statements.js';
import { percent } from './percent.js';

const MOST_PER_OPERATOR = 60;
const isSeenHalf = process.argv.includes('--seen');
const isVerbose = process.argv.includes('--verbose');
const folders = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
if (folders.length === 0) throw new Error('Name at least one folder with a truth.json.');

const half = (name) => createHash('sha256').update(name).digest()[0] % 2 === 0;
const texts = (
  await Promise.all(
    folders.map(async (folder) => Object.values(JSON.parse(await readFile(join(folder, 'truth.json'), 'utf8')))),
  )
)
  .flat()
  .filter(
    ({ text = '', type = 'article', lang }) =>
      text.length > 100 && (lang === 'ko' || (type === 'article' && isEnglish(text))),
  )
  .filter(({ url }) => URL.canParse(url) && half(new URL(url).host) === isSeenHalf);

/** Half of the operators of each kind, so that no kind is missing from a half. */
function halfOfEachKind(operators) {
  const places = new Map();
  return [...operators]
    .sort((a, b) => hash(a.name) - hash(b.name))
    .filter(({ kind, truth }) => {
      const group = `${kind} ${truth}`;
      const alone = operators.filter((one) => one.kind === kind && one.truth === truth).length === 1;
      const place = places.get(group) ?? 0;
      places.set(group, place + 1);
      return alone ? !isSeenHalf : (place % 2 === 0) === isSeenHalf;
    });
}

function hash(name) {
  return createHash('sha256').update(name).digest().readUInt32BE(0);
}

function isEnglish(text) {
  const words = text.toLowerCase().match(/[a-z]+/g) ?? [];
  return (
    words.length > 60 &&
    words.filter((word) => ['the', 'of', 'and', 'to', 'in', 'is'].includes(word)).length / words.length > 0.1 &&
    !/[가-힣]/.test(text)
  );
}

/** The second batch is the one to quote: the totals of the first were seen between changes of the rules. */
const BATCHES = {
  first: {
    en: [...OPERATORS, ...SUMS, ...first.STATEMENTS],
    ko: [...OPERATORS_KO, ...SUMS_KO, ...first.STATEMENTS_KO],
  },
  second: {
    en: [...secondEn.FALSE, ...secondEn.TRUE, ...secondEn.SUMS, ...second.STATEMENTS],
    ko: [...secondKo.FALSE, ...secondKo.TRUE, ...secondKo.SUMS, ...second.STATEMENTS_KO],
  },
};
const [judgeHits, judgeAlarms] = (process.argv.find((argument) => argument.startsWith('--judge=')) ?? '--judge=0,0')
  .slice(8)
  .split(',')
  .map(Number);
const judgeRandom = seeded(20);
const batch = BATCHES[process.argv.find((argument) => argument.startsWith('--batch='))?.slice(8) ?? 'second'];

/** A source is read once for all its sentences. */
const sources = new Map();
const FIGURES = new Set(['F', 'D', 'W']);
const rows = [];
for (const [lang, all] of Object.entries(batch)) {
  const operators = halfOfEachKind(all);
  for (const operator of operators) {
    const random = seeded(hash(operator.name));
    let used = 0;
    for (const { text, title, url } of texts.filter((one) => (one.lang ?? 'en') === lang)) {
      if (used >= MOST_PER_OPERATOR) break;
      let inText = 0;
      for (const sentence of sentencesOf(text)) {
        if (inText >= (lang === 'ko' ? 6 : 2)) break;
        const changed = operator.apply(sentence, random);
        if (
          changed === undefined ||
          changed === sentence ||
          (FIGURES.has(operator.truth) && isTrueElsewhere(changed, sentence, text)) ||
          (!/quot|speak/.test(`${operator.name} ${operator.kind}`) && isInQuotation(changed, sentence))
        )
          continue;
        inText += 1;
        used += 1;
        rows.push({
          ...operator,
          lang,
          ...judge(changed, sourceOf({ text, title, url, lang }), operator.truth === 'S'),
          changed,
          sentence,
        });
      }
    }
  }
}

/** What may be written otherwise outside of a quotation may not be inside of one, and the other way round. */
function isInQuotation(changed, sentence) {
  const quotes = (text) => [...text.matchAll(/[“"]([^“”"]{2,600})[”"]/g)].map(([, quote]) => quote).join('\n');
  return quotes(changed) !== quotes(sentence);
}

/** A false figure that the text has somewhere else may be no falsehood, and a right sum that stands there is no sum. */
function isTrueElsewhere(changed, sentence, text) {
  const before = new Set(tokensOf(sentence));
  const added = tokensOf(changed).filter((token) => !before.has(token));
  return added.some((token) => /\d/.test(token) && tokensOf(text).includes(token));
}

function tokensOf(text) {
  return text.match(/\d[\d.,:]*\d|\d|[\p{L}]+/gu) ?? [];
}

function sentencesOf(text) {
  return text
    .split(/\n+/)
    .flatMap((line) => line.split(/(?<=[.!?]["”’]?)\s+(?=["“‘\p{Lu}가-힣\d])/u))
    .filter((sentence) => sentence.length > 25 && sentence.length < 400 && /[.!?]["”’)]*$/.test(sentence.trim()));
}

function sourceOf({ text, title = '', url, lang }) {
  const known = sources.get(url);
  if (known !== undefined) return known;
  const article = { url, finalUrl: url, title, lang, text, markdown: text, links: [], images: [] };
  const source = { article, index: indexSources([article]) };
  sources.set(url, source);
  return source;
}

function judge(content, { article, index }, isFalse) {
  const { lang } = article;
  const draft = {
    digest: false,
    content: { title: '', description: '', body: content.replace(/([*_`<>[\]#])/g, '\\$1') },
    brief: { articles: [article], copies: [], lang },
  };
  const facts = locateFacts(draft, undefined, index);
  const statements = checkStatements(draft, undefined, index);
  const errors = checkGrounding(facts).filter(({ severity }) => severity === 'error');
  return {
    flagged: errors.length > 0,
    warned: statements.length > 0 || judgeRandom() < (isFalse ? judgeHits : judgeAlarms),
    said: statements.map(({ rule, message }) => `${rule}: ${message}`),
    derived: facts.some((fact) => fact.derived !== undefined),
    sums: facts.flatMap(({ raw, derived }) => (derived === undefined ? [] : [`${raw}: ${derived}`])),
    messages: errors.map(({ message }) => message),
  };
}

const groups = new Map();
for (const row of rows) {
  const name = {
    F: 'false found',
    T: 'true in another notation flagged',
    D: 'right sums flagged',
    W: 'wrong sums found',
    S: 'false statements found',
    P: 'true paraphrases warned of',
  }[row.truth];
  const isHit = row.truth === 'S' || row.truth === 'P' ? row.warned : row.flagged;
  for (const group of [
    `${row.lang} · ${name}`,
    `${row.lang} · ${name} · ${['notation', 'sum', 'paraphrase'].includes(row.kind) ? row.name : row.kind}`,
  ]) {
    const tally = groups.get(group) ?? { of: 0, hits: 0, derived: 0 };
    groups.set(group, {
      of: tally.of + 1,
      hits: tally.hits + Number(isHit),
      derived: tally.derived + Number(row.derived && !row.flagged),
    });
  }
}
console.log(`${isSeenHalf ? 'seen' : 'unseen'} half: ${texts.length} texts, ${rows.length} sentences`);
for (const [group, { of, hits, derived }] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1)))
  console.log(
    `${group}: ${hits} of ${of} (${percent(hits, of)})${group.includes('right sums') ? `, recognised ${derived} (${percent(derived, of)})` : ''}`,
  );
if (isVerbose)
  for (const row of rows) {
    const { truth, flagged, warned, lang, name, changed, sentence, messages, said, derived, sums } = row;
    const isWrong = {
      F: !flagged,
      W: !flagged,
      T: flagged || warned,
      D: flagged || !derived,
      S: !warned,
      P: warned || flagged,
    }[truth];
    if (isWrong)
      console.log(
        `${lang} ${truth} [${name}] ${changed}\n    ${sentence}\n    ${[...messages, ...said, ...sums].join('; ')}`,
      );
  }
