// Learns what each piece of evidence for an author and a date is worth, and writes weights/metadata.json.
// Usage: npm run build && node scripts/train-metadata.js FOLDER [--check] [--out FILE]
// FOLDER: truth.json with authors and dates, and pages/ID.html.gz. Pages of the fifth of the hosts that decides (bench/extract/split.js) are never
// read. --check reports what weights of three folds get right in the fourth.

import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { METADATA, scoreMetadata } from '../bench/extract/measure.js';
import { readHtml, readLabelled } from '../bench/extract/read-labelled.js';
import { decides, foldOf } from '../bench/extract/split.js';
import { readDocument } from '../dist/stages/extract/document/read-document.js';
import { weigh } from '../dist/stages/extract/metadata/weigh.js';
import { authorCandidatesOf, dateCandidatesOf, readHints, readMetadata } from '../dist/stages/extract/metadata.js';
import { fitChoice } from './train-judge/fit-choice.js';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { check: { type: 'boolean', default: false }, out: { type: 'string', default: 'weights/metadata.json' } },
});
const [folder] = positionals;
if (folder === undefined) {
  console.error('Usage: node scripts/train-metadata.js FOLDER [--check] [--out FILE]');
  process.exit(2);
}

/** `given` is what the measure compares; `isStated`: the page states the field itself, whatever the label says. */
const FIELDS = {
  author: { read: authorCandidatesOf, given: (value) => value, isStated: () => false },
  date: {
    read: dateCandidatesOf,
    given: ({ iso }) => iso,
    isStated: ({ linked, metaArticle, metaPublished }) => Boolean(linked ?? metaArticle ?? metaPublished),
  },
};

const pages = await readPages();
const weights = {};
for (const [field, rule] of Object.entries(FIELDS)) {
  const cases = pages.map((page) => readCase(field, rule, page));
  if (options.check) check(field, cases);
  weights[field] = fitChoice(cases.filter(teaches));
}
await writeFile(options.out, `${JSON.stringify(weights, undefined, 2)}\n`);

async function readPages() {
  const { pages: labelled } = await readLabelled(folder);
  const read = [];
  for (const label of labelled.filter(({ url, type }) => !decides(url) && type === 'article')) {
    const { document, head } = readDocument(await readHtml(folder, label), label.url);
    const hints = readHints(document, head);
    const { title } = readMetadata(head, hints, { url: label.url, lang: head.lang ?? 'en' });
    read.push({ label, head, hints, fold: foldOf(label.url), title });
  }
  return read;
}

function readCase(field, { read, given, isStated }, { label, head, hints, fold, title }) {
  const wanted = label[field];
  const { wanted: keyOf, given: keyOfGiven } = METADATA[field];
  const candidates = read(head, hints, { url: label.url, lang: head.lang ?? 'en', title }).map((candidate) => ({
    evidence: candidate.evidence,
    given: given(candidate.value),
    isRight: Boolean(wanted) && keyOf(wanted) === keyOfGiven(given(candidate.value)),
  }));
  return { fold, wanted, candidates, isStated: candidates.some(({ evidence }) => isStated(evidence)) };
}

/** A page whose label no candidate says teaches nothing. One without a label says that nothing is to be given, unless it states the field itself. */
function teaches({ wanted, candidates, isStated }) {
  if (candidates.length === 0) return false;
  return wanted ? candidates.some(({ isRight }) => isRight) : !isStated;
}

function check(field, cases) {
  const folds = [...new Set(cases.map(({ fold }) => fold))];
  const pairs = folds.flatMap((fold) => {
    const learned = fitChoice(cases.filter((one) => one.fold !== fold && teaches(one)));
    return cases.filter((one) => one.fold === fold).map((one) => ({ ...one, given: choose(one, learned) }));
  });
  const labels = pairs.filter(({ wanted }) => wanted);
  const reachable = labels.filter(({ candidates }) => candidates.some(({ isRight }) => isRight)).length;
  const without = pairs.filter(({ wanted }) => !wanted);
  console.log(
    `${field}: F1 ${scoreMetadata(pairs, METADATA[field]).toFixed(4)} of ${labels.length} labels, ${reachable} among the candidates; ` +
      `given without a label ${without.filter(({ given }) => given).length} of ${without.length}`,
  );
}

function choose({ candidates }, learned) {
  let [found, most] = [undefined, learned.none];
  for (const { evidence, given } of candidates) {
    const sum = weigh(evidence, learned);
    if (sum > most) [found, most] = [given, sum];
  }
  return found;
}
