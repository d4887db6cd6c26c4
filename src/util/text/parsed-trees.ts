/** Keeps the syntax trees of the last texts: checking, rendering and saving a post each read the tree of the same text. */

import type { Root } from 'mdast';

/** Enough for several posts in progress. */
const KEPT = 12;
/** A tree takes much more memory than its text. */
const MAX_CHARS = 40_000;

/** `parse`, run once for the same text; callers must not change the tree. */
export function parseOnce(parse: (text: string) => Root): (text: string) => Root {
  const trees = new Map<string, Root>();
  return (text) => {
    const known = trees.get(text);
    const tree = known ?? parse(text);
    if (text.length > MAX_CHARS) return tree;
    // Moves the text to the end (least recently used first).
    trees.delete(text);
    trees.set(text, tree);
    for (const oldest of trees.keys()) {
      if (trees.size <= KEPT) break;
      trees.delete(oldest);
    }
    return tree;
  };
}
