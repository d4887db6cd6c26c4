import type { ElementNode, TreeDocument } from './document/nodes.ts';
import type { HeadData } from './document/read-head.ts';
import { chooseBlocks } from './judge/choice/choose-blocks.ts';
import { judgePage } from './judge/judge-page.ts';
import { readOutline } from './judge/outline.ts';
import type { PageFacts } from './judge/page-facts.ts';
import { readHints } from './judge/page-hints.ts';
import { keepOnly } from './keep-only.ts';

export interface MainText {
  /** The element with the article, and nothing else; undefined if the page has no text. */
  readonly root: ElementNode | undefined;
  readonly facts: PageFacts;
  /** Which blocks of the page are in it. */
  readonly kept: readonly boolean[];
}

/** Finds the article text of a page. Changes the tree. */
export function findMainText(
  document: TreeDocument,
  head: HeadData,
  about: { readonly url: string; readonly articleBody: string | undefined },
): MainText {
  const outline = readOutline(document.body);
  const { facts, chances } = judgePage(outline, readHints(head, about));
  const kept = chooseBlocks(outline, chances);
  return { root: keepOnly(outline, kept), facts, kept };
}
