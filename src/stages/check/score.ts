/** A score that can be argued with: each point that is missing names its rule, its reason and its fix. Pure; no model, no word-count target. */

import type { Finding } from '../../core/types.ts';
import { linesOutsideCode } from '../../util/text/fences.ts';
import { comparable } from './grounding/quotes.ts';
import { plainText } from './plain-text.ts';

/** A post as a reader and a search page see it. */
export interface ScoredPost {
  readonly title: string;
  readonly description: string;
  readonly slug?: string;
  /** BCP 47. */
  readonly lang?: string;
  readonly canonical?: string;
  readonly keywords: readonly string[];
  /** Markdown; the title is not in it. */
  readonly body: string;
  /** False where structured data is there and broken. */
  readonly structuredDataValid?: boolean;
  /** Destinations of links and images of the post that were looked for and are not there. */
  readonly deadLinks?: readonly string[];
}

export interface Score {
  /** 0 to 100. */
  readonly score: number;
  readonly findings: readonly Finding[];
}

/** Widths at which search pages cut, in pixels. */
const TITLE_PX = { least: 200, most: 580 } as const;
const DESCRIPTION_PX = { least: 400, most: 920 } as const;
const LONG_PARAGRAPH = 900;
const LONG_SENTENCE_WORDS = 50;
/** A ceiling; there is no least. */
const MOST_DENSITY = 0.04;

interface Deduction extends Finding {
  readonly points: number;
}

export function scorePost(post: ScoredPost): Score {
  const lines = post.body.split('\n');
  const deductions = [
    ...scoreHead(post),
    ...scoreHeadings(lines),
    ...scoreKeywords(post, lines),
    ...scoreText(lines),
    ...scoreMedia(lines),
    ...scoreLinks(post, lines),
  ];
  const lost = deductions.reduce((sum, { points }) => sum + points, 0);
  return {
    score: Math.max(0, Math.round(100 - lost)),
    findings: deductions.map(({ points, ...finding }) => ({ ...finding, message: `${finding.message} (−${points})` })),
  };
}

function deduct(
  rule: string,
  points: number,
  message: string,
  fix: string,
  members: Pick<Finding, 'line' | 'excerpt'> = {},
): Deduction {
  return { rule, severity: points >= 8 ? 'warning' : 'info', points, message, fix, ...members };
}

function scoreHead({ title, description, slug, lang, canonical, structuredDataValid }: ScoredPost): Deduction[] {
  const found: Deduction[] = [];
  const titlePx = pixelWidth(title, 20);
  if (title.trim() === '') found.push(deduct('title', 20, 'There is no title', 'Give the post a title.'));
  else if (titlePx > TITLE_PX.most)
    found.push(
      deduct('title', 8, `The title is ${titlePx} px wide; search pages cut at ${TITLE_PX.most}`, 'Shorten it.', {
        excerpt: title,
      }),
    );
  else if (titlePx < TITLE_PX.least)
    found.push(
      deduct('title', 4, `The title is ${titlePx} px wide and says little`, 'Say what the post is about.', {
        excerpt: title,
      }),
    );
  const descriptionPx = pixelWidth(description, 14);
  if (description.trim() === '')
    found.push(
      deduct('description', 10, 'There is no description', 'Say in one or two sentences what the reader gets.'),
    );
  else if (descriptionPx > DESCRIPTION_PX.most)
    found.push(
      deduct(
        'description',
        5,
        `The description is ${descriptionPx} px wide; search pages cut at ${DESCRIPTION_PX.most}`,
        'Shorten it.',
      ),
    );
  else if (descriptionPx < DESCRIPTION_PX.least)
    found.push(
      deduct(
        'description',
        3,
        `The description is ${descriptionPx} px wide; there is room for more`,
        'Say more of what the reader gets.',
      ),
    );
  if (slug !== undefined && (slug.length > 80 || /[A-Z_\s]/.test(slug)))
    found.push(
      deduct(
        'slug',
        3,
        `The slug "${slug.slice(0, 60)}" is long or not in lower case with hyphens`,
        'Shorten it to a few words.',
      ),
    );
  if (lang === undefined || lang === '' || lang === 'und')
    found.push(deduct('lang', 4, 'No language is set', 'Set lang.'));
  if (canonical === undefined || canonical === '')
    found.push(
      deduct(
        'canonical',
        3,
        'No canonical address is set',
        'Set canonical to the post’s own address or to its source.',
      ),
    );
  else if (!/^https?:\/\/[^/\s]/i.test(canonical))
    found.push(
      deduct(
        'canonical',
        3,
        `The canonical address "${canonical.slice(0, 80)}" is not a whole address`,
        'Begin it with https://.',
      ),
    );
  if (structuredDataValid === false)
    found.push(deduct('structured-data', 5, 'The JSON-LD is not valid', 'Fix or remove it.'));
  return found;
}

