/** Counts the signs that distinguish an article from other pages. `page-kind.ts` decides. */

import type { Box, TextBlock } from '../judge/outline.ts';
import type { PageFacts } from '../judge/page-facts.ts';

export interface PageSigns {
  /** Weight of the text that the judge keeps, and of its prose. */
  readonly kept: number;
  readonly prose: number;
  readonly longestRun: number;
  /** A first-level heading on the page, and a sentence in the kept text. */
  readonly hasHeading: boolean;
  readonly hasSentence: boolean;
  /** Weight of all text on the page. */
  readonly all: number;
  /** Share of the page's text in one group of similar boxes with a link each, their number, their text and its prose. */
  readonly teasers: { readonly count: number; readonly share: number; readonly weight: number; readonly prose: number };
  /** Counted on first use: most pages do not need them. */
  readonly markup: () => Markup;
}

export interface Markup {
  readonly tags: Readonly<Record<CountedTag, number>>;
  readonly emptyHosts: number;
}

/** `script` counts what runs: data and templates draw nothing. */
export type CountedTag = 'script' | 'button' | 'input' | 'noscript' | 'form' | 'img';

export function readSigns(html: string, facts: PageFacts, kept: readonly boolean[]): PageSigns {
  const { blocks } = facts.outline;
  const weightOf = (test: (block: TextBlock, index: number) => boolean) =>
    blocks.reduce((sum, block, index) => sum + (test(block, index) ? block.line.weight : 0), 0);
  return {
    kept: weightOf((_, index) => kept[index] === true),
    prose: weightOf((block, index) => kept[index] === true && isSentence(block)),
    longestRun: longestRun(blocks, kept),
    hasHeading: blocks.some(({ heading }) => heading === 1),
    hasSentence: blocks.some((block, index) => kept[index] === true && isShortSentence(block)),
    all: facts.weight.all,
    teasers: findTeasers(facts),
    markup: once(() => ({ tags: countTags(html), emptyHosts: countEmptyHosts(html) })),
  };
}

function once<T>(read: () => T): () => T {
  let known: T | undefined;
  return () => {
    known ??= read();
    return known;
  };
}

/** Prose, not just a link, in a line of at least sentence length. */
function isSentence({ line, linkChars, heading }: TextBlock): boolean {
  return heading === 0 && line.weight >= 80 && linkChars < line.chars * 0.5 && line.sentenceEnds > 0;
}

/** Also of a notice that is nothing else. */
function isShortSentence({ line, linkChars, heading }: TextBlock): boolean {
  return heading === 0 && line.weight >= 50 && linkChars < line.chars * 0.5 && line.sentenceEnds > 0;
}

/** Weight of the longest row of sentences that stand in one box, or in boxes beside each other in one box. */
function longestRun(blocks: readonly TextBlock[], kept: readonly boolean[]): number {
  const runs = new Map<Box | undefined, number>();
  blocks.forEach((block, index) => {
    if (kept[index] !== true || !isSentence(block)) return;
    const { parent } = block.box;
    runs.set(parent, (runs.get(parent) ?? 0) + block.line.weight);
  });
  return Math.max(0, ...runs.values());
}

const SHORT_TEASER = 700;

/** The largest group of similar boxes in similar boxes, each with a link and little text: an archive has a list for each month. */
function findTeasers({ outline, kin, weight, links, prose }: PageFacts): PageSigns['teasers'] {
  const groups = new Map<string, { members: number; teasers: number; weight: number; prose: number; end: number }>();
  for (const box of outline.boxes) {
    if (box.parent === undefined || kin.get(box) === undefined) continue;
    const key = `${box.parent.kin}>${box.kin}`;
    const group = groups.get(key) ?? { members: 0, teasers: 0, weight: 0, prose: 0, end: 0 };
    if (box.first < group.end) continue; // inside of one that was counted
    groups.set(key, group);
    group.members += 1;
    group.end = box.end;
    if (!isTeaser(box, weight.between(box.first, box.end), links.between(box.first, box.end))) continue;
    group.teasers += 1;
    group.weight += weight.between(box.first, box.end);
    group.prose += prose.between(box.first, box.end);
  }
  const found = [...groups.values()].filter(({ members, teasers }) => members >= 4 && teasers >= members * 0.7);
  const best = found.reduce((most, next) => (next.weight > most.weight ? next : most), {
    teasers: 0,
    weight: 0,
    prose: 0,
  });
  return { count: best.teasers, share: best.weight / (weight.all || 1), weight: best.weight, prose: best.prose };
}

const LEAST_CARD = 60;
const LEAST_LINK = 110;

/** A card that is one link has more than a title in it; what is a link alone is an item of a menu. */
function isTeaser({ first, end }: Box, weight: number, links: number): boolean {
  if (weight < 25 || weight > SHORT_TEASER || links < 15 || links <= weight * 0.05) return false;
  return links < weight * 0.98 || weight >= (end - first >= 2 ? LEAST_CARD : LEAST_LINK);
}

function countTags(html: string): Record<CountedTag, number> {
  const counts: Record<CountedTag, number> = { script: 0, button: 0, input: 0, noscript: 0, form: 0, img: 0 };
  for (const [, name = ''] of html.matchAll(
    /<(script(?!\s[^<>]{0,300}type\s{0,9}=\s{0,9}["']?(?:application\/(?:ld\+)?json|text\/(?:template|x-)))|button|input|noscript|form|img)(?=[\s>/])/gi,
  )) {
    counts[name.toLowerCase() as CountedTag] += 1; // the pattern names exactly these
  }
  return counts;
}

/** Elements that a script fills: `<div id="app"></div>`. */
function countEmptyHosts(html: string): number {
  return (
    html.match(
      /<(?:div|main|section|[a-z]{1,20}-[a-z-]{1,30})\s[^<>]{0,300}>\s*<\/(?:div|main|section|[a-z]{1,20}-[a-z-]{1,30})>/gi,
    )?.length ?? 0
  );
}

const MAX_NAMES = 4_000;

/** Values of `class` and `id`, and the types of inputs, in lower case. */
export function namesIn(html: string): string {
  const names = new Set<string>();
  for (const [, , value = ''] of html.matchAll(/\s(class|id)\s*=\s*["']?([^"'<>]{1,300})/gi)) {
    if (names.size >= MAX_NAMES) break;
    names.add(value.toLowerCase());
  }
  if (/<input\s[^<>]{0,200}type=["']?password/i.test(html)) names.add('type=password');
  return [...names].join(' ').replaceAll('_', '-');
}
