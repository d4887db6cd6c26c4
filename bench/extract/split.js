/**
 * The split of labelled pages, by registrable domain: pages of one site share their template, so they stand on one side.
 * Fold 0 decides; rules and weights may see folds 1 to 4 only. The training script imports this file too.
 */

export const FOLDS = 5;

export function foldOf(url) {
  let hash = 0x811c9dc5;
  for (const character of registrableDomain(url)) {
    hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
  }
  return Math.abs(hash ^ (hash >>> 15)) % FOLDS;
}

export function decides(url) {
  return foldOf(url) === 0;
}

/** An approximation of the public suffix list: three labels below `co.uk`, `com.au` and the like, else two. */
export function registrableDomain(url) {
  const labels = (URL.canParse(url) ? new URL(url).hostname : url).toLowerCase().split('.');
  const [second = '', top = ''] = labels.slice(-2);
  const labelsKept = top.length === 2 && second.length <= 3 && labels.length > 2 ? 3 : 2;
  return labels.slice(-labelsKept).join('.');
}
