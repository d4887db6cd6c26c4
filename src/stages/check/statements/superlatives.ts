/** `the largest` for what the source calls the second or third largest. Pure. */

const RANK = 'second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|2nd|3rd|[4-9]th|10th';
const RANKED = new RegExp(
  `\\b(?:${RANK})[- ](largest|biggest|most|highest|best|longest|oldest|smallest|lowest|fastest|tallest|richest|busiest|strongest|cheapest|greatest)\\b`,
  'giu',
);
const TOP =
  /\b(?:largest|biggest|most|highest|best|longest|oldest|smallest|lowest|fastest|tallest|richest|busiest|strongest|cheapest|greatest)\b/giu;
/** What stands before a word that is not the first of its kind. */
const LOWER = /(?:nd|rd|th|third|second|first|one of the|among the)[- ]$/iu;
const KOREAN_RANKED = /(?:두|세|네|다섯|여섯|일곱|[2-9])\s?번째로\s/u;
const KOREAN_TOP = /(?:가장|제일)\s/u;

/** The word of the post that leaves the rank away. */
export function findRaised(post: string, source: string): string | undefined {
  const ranked = new Set([...source.matchAll(RANKED)].map(([, word = '']) => word.toLowerCase()));
  const own = new Set(topsOf(source));
  const raised = topsOf(post).find((word) => ranked.has(word) && !own.has(word));
  if (raised !== undefined) return raised;
  const isKorean = KOREAN_TOP.test(post) && !KOREAN_RANKED.test(post);
  return isKorean && KOREAN_RANKED.test(source) && !KOREAN_TOP.test(source) ? '가장' : undefined;
}

function topsOf(text: string): string[] {
  return [...text.matchAll(TOP)]
    .filter(({ index }) => !LOWER.test(text.slice(Math.max(0, index - 12), index)))
    .map(([word]) => word.toLowerCase());
}
