import type { LanguageModel } from '../../../core/ports.ts';
import type { Article, Brief } from '../../../core/types.ts';
import { wordsFor } from './digest-words.ts';
import { rankSentences, splitSentences, topWords } from './rank-sentences.ts';

/**
 * The built-in writer: no key, no network, no cost. Its post is a digest made of the sources' own best sentences, grouped under their
 * headings, quoted and attributed. It invents nothing, and it says what it is.
 */
export function createExtractiveModel(): LanguageModel {
  return {
    provider: 'extractive',
    model: 'digest-1',
    async answer({ brief, tier }, signal) {
      signal.throwIfAborted();
      const text = JSON.stringify(digestOf(brief));
      return {
        text,
        finishReason: 'stop',
        usage: { input: 0, cachedInput: 0, output: 0 },
        tier,
        model: 'digest-1',
        raw: text,
      };
    },
  };
}

/** A digest leads to its source; it does not replace it. */
const MOST_QUOTED = 0.35;

interface Section {
  readonly heading: string | undefined;
  readonly sentences: readonly string[];
}

interface Digest {
  readonly title: string;
  readonly description: string;
  readonly slug: string;
  readonly tags: readonly string[];
  readonly body: string;
}

function digestOf(brief: Brief): Digest {
  const [first] = brief.articles;
  const share = Math.max(300, brief.length / brief.articles.length);
  const parts = brief.articles.map((article) => digestOfArticle(article, share, brief));
  const words = wordsFor(first.lang);
  const lead = parts[0]?.lead ?? first.title;
  return {
    title: titleOf(first),
    description: shortened(
      first.description !== undefined && first.description.length >= 50 ? first.description : lead,
      155,
    ),
    slug: '',
    tags: [
      ...new Set([...brief.keywords.map((keyword) => keyword.toLowerCase()), ...topWords(first.text, first.lang, 5)]),
    ].slice(0, 6),
    body: [words.notice(brief.articles.length), ...parts.map(({ markdown }) => markdown)].join('\n\n'),
  };
}

function titleOf({ title, text }: Article): string {
  const named = title.trim();
  return shortened(named === '' ? text : named, 120);
}

function digestOfArticle(
  article: Article,
  budget: number,
  brief: Brief,
): { readonly markdown: string; readonly lead: string } {
  const sections = readSections(article);
  const all = sections.flatMap(({ sentences }) => sentences);
  const ranked = rankSentences(all, `${article.title} ${brief.keywords.join(' ')}`, article.lang);
  const chosen = chooseSentences(ranked, Math.min(budget, article.text.length * MOST_QUOTED));
  const level = brief.articles.length > 1 ? '###' : '##';
  const blocks: string[] = brief.articles.length > 1 ? [`## ${escapeMarkdown(article.title)}`] : [];
  let offset = 0;
  for (const section of sections) {
    const quoted = section.sentences.filter((_, index) => chosen.has(offset + index));
    offset += section.sentences.length;
    if (quoted.length === 0) continue;
    if (section.heading !== undefined) blocks.push(`${level} ${escapeMarkdown(section.heading)}`);
    blocks.push(quoted.map((sentence) => `> ${escapeMarkdown(sentence)}`).join('\n>\n'));
  }
  blocks.push(attribution(article));
  const lead = ranked.filter(({ index }) => chosen.has(index)).sort((a, b) => b.score - a.score)[0];
  return { markdown: blocks.join('\n\n'), lead: lead?.text ?? article.title };
}

/** The best sentences that the wished length holds; one from each part of the text is worth more than three neighbours. */
function chooseSentences(ranked: ReturnType<typeof rankSentences>, budget: number): ReadonlySet<number> {
  const chosen = new Set<number>();
  let used = 0;
  for (const { index, text } of [...ranked].sort((a, b) => b.score - a.score)) {
    if (used >= budget && chosen.size >= 3) break;
    chosen.add(index);
    used += text.length;
  }
  return chosen;
}

/** Headings of the article's Markdown with the sentences of the paragraphs below them; code, tables and lists stay out. */
function readSections({ markdown, lang }: Article): Section[] {
  const sections: { heading: string | undefined; sentences: string[] }[] = [{ heading: undefined, sentences: [] }];
  let inCode = false;
  for (const block of markdown.split(/\n{2,}/)) {
    const marks = block.match(/^ {0,3}(?:```|~~~)/gm)?.length ?? 0;
    const isCode = inCode || marks > 0;
    if (marks % 2 === 1) inCode = !inCode;
    if (isCode || /^\s*\|/.test(block)) continue;
    const heading = /^#{1,6}\s+(.+)$/.exec(block.trim())?.[1];
    if (heading !== undefined) sections.push({ heading: plain(heading), sentences: [] });
    else sections.at(-1)?.sentences.push(...splitSentences(plain(block), lang));
  }
  return sections.filter(({ sentences }) => sentences.length > 0);
}

function plain(markdown: string): string {
  return markdown
    .replace(/!\[[^\][]{0,500}\]\((?:[^()]|\([^()]{0,200}\)){0,1000}\)/g, '')
    .replace(/\[([^\][]{0,500})\]\((?:[^()]|\([^()]{0,200}\)){0,1000}\)/g, '$1')
    .replace(/^[^\S\n]{0,20}(?:>|[-*+]\s|\d{1,9}[.)]\s)[^\S\n]*/gm, '')
    .replace(/\\([\\`*_{}[\]()#+\-.!<>|~])/g, '$1')
    .replace(/(\*\*|__|~~|`)(.{1,1000}?)\1/g, '$2')
    .replace(/(^|[\s(])[*_](\S[^*_]{0,1000})[*_](?=$|[\s.,;:!?)])/g, '$1$2')
    .replace(/\s+/g, ' ')
    .trim();
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
  return `${wordsFor(lang).source}: [${escapeMarkdown(title === '' ? finalUrl : title)}](<${finalUrl}>)${named.length === 0 ? '' : ` (${named.join(', ')})`}`;
}

function shortened(text: string, length: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= length) return line;
  const cut = line.slice(0, length - 1);
  const space = cut.lastIndexOf(' ');
  return `${(space > length * 0.6 ? cut.slice(0, space) : cut).replace(/[\s,;:–-]+$/, '')}…`;
}
