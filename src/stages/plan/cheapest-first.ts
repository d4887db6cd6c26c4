import type { Clock } from '../../core/ports.ts';
import { type Brief, PRIORITIES } from '../../core/types.ts';
import { withPauses } from '../../util/async/with-pauses.ts';

export interface CheapestFirstOptions {
  /** Likely cost of a post in US dollars; undefined = unknown. */
  readonly costOf: (brief: Brief) => number | undefined;
  /** What is left of the cap in US dollars. */
  readonly leftUsd: () => number;
  /** Number of posts that the list may give. */
  readonly expected: number;
  readonly clock: Clock;
  /** Briefs held for comparison at most. @default 500 */
  readonly window?: number;
}

/** The cheapest brief is released when none has arrived for this long, so that writing does not wait for a slow page. */
const QUIET_MS = 5000;

interface Priced {
  readonly brief: Brief;
  readonly rank: number;
  readonly usd: number;
}

/**
 * The order that buys the most posts where the cap does not pay for the whole list: the cheapest of each priority first.
 * The briefs pass as they come while the likely cost of all of them is within what is left.
 */
export async function* cheapestFirst(
  briefs: AsyncIterable<Brief>,
  { costOf, leftUsd, expected, clock, window = 500 }: CheapestFirstOptions,
): AsyncGenerator<Brief, void, undefined> {
  const held: Priced[] = [];
  let [seen, seenUsd] = [0, 0];
  const isShort = () =>
    held.reduce((sum, { usd }) => sum + usd, 0) + (seenUsd / seen) * Math.max(0, expected - seen) > leftUsd();
  for await (const next of withPauses(briefs, QUIET_MS, clock)) {
    if (next === 'pause') {
      if (held.length > 0) yield takeCheapest(held);
      continue;
    }
    const usd = costOf(next.item) ?? 0;
    seen += 1;
    seenUsd += usd;
    held.push({ brief: next.item, rank: PRIORITIES.indexOf(next.item.priority), usd });
    if (held.length >= window) yield takeCheapest(held);
    else while (held.length > 0 && !isShort()) yield takeFirst(held);
  }
  while (held.length > 0) yield isShort() ? takeCheapest(held) : takeFirst(held);
}

function takeFirst(held: Priced[]): Brief {
  const [first] = held.splice(0, 1) as [Priced]; // called with at least one
  return first.brief;
}

function takeCheapest(held: Priced[]): Brief {
  const cheapest = held.reduce((best, one) =>
    one.rank < best.rank || (one.rank === best.rank && one.usd < best.usd) ? one : best,
  );
  held.splice(held.indexOf(cheapest), 1);
  return cheapest.brief;
}
