/** Labelled pages as the training needs them. */

import { readHtml, readLabelled } from '../../bench/extract/read-labelled.js';
import { decides, foldOf, registrableDomain } from '../../bench/extract/split.js';
import { readDocument } from '../../dist/stages/extract/document/read-document.js';
import { readOutline } from '../../dist/stages/extract/judge/outline.js';
import { readHints } from '../../dist/stages/extract/judge/page-hints.js';
import { listEvidence } from '../../dist/stages/extract/judge/word-evidence.js';
import { readLinkedData } from '../../dist/stages/extract/linked-data.js';
import { labelBlocks } from './label-blocks.js';

/** Below this a label does not fit its page, and nothing can be learned from it. */
const LEAST_F1 = 0.5;

/** Pages of the hosts to work on, with their blocks labelled; those of hosts that stand in the folders `leaveOut` are left out. */
export async function readPages(from, { leaveOut }) {
  const leftOut = new Set();
  for (const other of leaveOut)
    for (const { url } of (await readLabelled(other)).pages) leftOut.add(registrableDomain(url));
  const { pages: labelled } = await readLabelled(from);
  const work = labelled.filter(({ url }) => !decides(url) && !leftOut.has(registrableDomain(url)));
  const read = [];
  for (const page of work) {
    const { document, head } = readDocument(await readHtml(from, page), page.url);
    const outline = readOutline(document.body);
    const { labels, f1, truthTokens, tokens } = labelBlocks(outline.blocks, page.text);
    const hints = readHints(head, { url: page.url, articleBody: readLinkedData(head.jsonLd).articleBody });
    const evidence = listEvidence(outline);
    const rows = labels.map((label, index) => ({
      buckets: evidence[index],
      label,
      weight: f1 < LEAST_F1 ? 0 : 10 * ((tokens[index] + 1) / (truthTokens + 100)) ** 0.7,
    }));
    read.push({ id: page.id, type: page.type, text: page.text, fold: foldOf(page.url), outline, hints, labels, rows });
  }
  return read;
}
