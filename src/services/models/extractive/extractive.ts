import type { LanguageModel } from '../../../core/ports.ts';
import type { Article, Brief } from '../../../core/types.ts';
import { mapInOrder } from '../../../util/async/map-in-order.ts';
import { chooseTags } from './choose-tags.ts';
import { wordsFor } from './digest-words.ts';
import { plainLine, shortened } from './plain-line.ts';
import { leansBack, type RankedSentence, rankSentences, splitSentences } from './rank-sentences.ts';
import { readArticleSections } from './read-sections.ts';

/**
 * The built-in writer: no key, no network, no cost. Its post is a digest made of the sources' own best sentences, grouped under their
 * headings, quoted and attributed. It invents nothing, and it says what it is.
 */
export function createExtractiveModel(): LanguageModel {
  return {
    provider: 'extractive',
    model: 'digest-2',
    async answer({ brief, tier }, signal) {
      signal.throwIfAborted();
      const text = JSON.stringify(await digestOf(brief));
      return {
        text,
        finishReason: 'stop',
        usage: { input: 0, cachedInput: 0, output: 0 },
        tier,
        model: 'digest-2',
        raw: text,
      };
    },
  };
}

/** A digest leads to its source; it does not replace it. */
const MAX_QUOTED = 0.35;
const DESCRIPTION = { least: 50, most: 155 } as const;

interface Section {
  readonly heading: string | undefined;
  /** The sentences of each paragraph in their order; undefined for one that cannot be quoted. */
  readonly paragraphs: readonly (readonly (string | undefined)[])[];
}

interface Digest {
  readonly title: string;
  readonly description: string;
  readonly slug: string;
  readonly tags: readonly string[];
  readonly body: string;
}

async function digestOf(brief: Brief): Promise<Digest> {
  const [first] = brief.articles;
  const share = Math.max(300, brief.length / brief.articles.length);
  const parts = await mapInOrder(brief.articles, (article) => digestOfArticle(article, share, brief), 1);
  const title = shortened(plainLine(first.title) === '' ? first.text : first.title, 120);
  return {
    title,
    description: describe(first, parts[0]?.best ?? []),
    slug: '',
    tags: [
      ...new Set([
        ...brief.keywords.map((keyword) => keyword.toLowerCase()),
        ...chooseTags(title, first.text, first.lang),
      ]),
    ].slice(0, 6),
    body: [wordsFor(first.lang).notice(brief.articles.length), ...parts.map(({ markdown }) => markdown)].join('\n\n'),
  };
}

/** A whole sentence: the page's own description where it is one, else the best quoted one that fits. */
function describe({ description = '', title }: Article, best: readonly string[]): string {
  const own = plainLine(description);
  const isSentence =
    own.length >= DESCRIPTION.least && /^[\p{L}\d"“‘].*[.!?。]["”’]?$/u.test(own) && !description.includes('\ufffd');
  if (isSentence && own.length <= DESCRIPTION.most) return own;
  const fitting = best.find((sentence) => sentence.length >= DESCRIPTION.least && sentence.length <= DESCRIPTION.most);
  return fitting ?? shortened(isSentence ? own : (best[0] ?? title), DESCRIPTION.most);
}

async function digestOfArticle(
  article: Article,
  budget: number,
  brief: Brief,
): Promise<{ readonly markdown: string; readonly best: readonly string[] }> {
  const sections = await readSections(article);
  const all = sections.flatMap(({ paragraphs }) => paragraphs.flat()).map((sentence) => sentence ?? '');
  const ranked = rankSentences(all, `${article.title} ${brief.keywords.join(' ')}`, article.lang).filter(
    ({ text }) => text !== '',
  );
  const chosen = chooseSentences(ranked, Math.min(budget, article.text.length * MAX_QUOTED));
  const isOne = brief.articles.length === 1;
  const blocks: string[] = isOne ? [] : [`## ${escapeMarkdown(plainLine(article.title))}`];
  let offset = 0;
  for (const { heading, paragraphs } of sections) {
    const quotes: string[] = [];
    for (const sentences of paragraphs) {
      quotes.push(...runsOf(sentences, (index) => chosen.has(offset + index)));
      offset += sentences.length;
    }
    if (quotes.length === 0) continue;
    if (heading !== undefined && !isTitle(heading, article.title))
      blocks.push(`${isOne ? '##' : '###'} ${escapeMarkdown(heading)}`);
    blocks.push(...quotes.map((quote) => `> ${escapeMarkdown(quote)}`));
  }
  blocks.push(attribution(article));
  const best = ranked
    .filter(({ index, text }) => chosen.has(index) && !leansBack(text))
    .sort((a, b) => b.score - a.score);
  return { markdown: blocks.join('\n\n'), best: best.map(({ text }) => text) };
}

/** Chosen sentences that follow each other are one quotation. */
function runsOf(sentences: readonly (string | undefined)[], isChosen: (index: number) => boolean): string[] {
  const runs: string[] = [];
  let isOpen = false;
  for (const [index, sentence] of sentences.entries()) {
    const wanted = sentence !== undefined && isChosen(index);
    if (wanted && isOpen) runs[runs.length - 1] += ` ${sentence}`;
    else if (wanted) runs.push(sentence);
    isOpen = wanted;
  }
  return runs;
}

/** The best sentences that the length holds. One that leans on the sentence before it is taken only together with that. */
function chooseSentences(ranked: readonly RankedSentence[], budget: number): ReadonlySet<number> {
  const byIndex = new Map(ranked.map((sentence) => [sentence.index, sentence]));
  const chosen = new Set<number>();
  let used = 0;
  for (const sentence of [...ranked].sort((a, b) => b.score - a.score)) {
    if (used >= budget && chosen.size >= 3) break;
    const group = groupOf(sentence, byIndex);
    if (group === undefined) continue;
    for (const { index, text } of group)
      if (!chosen.has(index)) {
        chosen.add(index);
        used += text.length;
      }
  }
  return chosen;
}

/** A sentence with those before it that it leans on; undefined where they cannot be quoted or would be too many. */
function groupOf(sentence: RankedSentence, byIndex: ReadonlyMap<number, RankedSentence>): RankedSentence[] | undefined {
  const group = [sentence];
  for (let first = sentence; leansBack(first.text); ) {
    const before = byIndex.get(first.index - 1);
    if (before === undefined || group.length === 3) return undefined;
    group.unshift(before);
    first = before;
  }
  return group;
}

async function readSections({ markdown, lang }: Article): Promise<Section[]> {
  return (await readArticleSections(markdown)).map(({ heading, paragraphs }) => ({
    heading,
    // An empty place after each paragraph: what begins the next one has nothing before it to lean on.
    paragraphs: paragraphs.map((paragraph) => [...splitSentences(paragraph, lang), undefined]),
  }));
}

function isTitle(heading: string, title: string): boolean {
  const plain = (text: string) =>
    plainLine(text)
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
  return plain(heading) === plain(title);
}

function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]<>]/g, '\\$&')
    .replace(/^(#{1,6}|[-+]|\d+[.)])(?=\s)/, '\\$1');
}

function attribution({ title, finalUrl, author, siteName, publishedAt, lang }: Article): string {
  const named = [author, siteName, publishedAt?.slice(0, 10)]
    .filter((part) => part !== undefined && part !== '')
    .map((part) => escapeMarkdown(part ?? ''));
  return `${wordsFor(lang).source}: [${escapeMarkdown(plainLine(title) === '' ? finalUrl : plainLine(title))}](<${finalUrl}>)${named.length === 0 ? '' : ` (${named.join(', ')})`}`;
}
