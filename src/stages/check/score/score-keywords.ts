/** Where a post uses its keyword, and whether too often. Pure. */

import type { Paragraph } from 'mdast';
import type { Body } from '../blocks.ts';
import { comparable } from '../grounding/quotes.ts';
import { type Deduction, deduct } from './deduction.ts';
import { headingsOf, nodesOf, proseOf, textOf } from './score-body.ts';
import type { ScoredPost } from './scored-post.ts';

/** Upper bound only. */
const MAX_DENSITY = 0.04;

export function scoreKeywords({ title, description, keywords }: ScoredPost, body: Body): Deduction[] {
  const [keyword] = keywords;
  if (keyword === undefined || keyword.trim() === '') return [];
  const has = (text: string) => comparable(text).includes(comparable(keyword));
  const first = openingOf(body);
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
  if (!headingsOf(body).some((heading) => has(textOf(heading))))
    found.push(deduct('keyword-heading', 3, `The keyword "${keyword}" is in no heading`, 'Use it in one heading.'));
  const text = comparable(body.blocks.map((block) => (block.kind === 'code' ? '' : block.text)).join('\n'));
  const words = text.split(' ');
  const uses = text.split(comparable(keyword)).length - 1;
  const density = (uses * comparable(keyword).split(' ').length) / Math.max(1, words.length);
  if (density > MAX_DENSITY && uses > 4)
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

/** The first paragraph that is not a notice in italics. */
function openingOf(body: Body): string {
  if (body.tree === undefined) return proseOf(body)[0]?.text ?? '';
  const isNotice = ({ children }: Paragraph) => children.length === 1 && children[0]?.type === 'emphasis';
  const first = body.tree.children.find((node): node is Paragraph => node.type === 'paragraph' && !isNotice(node));
  return textOf(first ?? nodesOf(body.tree, 'paragraph')[0] ?? { type: 'text', value: '' });
}
