// Sentences of real pages, each as a post about its own page: none of them may be flagged, by errors or by warnings about statements.
// Usage: node bench/grounding/own-page.js FOLDER… [--most=10000] [--per-page=15] [--verbose]; a folder holds pages/*.html.gz

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { checkGrounding, locateFacts } from '../../dist/stages/check/grounding/check-grounding.js';
import { indexSources } from '../../dist/stages/check/grounding/source-index.js';
import { checkStatements } from '../../dist/stages/check/statements/check-statements.js';
import { extractArticle } from '../../dist/stages/extract/extract-article.js';
import { segmentsOf } from '../../dist/util/text/segment.js';

const folders = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const most = Number(process.argv.find((argument) => argument.startsWith('--most='))?.slice(7) ?? 10_000);
const PER_PAGE = Number(process.argv.find((argument) => argument.startsWith('--per-page='))?.slice(11) ?? 15);
const tallies = new Map();
let total = 0;

for (const folder of folders) {
  const pages = join(folder, 'pages');
  for (const file of (await readdir(pages)).filter((name) => name.endsWith('.html.gz')).sort()) {
    if (total >= most) break;
    const article = await read(join(pages, file));
    if (article === undefined) continue;
    const sentences = sentencesOf(article);
    const index = indexSources([article]);
    const tally = tallies.get(article.lang) ?? { sentences: 0, flagged: 0 };
    for (const sentence of sentences) {
      const draft = {
        digest: false,
        content: { title: '', description: '', body: sentence.replace(/([\\*_`<>[\]#~|&+.!()-])/g, '\\$1') },
        brief: { articles: [article], copies: [], lang: article.lang },
      };
      const found = [
        ...checkGrounding(locateFacts(draft, undefined, index)),
        ...checkStatements(draft, undefined, index),
      ].filter(({ rule }) => rule !== 'unknown-name');
      tally.sentences += 1;
      tally.flagged += Number(found.length > 0);
      total += 1;
      if (found.length > 0 && process.argv.includes('--verbose'))
        console.log(
          file,
          article.lang,
          sentence,
          '\n   ',
          found.map(({ rule, message }) => `${rule} ${message}`).join('; '),
        );
    }
    tallies.set(article.lang, tally);
  }
}

async function read(file) {
  try {
    const bytes = gunzipSync(await readFile(file));
    const charset = /charset=["']?([\w-]+)/i.exec(bytes.subarray(0, 4000).toString('latin1'))?.[1] ?? 'utf-8';
    const body = new TextDecoder(charset).decode(bytes);
    const url = 'https://example.org/';
    return extractArticle({
      url,
      finalUrl: url,
      contentType: 'text/html',
      body,
      fetchedAt: '',
      policy: { allowed: true, policy: 'respect' },
    });
  } catch {
    return undefined; // no text, or a charset that is none
  }
}

/** The first sentences of the page that hold a figure or a quotation, else any. */
function sentencesOf({ text, lang }) {
  const all = text
    .split('\n')
    .flatMap((line) => Array.from(segmentsOf(line, 'sentence', lang), ({ segment }) => segment.trim()))
    .filter((sentence) => sentence.length > 30);
  const telling = all.filter((sentence) => /[\d“”"„«]/.test(sentence));
  return [...new Set([...telling, ...all])].slice(0, PER_PAGE);
}

const languages = [...tallies].sort((a, b) => b[1].sentences - a[1].sentences);
for (const [lang, { sentences, flagged }] of languages) console.log(`${lang}: ${flagged} of ${sentences} flagged`);
const flagged = languages.reduce((sum, [, tally]) => sum + tally.flagged, 0);
console.log(`${flagged} of ${total} sentences of ${languages.length} languages flagged`);
