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
import { HOSTILE_PAGES, HOSTILE_TEXTS } from '../helpers/hostile-pages.ts';

const SMALL = 25_000;
const GROWTH = 8;
/** Quadratic work grows by 64; what is below the least time is noise. */
const MOST_GROWTH = GROWTH * 3;
const LEAST_MICROSECONDS = 20_000;

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

/** CPU time, so that other processes do not count; the best of two. */
function cpu(work: () => void): number {
  return Math.min(
    ...[0, 1].map(() => {
      const before = process.cpuUsage();
      work();
      const { user, system } = process.cpuUsage(before);
      return user + system;
    }),
  );
}

const pages = Object.entries(HOSTILE_PAGES).map(([name, make]) => [name, make, readPage] as const);
const texts = Object.entries(HOSTILE_TEXTS).map(([name, make]) => [`Markdown: ${name}`, make, readText] as const);

test.each([...pages, ...texts])('eight times the input takes about eight times the work: %s', (_name, make, read) => {
  const [small, large] = [make(SMALL), make(SMALL * GROWTH)];
  read(small); // compiled before it is measured

  const before = Math.max(
    cpu(() => read(small)),
    LEAST_MICROSECONDS,
  );

  expect(cpu(() => read(large)) / before).toBeLessThan(MOST_GROWTH);
});
