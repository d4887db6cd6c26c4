// Posts written by hand about real pages: how much of the false is found, how much of the true is flagged. Half of the posts (every other one) may be
// read while rules are written; of the rest only totals are printed. Later sets are split by source: `SET/visible` may be read, `SET/held-out` may be
// missing.
// Usage: node bench/grounding/hand-posts.js EXTRACT-DEV EXTRACT-SNIPPETS [--posts=third|fourth|fifth|…] [--seen] [--show]
// `--seen` leaves the held-out half out.
// The first folder holds truth.json with the texts of its pages, the second pages/*.html.gz and truth.json with their addresses.

import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { checkGrounding, locateFacts } from '../../dist/stages/check/grounding/check-grounding.js';
import { indexSources } from '../../dist/stages/check/grounding/source-index.js';
import { checkStatements } from '../../dist/stages/check/statements/check-statements.js';
import { extractArticle } from '../../dist/stages/extract/extract-article.js';
import * as fourthEn from './fourth/posts-en.js';
import * as fourthKo from './fourth/posts-ko.js';
import * as fourthOther from './fourth/posts-other.js';
import { percent } from './percent.js';
import * as thirdEn from './third/posts-en.js';
import * as thirdKo from './third/posts-ko.js';

const SETS = {
  third: { en: thirdEn.POSTS_EN, ko: thirdKo.POSTS_KO },
  fourth: { en: fourthEn.POSTS_EN, ko: fourthKo.POSTS_KO, other: fourthOther.POSTS_OTHER },
};
const [devFolder, snippetsFolder] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
if (snippetsFolder === undefined) throw new Error('Name the folders of the pages (extract-dev, extract-snippets).');
const wanted = process.argv.find((argument) => argument.startsWith('--posts='))?.slice(8) ?? 'fourth';
const set = SETS[wanted] ?? (await readHalves(wanted));
if (Object.keys(set).length === 0) throw new Error(`There is no set "${wanted}".`);
const pages = JSON.parse(await readFile(join(devFolder, 'truth.json'), 'utf8'));
const snippets = JSON.parse(await readFile(join(snippetsFolder, 'truth.json'), 'utf8'));

/** What each truth is counted by: errors for figures, errors or warnings for statements, any alarm for the true. */
const COUNTED = {
  C: ['copies flagged', ({ flagged, warned }) => flagged || warned],
  N: ['true in another notation flagged', ({ flagged }) => flagged],
  P: ['true paraphrases warned of', ({ flagged, warned }) => flagged || warned],
  D: ['right sums flagged', ({ flagged }) => flagged],
  W: ['wrong sums found', ({ flagged }) => flagged],
  F: ['false figures, dates, names, quotations found', ({ flagged, warned }) => flagged || warned],
  S: ['false statements found', ({ flagged, warned }) => flagged || warned],
};

/** Both halves of a set that is split by source, by language group; each post says of which half it is. */
async function readHalves(name) {
  const groups = {};
  for (const [folder, half] of [
    ['visible', 'read'],
    ['held-out', 'held'],
  ]) {
    const place = new URL(`./${name}/${folder}/`, import.meta.url);
    for (const file of existsSync(place) ? (await readdir(place)).sort() : []) {
      const group = /^posts-(.+)\.js$/.exec(file)?.[1];
      if (group === undefined) continue;
      const [posts] = Object.values(await import(new URL(file, place)));
      groups[group] = [...(groups[group] ?? []), ...posts.map((post) => ({ ...post, half }))];
    }
  }
  return groups;
}

const groups = Object.keys(set);
const HALVES = process.argv.includes('--seen') ? ['read'] : ['read', 'held'];
const rows = (await Promise.all(groups.map((group) => judged(set[group], group)))).flat();

async function judged(posts, group) {
  const rows = [];
  for (const [place, post] of posts.entries()) {
    const article = await articleOf(post, post.lang ?? group);
    const index = indexSources([article]);
    for (const [truth, kind, sentence] of post.lines)
      rows.push({
        group,
        truth,
        kind,
        sentence,
        half: post.half ?? (place % 2 === 0 ? 'read' : 'held'),
        ...judge(sentence, article, index),
      });
  }
  return rows;
}

async function articleOf({ page, set, url, source, title: named, published }, lang) {
  if (set === 'snippets') {
    const html = gunzipSync(await readFile(join(snippetsFolder, 'pages', `${page}.html.gz`))).toString();
    const address = snippets[page].url;
    return extractArticle({
      url: address,
      finalUrl: address,
      contentType: 'text/html',
      body: html,
      fetchedAt: '',
      policy: { allowed: true, policy: 'respect' },
    });
  }
  const {
    text,
    title = '',
    date,
    url: address,
  } = page === undefined ? { text: source, title: named, url } : pages[page];
  const day = published ?? date;
  return {
    url: address,
    finalUrl: address,
    title,
    lang,
    text,
    markdown: text,
    links: [],
    images: [],
    ...(typeof day === 'string' && day !== '' && { publishedAt: day }),
  };
}

function judge(sentence, article, index) {
  const body = sentence.replace(/([*_`<>[\]#])/g, '\\$1');
  const draft = {
    digest: false,
    content: { title: '', description: '', body },
    brief: { articles: [article], copies: [], lang: article.lang },
  };
  const facts = locateFacts(draft, undefined, index);
  const findings = checkGrounding(facts);
  const errors = findings.filter(({ severity }) => severity === 'error');
  const warnings = [
    ...findings.filter(({ severity }) => severity !== 'error'),
    ...checkStatements(draft, undefined, index),
  ];
  return {
    flagged: errors.length > 0,
    warned: warnings.length > 0,
    derived: facts.some((fact) => fact.derived !== undefined),
    said: [...errors, ...warnings].map(({ rule, message }) => `${rule}: ${message}`),
    sums: facts.flatMap(({ raw, derived }) => (derived === undefined ? [] : [`${raw} = ${derived}`])),
  };
}

for (const half of HALVES)
  for (const group of groups) {
    console.log(`${half} half, ${group}`);
    for (const [truth, [name, isHit]] of Object.entries(COUNTED)) {
      const of = rows.filter((row) => row.half === half && row.group === group && row.truth === truth);
      const hits = of.filter(isHit).length;
      const shown =
        truth === 'D' ? `, shown with their sum ${of.filter((row) => row.derived && !row.flagged).length}` : '';
      console.log(`  ${name}: ${hits} of ${of.length} (${percent(hits, of.length)})${shown}`);
    }
  }

if (process.argv.includes('--show'))
  for (const row of rows.filter(({ half }) => half === 'read')) {
    const isHit = COUNTED[row.truth][1](row);
    const isWanted = 'WFS'.includes(row.truth);
    if (isHit !== isWanted || (row.truth === 'D' && !row.derived))
      console.log(
        `${row.group} ${row.truth} [${row.kind}] ${row.sentence}\n    ${[...row.said, ...row.sums].join('; ')}`,
      );
  }
