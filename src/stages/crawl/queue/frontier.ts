/** Queue of entries to read: HIGH before MEDIUM before LOW, FIFO within a level; a slow host does not block others. */

import type { Entry, Priority } from '../../../core/types.ts';
import { createHeap } from './heap.ts';

export interface FrontierOptions {
  /** Maximum entries of one host in progress. */
  readonly perHost: number;
  /** After waiting this long an entry counts as one level higher; prevents starvation. */
  readonly ageMs: number;
}

export interface Frontier {
  add(entry: Entry, now: number): void;
  /** The first entry whose host has capacity; undefined when there is none. */
  take(): Entry | undefined;
  /** Marks one entry of this host as done. */
  release(entry: Entry): void;
  readonly size: number;
}

interface Waiting {
  readonly entry: Entry;
  /** Arrival time plus `ageMs` per level: strict priority among entries that arrive together, aging for those that waited. */
  readonly rank: number;
  readonly order: number;
}

interface Host {
  readonly name: string;
  readonly queue: ReturnType<typeof createHeap<Waiting>>;
  taken: number;
}

interface Offer {
  readonly host: Host;
  readonly waiting: Waiting;
}

const LEVEL = { high: 0, medium: 1, low: 2 } as const satisfies Record<Priority, number>;

export function createFrontier({ perHost, ageMs }: FrontierOptions): Frontier {
  const hosts = new Map<string, Host>();
  /** Heads of all hosts with capacity; outdated ones are dropped when they reach the top. */
  const offers = createHeap<Offer>((a, b) => before(a.waiting, b.waiting));
  let size = 0;
  let arrivals = 0;

  function offer(host: Host): void {
    const waiting = host.queue.peek();
    if (waiting !== undefined && host.taken < perHost) offers.push({ host, waiting });
  }

  return {
    get size() {
      return size;
    },
    add(entry, now) {
      const name = hostName(entry.url);
      let host = hosts.get(name);
      if (host === undefined) {
        host = { name, queue: createHeap(before), taken: 0 };
        hosts.set(name, host);
      }
      const waiting: Waiting = { entry, rank: now + LEVEL[entry.priority] * ageMs, order: arrivals };
      arrivals += 1;
      host.queue.push(waiting);
      size += 1;
      if (host.queue.peek() === waiting) offer(host);
    },
    take() {
      for (let best = offers.pop(); best !== undefined; best = offers.pop()) {
        const { host, waiting } = best;
        if (host.queue.peek() !== waiting || host.taken >= perHost) continue;
        host.queue.pop();
        host.taken += 1;
        size -= 1;
        offer(host);
        return waiting.entry;
      }
      return undefined;
    },
    release(entry) {
      const name = hostName(entry.url);
      const host = hosts.get(name);
      if (host === undefined) return;
      host.taken -= 1;
      offer(host);
      if (host.taken === 0 && host.queue.size === 0) hosts.delete(name);
    },
  };
}

function before(a: Waiting, b: Waiting): boolean {
  return a.rank === b.rank ? a.order < b.order : a.rank < b.rank;
}

function hostName(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '';
}
