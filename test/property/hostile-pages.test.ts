import { expect, test } from 'vitest';
import { readDocument } from '../../src/stages/extract/document/read-document.ts';
import { detectLanguage } from '../../src/stages/extract/language.ts';
import { readHints, readMetadata } from '../../src/stages/extract/metadata.ts';
import { readPlainDocument } from '../../src/stages/extract/plain-document.ts';
import {
  blocksToMarkdown,
  blocksToText,
  proseOf,
  renderArticle,
} from '../../src/stages/extract/render/render-article.ts';
import { cpuMs } from '../helpers/cpu-time.ts';
import { HOSTILE_PAGES, HOSTILE_TEXTS } from '../helpers/hostile-pages.ts';

const SMALL = 25_000;
const GROWTH = 8;
/** Quadratic work grows by 64; what is below the least time is noise. */
const MOST_GROWTH = GROWTH * 3;
const LEAST_MS = 20;

function readPage(html: string): void {
  const url = 'https://example.org/a';
  const { document, head } = readDocument(html, url);
  const hints = readHints(document, head);
  const { blocks } = renderArticle(document.body, url);
  readMetadata(head, hints, { url, lang: detectLanguage(proseOf(blocks), head.lang) });
  blocksToMarkdown(blocks);
  blocksToText(blocks);
}

function readText(text: string): void {
  readPlainDocument(text, { isMarkdown: true, baseUrl: 'https://example.org/a.md' });
}

const pages = Object.entries(HOSTILE_PAGES).map(([name, make]) => [name, make, readPage] as const);
const texts = Object.entries(HOSTILE_TEXTS).map(([name, make]) => [`Markdown: ${name}`, make, readText] as const);

test.each([...pages, ...texts])('eight times the input takes about eight times the work: %s', (_name, make, read) => {
  const [small, large] = [make(SMALL), make(SMALL * GROWTH)];
  read(small); // compiled before it is measured
  const most =
    Math.max(
      cpuMs(() => read(small)),
      LEAST_MS,
    ) * MOST_GROWTH;
  const first = cpuMs(() => read(large));

  // The better of two: a collection of garbage may fall into one.
  expect(first < most ? first : cpuMs(() => read(large))).toBeLessThan(most);
});
