import type { HeadData } from '../document/read-head.ts';
import type { PageFacts } from '../judge/page-facts.ts';
import type { PageView } from './page-kind.ts';
import { readSigns } from './page-signs.ts';

interface Read {
  readonly html: string;
  readonly url: string;
  readonly finalUrl: string;
  readonly head: HeadData;
  readonly facts: PageFacts;
  readonly kept: readonly boolean[];
  readonly publishedAt: string | undefined;
  readonly author: string | undefined;
}

const MIN_KEPT = 200;

/** Collects the signs that distinguish an article from other pages. */
export function viewPage({ kept, ...read }: Read): PageView {
  const { blocks } = read.facts.outline;
  const signs = readSigns(read.html, read.facts, kept);
  // If almost nothing was kept, all text of the page decides its kind.
  const chosen = blocks.filter(
    (block, index) => kept[index] === true || (signs.kept < MIN_KEPT && block.linkChars < block.line.chars),
  );
  return {
    ...read,
    kept,
    signs,
    text: chosen
      .map(({ text }) => text)
      .join('\n')
      .slice(0, 20_000),
    paid: isPaid(read.head.jsonLd),
    statedWords: statedWords(read.head.jsonLd),
  };
}

/** True where any part of the JSON-LD says that the text is not free (schema.org `isAccessibleForFree`), by a boolean or a word. */
export function isPaid(jsonLd: readonly string[]): boolean {
  return jsonLd.some((script) =>
    /"isAccessibleForFree"\s{0,9}:\s{0,9}"?(?:https?:\/\/schema\.org\/)?false/i.test(script),
  );
}

function statedWords(jsonLd: readonly string[]): number {
  return Math.max(0, ...jsonLd.map((script) => Number(/"wordCount"\s*:\s*"?(\d{1,7})/.exec(script)?.[1] ?? 0)));
}
