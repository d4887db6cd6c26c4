import { Readability } from '@mozilla/readability';
import type { ElementNode, TreeDocument } from './document/nodes.ts';
import { pruneBoilerplate } from './prune.ts';
import { findRunningText, runningTextLength } from './running-text.ts';

export interface MainText {
  /** The element that holds the article. */
  readonly root: ElementNode;
  readonly byline: string | undefined;
}

/** Below this much running text Readability tries again with looser rules, and then takes what there is. */
const CHAR_THRESHOLD = 300;
/** Readability that kept less than this share of the page's running text may have taken one section for the article. */
const LEAST_KEPT = 0.7;
/** The wider choice has to hold this many times as much to be believed. */
const CLEARLY_MORE = 1.7;

/**
 * Finds the element that is the article, without what site templates put into it; undefined where the page has none. Changes the tree;
 * `readAgain` gives the page as it was: a second reading of few pages costs less than a copy of each.
 */
export function findMainText(document: TreeDocument, readAgain: () => TreeDocument): MainText | undefined {
  const running = runningTextLength(onlyArticle(document.body) ?? document.body);
  const found = readWithReadability(document);
  if (found !== undefined) pruneBoilerplate(found.root);
  const kept = found === undefined ? 0 : runningTextLength(found.root);
  if (kept < running * LEAST_KEPT) {
    const wider = findRunningText(readAgain().body);
    if (wider !== undefined && runningTextLength(pruneBoilerplate(wider)) > kept * CLEARLY_MORE)
      return { root: wider, byline: found?.byline };
  }
  if (found !== undefined) return found;
  // A page without any running text may still hold a few words; whether they are enough is decided later.
  const { body } = readAgain();
  return body.textContent.trim() === '' ? undefined : { root: pruneBoilerplate(body), byline: undefined };
}

/** A page that marks one article says where its text is; what stands outside is of other pages. */
function onlyArticle(body: ElementNode): ElementNode | undefined {
  const [article, other] = body.getElementsByTagName('article');
  return other === undefined && article !== undefined && runningTextLength(article) > 0 ? article : undefined;
}

function readWithReadability(document: TreeDocument): MainText | undefined {
  // Readability asks for a DOM's Document and uses the part of it that TreeDocument has.
  const reader = new Readability<ElementNode>(document as unknown as Document, {
    keepClasses: true,
    charThreshold: CHAR_THRESHOLD,
    disableJSONLD: true,
    serializer: (node) => node as unknown as ElementNode,
  });
  const result = reader.parse();
  if (result?.content === undefined || result.content === null) return undefined;
  return { root: result.content, byline: result.byline ?? undefined };
}
