/** Pages that were read and not yet consumed, and whether there is memory for another read. */

import type { Page } from '../../../core/types.ts';

/**
 * Memory limit: bytes of pages being read (estimated by the mean so far) plus twice the bytes of buffered pages, because they arrive faster than
 * they are consumed. Above it no new read starts, however few the pages are.
 */
const MAX_HELD_BYTES = 3_145_728;

export interface PageBuffer {
  push(page: Page): void;
  shift(): Page | undefined;
  /** True when one more read may start beside `reading` others. */
  hasRoom(reading: number): boolean;
}

export function createPageBuffer({
  maxConcurrent,
  queueSize,
}: {
  readonly maxConcurrent: number;
  readonly queueSize: number;
}): PageBuffer {
  const pages: Page[] = [];
  const pageBytes = createMean();
  let bytes = 0;
  return {
    push(page) {
      pages.push(page);
      bytes += page.body.byteLength;
      pageBytes.add(page.body.byteLength);
    },
    shift() {
      const page = pages.shift();
      bytes -= page?.body.byteLength ?? 0;
      return page;
    },
    hasRoom: (reading) =>
      reading < maxConcurrent &&
      reading + pages.length < queueSize &&
      (2 * bytes + reading * pageBytes.mean() < MAX_HELD_BYTES || reading + pages.length === 0),
  };
}

function createMean(): { add(value: number): void; mean(): number } {
  let sum = 0;
  let count = 0;
  return {
    add(value) {
      sum += value;
      count += 1;
    },
    mean: () => (count === 0 ? 0 : sum / count),
  };
}
