import { Readability } from '@mozilla/readability';
import { cloneTree, type ElementNode, type TreeDocument } from './document/nodes.ts';
import { pruneBoilerplate } from './prune.ts';

export interface MainText {
  /** The element that holds the article. */
  readonly root: ElementNode;
  readonly byline: string | undefined;
  readonly siteName: string | undefined;
}

/** Below this much running text Readability tries again with looser rules, and then takes what there is. */
const CHAR_THRESHOLD = 300;

/** Finds the element that is the article, without what site templates put into it; undefined where the page has none. Changes the tree. */
export function findMainText(document: TreeDocument): MainText | undefined {
  const body = cloneTree(document.body);
  const found = readWithReadability(document);
  if (found !== undefined) {
    pruneBoilerplate(found.root);
    return found;
  }
  // A page too short for Readability may still be an article; whether it has enough text is decided later.
  return body.nodeType === 1 && body.textContent.trim() !== '' ? { root: pruneBoilerplate(body), byline: undefined, siteName: undefined } : undefined;
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
  return { root: result.content, byline: result.byline ?? undefined, siteName: result.siteName ?? undefined };
}