function scoreHeadings(lines: readonly string[]): Deduction[] {
  const found: Deduction[] = [];
  let before = 1;
  let count = 0;
  for (const { text, number } of linesOutsideCode(lines)) {
    const level = /^(#{1,6})\s/.exec(text)?.[1]?.length;
    if (level === undefined) continue;
    count += 1;
    if (level === 1)
      found.push(
        deduct('one-h1', 10, 'There is an H1 beside the title', 'Make it a level 2 heading.', {
          line: number,
          excerpt: text,
        }),
      );
    else if (level > before + 1)
      found.push(
        deduct('heading-order', 4, `A level ${level} heading follows level ${before}`, `Make it level ${before + 1}.`, {
          line: number,
          excerpt: text,
        }),
      );
    before = level;
  }
  if (count === 0 && lines.join('').length > 1500)
    found.push(deduct('headings', 6, 'A long text has no heading', 'Divide it with headings that say what follows.'));
  return found;
}

function scoreKeywords({ title, description, keywords, body }: ScoredPost, lines: readonly string[]): Deduction[] {
  const [keyword] = keywords;
  if (keyword === undefined || keyword.trim() === '') return [];
  const has = (text: string) => comparable(text).includes(comparable(keyword));
  const prose = linesOutsideCode(lines);
  const first = prose.find(({ text }) => text.trim() !== '' && !/^(?:#|\*[^*]+\*$|>)/.test(text))?.text ?? '';
  const found: Deduction[] = [];
  if (!has(title))
    found.push(
      deduct('keyword-title', 6, `The keyword "${keyword}" is not in the title`, 'Use it where it reads naturally.'),
    );
  if (!has(description))
    found.push(
      deduct(
        'keyword-description',
        4,
        `The keyword "${keyword}" is not in the description`,
        'Use it where it reads naturally.',
      ),
    );
  if (!has(first))
    found.push(
      deduct(
        'keyword-opening',
        4,
        `The keyword "${keyword}" is not in the first paragraph`,
        'Say early what the post is about.',
      ),
    );
  if (!prose.some(({ text }) => text.startsWith('#') && has(text)))
    found.push(deduct('keyword-heading', 3, `The keyword "${keyword}" is in no heading`, 'Use it in one heading.'));
  const words = comparable(plainText(body)).split(' ');
  const uses = comparable(body).split(comparable(keyword)).length - 1;
  const density = (uses * comparable(keyword).split(' ').length) / Math.max(1, words.length);
  if (density > MOST_DENSITY && uses > 4)
    found.push(
      deduct(
        'keyword-stuffing',
        8,
        `The keyword makes up ${Math.round(density * 100)} % of the words`,
        'Use it less; readers and search engines notice.',
      ),
    );
  return found;
}

function scoreText(lines: readonly string[]): Deduction[] {
  const long = linesOutsideCode(lines).filter(({ text }) => !/^(?:#|\||>|\s*[-*+]|\s*\d+[.)])/.test(text));
  const paragraphs = long.filter(({ text }) => plainText(text).length > LONG_PARAGRAPH).slice(0, 3);
  const sentences = long
    .flatMap(({ text, number }) =>
      plainText(text)
        .split(/(?<=[.!?。])/u)
        .map((sentence) => ({ sentence, number })),
    )
    .filter(({ sentence }) => sentence.trim().split(/\s+/).length > LONG_SENTENCE_WORDS);
  return [
    ...paragraphs.map(({ text, number }) =>
      deduct('paragraph-length', 3, `A paragraph has ${plainText(text).length} characters`, 'Divide it.', {
        line: number,
        excerpt: text.slice(0, 100),
      }),
    ),
    ...sentences.slice(0, 3).map(({ sentence, number }) =>
      deduct('sentence-length', 2, `A sentence has ${sentence.trim().split(/\s+/).length} words`, 'Divide it.', {
        line: number,
        excerpt: sentence.trim().slice(0, 100),
      }),
    ),
  ];
}

function scoreMedia(lines: readonly string[]): Deduction[] {
  const found: Deduction[] = [];
  for (const { text, number } of linesOutsideCode(lines)) {
    for (const match of text.matchAll(/!\[\s{0,20}\]\(/g))
      found.push(
        deduct('image-alt', 3, 'An image has no alternative text', 'Say what it shows.', {
          line: number,
          excerpt: text.slice(match.index, match.index + 80),
        }),
      );
    for (const match of text.matchAll(/(?<!!)\[\s{0,20}\]\(|\[[^\][]{1,500}\]\(\s{0,20}\)/g))
      found.push(
        deduct('empty-link', 4, 'A link has no text or no address', 'Complete or remove it.', {
          line: number,
          excerpt: match[0],
        }),
      );
  }
  return found.slice(0, 5);
}

/** A link that leads nowhere costs a reader more than a missing one. */
function scoreLinks({ deadLinks = [] }: ScoredPost, lines: readonly string[]): Deduction[] {
  const prose = linesOutsideCode(lines);
  return deadLinks.slice(0, 5).map((href) => {
    const line = prose.find(({ text }) => text.includes(href))?.number;
    const place = line === undefined ? {} : { line };
    return deduct('dead-link', 4, `The link to "${href.slice(0, 80)}" leads to no file`, 'Fix or remove it.', {
      excerpt: href,
      ...place,
    });
  });
}

/** Destinations of links and images beside the post: no address of the net, none from the site's root, no mark of a generator. Code is left out. */
export function relativeLinks(body: string): string[] {
  const text = linesOutsideCode(body.split('\n'))
    .map((line) => line.text.replace(/`[^`]*`/g, ''))
    .join('\n');
  const found = [
    ...text.matchAll(/\]\(\s{0,20}(?:<([^<>\n]{0,2000})>|((?:[^\s()<>]|\([^\s()]{0,200}\)){1,2000}))/g),
  ].map((match) => match[1] ?? match[2] ?? '');
  return [...new Set(found)].filter(isBesidePost);
}

export function isBesidePost(href: string): boolean {
  return href !== '' && !/^(?:[a-z][a-z\d+.-]*:|[/#?])|[{}]/i.test(href);
}

/** About how wide a text is on a search page, in pixels, for letters of this size; Hangul and Han are square. */
export function pixelWidth(text: string, size: number): number {
  let width = 0;
  for (const char of text) width += size * shareOf(char);
  return Math.round(width);
}

function shareOf(char: string): number {
  if (/[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uff00-\uff60]|\p{Extended_Pictographic}/u.test(char)) return 0.92;
  if (/[ijl.,:;'|!()[\]]/.test(char)) return 0.26;
  if (/[\s\-ftr]/.test(char)) return 0.3;
  if (/[mwMW@%]/.test(char)) return 0.82;
  if (/\p{Lu}/u.test(char)) return 0.64;
  return 0.5;
}
