/** Points lost for headings, paragraphs, images and links of the body. Pure. */

import type { Heading, Nodes } from 'mdast';
import { plural } from '../../../util/text/plural.ts';
import type { Block, Body } from '../blocks.ts';
import { sentencesOf } from '../sentences.ts';
import { type Deduction, deduct } from './deduction.ts';

const LONG_PARAGRAPH = 900;
const LONG_SENTENCE_WORDS = 50;
/** A text of this many characters needs headings. */
const LONG_TEXT = 1500;
/** Maximum number of findings of one kind. */
const MAX_OF_A_KIND = 3;
const MAX_LINKS = 5;
/** Characters below which a post says little; one of a Chinese, Japanese or Korean text says as much as `DENSE` others. */
const SHORT_TEXT = 600;
const DENSE = 2.5;
/** Shorter sentences may be repeated, as in a list or a refrain. */
const REPEATED_LENGTH = 20;

export function scoreBody(body: Body): Deduction[] {
  return [...scoreAmount(body), ...scoreRepeats(body), ...scoreHeadings(body), ...scoreText(body), ...scoreMedia(body)];
}

/** Running text, without headings and code. */
export function proseOf({ blocks }: Body): Block[] {
  return blocks.filter(({ kind, text }) => kind !== 'heading' && kind !== 'code' && text.trim() !== '');
}

/** There is no target length, but a post needs more than a sentence or two. */
function scoreAmount(body: Body): Deduction[] {
  const prose = proseOf(body);
  if (prose.length === 0) return [deduct('empty-body', 70, 'The post has no text', 'Write what the reader came for.')];
  const sentences = prose.reduce((count, { text }) => count + sentencesOf(text).length, 0);
  const fix = 'Say what the reader wants to know about it.';
  if (sentences <= 1) return [deduct('one-sentence', 40, 'The whole post is one sentence', fix)];
  const amount = prose.reduce((sum, { text }) => sum + amountOf(text), 0);
  const missing = Math.round(25 * (1 - amount / SHORT_TEXT));
  return missing > 0 ? [deduct('short-text', missing, `The post has ${plural(sentences, 'short sentence')}`, fix)] : [];
}

/** Characters, weighted by how much text one stands for. */
function amountOf(text: string): number {
  const dense = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu)?.length ?? 0;
  return text.length + dense * (DENSE - 1);
}

/** Repeated text: up to 60 points, by its share of the whole. */
function scoreRepeats(body: Body): Deduction[] {
  const seen = new Set<string>();
  let all = 0;
  let again = 0;
  for (const { text } of proseOf(body).flatMap(({ text }) => sentencesOf(text))) {
    const words = text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
    all += words.length;
    if (words.length >= REPEATED_LENGTH && seen.has(words)) again += words.length;
    seen.add(words);
  }
  const percent = all === 0 ? 0 : Math.round((100 * again) / all);
  if (percent < 5) return [];
  const message = `${percent} % of the text repeats sentences of the post`;
  return [deduct('repeated', Math.round(0.6 * percent), message, 'Say each thing once.')];
}

function scoreHeadings({ tree, blocks }: Body): Deduction[] {
  const found: Deduction[] = [];
  const headings = tree === undefined ? [] : nodesOf(tree, 'heading');
  let before = 1;
  for (const heading of headings) {
    const { depth } = heading;
    const place = { line: heading.position?.start.line ?? 1, excerpt: textOf(heading).slice(0, 200) };
    if (depth === 1)
      found.push(deduct('one-h1', 10, 'There is an H1 beside the title', 'Make it a level 2 heading.', place));
    else if (depth > before + 1)
      found.push(
        deduct(
          'heading-order',
          4,
          `A level ${depth} heading follows level ${before}`,
          `Make it level ${before + 1}.`,
          place,
        ),
      );
    before = depth;
  }
  const length = blocks.reduce((sum, { text }) => sum + text.length, 0);
  if (headings.length === 0 && length > LONG_TEXT)
    found.push(deduct('headings', 6, 'A long text has no heading', 'Divide it with headings that say what follows.'));
  return found;
}

function scoreText({ blocks }: Body): Deduction[] {
  const paragraphs = blocks.filter(({ kind }) => kind === 'paragraph');
  const long = paragraphs.filter(({ text }) => text.length > LONG_PARAGRAPH).slice(0, MAX_OF_A_KIND);
  const sentences = paragraphs
    .flatMap(({ text, lineAt }) => sentencesOf(text).map((sentence) => ({ ...sentence, line: lineAt(sentence.from) })))
    .filter(({ text }) => wordsIn(text) > LONG_SENTENCE_WORDS)
    .slice(0, MAX_OF_A_KIND);
  return [
    ...long.map(({ text, lineAt }) =>
      deduct(
        'paragraph-length',
        3 * Math.floor(text.length / LONG_PARAGRAPH),
        `A paragraph has ${plural(text.length, 'character')}`,
        'Divide it.',
        {
          line: lineAt(0),
          excerpt: text.slice(0, 100),
        },
      ),
    ),
    ...sentences.map(({ text, line }) =>
      deduct('sentence-length', 2, `A sentence has ${plural(wordsIn(text), 'word')}`, 'Divide it.', {
        line,
        excerpt: text.trim().slice(0, 100),
      }),
    ),
  ];
}

function wordsIn(text: string): number {
  return text.trim().split(/\s+/).length;
}

function scoreMedia({ tree }: Body): Deduction[] {
  if (tree === undefined) return [];
  const place = (node: Nodes, excerpt: string) => ({
    line: node.position?.start.line ?? 1,
    excerpt: excerpt.slice(0, 80),
  });
  const images = nodesOf(tree, 'image')
    .filter(({ alt }) => (alt ?? '').trim() === '')
    .map((image) =>
      deduct(
        'image-alt',
        3,
        'An image has no alternative text',
        'Say what it shows.',
        place(image, `![](${image.url})`),
      ),
    );
  const links = nodesOf(tree, 'link')
    .filter((link) => link.url.trim() === '' || (textOf(link).trim() === '' && nodesOf(link, 'image').length === 0))
    .map((link) =>
      deduct(
        'empty-link',
        4,
        'A link has no text or no address',
        'Complete or remove it.',
        place(link, `[${textOf(link)}](${link.url})`),
      ),
    );
  return [...images, ...links].slice(0, MAX_LINKS);
}

type NodeOf<T extends Nodes['type']> = Extract<Nodes, { type: T }>;

export function nodesOf<T extends Nodes['type']>(node: Nodes, type: T): NodeOf<T>[] {
  const own = node.type === type ? [node as NodeOf<T>] : [];
  return 'children' in node ? [...own, ...node.children.flatMap((child) => nodesOf(child, type))] : own;
}

export function headingsOf({ tree }: Body): Heading[] {
  return tree === undefined ? [] : nodesOf(tree, 'heading');
}

export function textOf(node: Nodes): string {
  if ('value' in node) return node.value;
  if (node.type === 'image') return node.alt ?? '';
  return 'children' in node ? node.children.map(textOf).join('') : '';
}
