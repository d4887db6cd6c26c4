// Learns the weights of the block judge (src/stages/extract/judge) from labelled pages and writes weights/main-text.json.
// Usage: npm run build && node scripts/train-judge.js FOLDER [--leave-out FOLDER] [--check] [--out FILE]
// FOLDER: truth.json with whole texts, and pages/ID.html.gz. Pages of the fifth of the hosts that decides (bench/extract/split.js) are never read,
// nor those of hosts that stand in --leave-out. --check trains on three folds first and reports the fourth.

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { compareTexts, summarize } from '../bench/extract/measure.js';
import { chooseBlocks } from '../dist/stages/extract/judge/choice/choose-blocks.js';
import { chooseThreshold } from '../dist/stages/extract/judge/choice/threshold.js';
import { FEATURES, tabulate } from '../dist/stages/extract/judge/features.js';
import { readPageFacts } from '../dist/stages/extract/judge/page-facts.js';
import { sumTrees, unpackTrees } from '../dist/stages/extract/judge/trees.js';
import { BUCKETS, EvidenceScale } from '../dist/stages/extract/judge/word-evidence.js';
import { binTable, fitTrees, TREE_OPTIONS } from './train-judge/fit-trees.js';
import { fitWords, WORD_SCALE } from './train-judge/fit-words.js';
import { readPages } from './train-judge/read-pages.js';

const CHECKED_FOLD = 1;
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'leave-out': { type: 'string', multiple: true, default: [] },
    check: { type: 'boolean', default: false },
    out: { type: 'string', default: 'weights/main-text.json' },
    trees: { type: 'string', default: String(TREE_OPTIONS.trees) },
  },
});
const treeOptions = { ...TREE_OPTIONS, trees: Number(options.trees) };
const [folder] = positionals;
if (folder === undefined) {
  console.error('Usage: node scripts/train-judge.js FOLDER [--leave-out FOLDER] [--check]');
  process.exit(2);
}

const pages = await readPages(folder, { leaveOut: options['leave-out'] });
const folds = [...new Set(pages.map(({ fold }) => fold))].sort();
console.error(
  `${pages.length} pages, ${pages.reduce((sum, { labels }) => sum + labels.length, 0)} blocks, folds ${folds}`,
);
console.error(
  `best choice of blocks: F1 ${summarize(
    pages.map((page) => scorePage(page, page.labels)),
    'texts',
  ).f1.toFixed(4)}`,
);

// Evidence of a page's words comes from weights that have not seen its fold: the trees learn how far to trust it.
for (const fold of folds) {
  const words = fitWords(
    pages.filter((page) => page.fold !== fold).flatMap(({ rows }) => rows),
    { buckets: BUCKETS },
  );
  for (const page of pages) if (page.fold === fold) page.table = tabulatePage(page, words);
}
console.error('words are weighed');
if (options.check) check();
await write();

function check() {
  const model = unpackTrees(fitPages(pages.filter(({ fold }) => fold !== CHECKED_FOLD)));
  const checked = pages.filter(({ fold }) => fold === CHECKED_FOLD);
  const scored = checked.map((page) => {
    const chances = chancesOf(page, model);
    const at = chooseThreshold(
      chances,
      page.outline.blocks.map(({ line }) => line.weight),
    );
    return {
      type: page.type,
      ef: scorePage(
        page,
        chances.map((chance) => chance > at),
      ),
      half: scorePage(
        page,
        chances.map((chance) => chance > 0.4),
      ),
      whole: scorePage(page, chooseBlocks(page.outline, chances)),
    };
  });
  for (const way of ['ef', 'half', 'whole']) {
    console.log(
      `${way}: F1 ${summarize(
        scored.map((one) => one[way]),
        'texts',
      ).f1.toFixed(4)}`,
    );
    for (const type of new Set(scored.map((one) => one.type))) {
      const own = scored.filter((one) => one.type === type).map((one) => one[way]);
      const { f1, precision, recall } = summarize(own, 'texts');
      console.log(
        `  ${type.padEnd(14)} ${own.length}  F1 ${f1.toFixed(4)}  precision ${precision.toFixed(3)}  recall ${recall.toFixed(3)}`,
      );
    }
  }
}

async function write() {
  const trees = fitPages(pages);
  const words = fitWords(
    pages.flatMap(({ rows }) => rows),
    { buckets: BUCKETS },
  );
  const stored = {
    features: FEATURES,
    wordScale: WORD_SCALE,
    words: Buffer.from(words.buffer).toString('base64'),
    trees,
  };
  await mkdir(dirname(options.out), { recursive: true });
  await writeFile(options.out, `${JSON.stringify(stored)}\n`);
  console.error(`${options.out}: ${JSON.stringify(stored).length} bytes`);
}

function fitPages(chosen) {
  const labels = Uint8Array.from(chosen.flatMap((page) => page.labels.map(Number)));
  const weights = Float64Array.from(chosen.flatMap(({ rows }) => rows.map(({ weight }) => weight)));
  const values = new Float32Array(labels.length * FEATURES);
  let at = 0;
  for (const { table } of chosen) {
    values.set(table.values, at);
    at += table.values.length;
  }
  return fitTrees(binTable(values, FEATURES), labels, weights, treeOptions);
}

function tabulatePage({ outline, hints }, words) {
  const table = tabulate(readPageFacts(outline, hints, new EvidenceScale(words, WORD_SCALE).weigh(outline)));
  if (table.filled !== table.values.length)
    throw new Error(`${table.filled / outline.blocks.length} features a block, FEATURES says ${FEATURES}`);
  return table;
}

function chancesOf({ outline, table }, model) {
  return outline.blocks.map((_, index) => 1 / (1 + Math.exp(-sumTrees(model, table.values, index * FEATURES))));
}

function scorePage({ outline, text }, kept) {
  return compareTexts(
    text,
    outline.blocks
      .filter((_, index) => kept[index])
      .map((block) => block.text)
      .join('\n'),
  );
}
