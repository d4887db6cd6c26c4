/** Total blocked time; overlapping waits are counted once. */

interface Span {
  readonly from: number;
  readonly to: number;
}

export interface BlockedTime {
  readonly ms: number;
  /** Adds a wait that ended at `to`; calls are in order of `to`. */
  add(from: number, to: number): void;
}

/** Number of intervals kept; older ones cannot overlap a new wait in practice. */
const MAX_SPANS = 100;

export function createBlockedTime(): BlockedTime {
  let spans: Span[] = []; // disjoint, newest last
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
      if (spans.length <= MAX_SPANS || oldest === undefined) return;
      earlierMs += oldest.to - oldest.from;
      spans = spans.slice(1);
    },
  };
}
