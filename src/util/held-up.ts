/** Adds up the time in which anybody waited: waits side by side count once. */

interface Span {
  readonly from: number;
  readonly to: number;
}

export interface HeldUp {
  readonly ms: number;
  /** A wait that ended now, at `to`; in the order of their ends. */
  add(from: number, to: number): void;
}

/** Older ones meet no new wait any more: none lasts through so many others. */
const MOST_SPANS = 100;

export function createHeldUp(): HeldUp {
  let spans: Span[] = []; // apart from each other, the newest last
  let earlierMs = 0;

  return {
    get ms() {
      return spans.reduce((sum, { from, to }) => sum + to - from, earlierMs);
    },
    add(from, to) {
      const met = spans.filter((span) => span.to >= from);
      spans = [
        ...spans.filter((span) => span.to < from),
        { from: Math.min(from, ...met.map((span) => span.from)), to: Math.max(from, to) },
      ];
      const [oldest] = spans;
      if (spans.length <= MOST_SPANS || oldest === undefined) return;
      earlierMs += oldest.to - oldest.from;
      spans = spans.slice(1);
    },
  };
}
