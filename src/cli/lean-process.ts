import { setFlagsFromString } from 'node:v8';

/** How much a heap may grow, in percent, between two full collections. V8 itself takes up to 300, which a crawl fills with pages that are done with. */
const HEAP_GROWTH = 30;

/**
 * Settles how much memory this process takes for granted; to be called before anything else is loaded, and only by the process's owner.
 * The one WebAssembly here is undici's HTTP parser: compiled for speed it takes 30 MB, more than all pages in flight, and parses no page sooner.
 * The young generation is kept small because bodies are freed with it: each collection that comes later holds megabytes of them longer.
 */
export function keepProcessLean(): void {
  setFlagsFromString('--liftoff-only');
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH}`);
  keepYoungSmall();
  // V8 puts this one flag back whenever a thread gets its heap.
  process.on('worker', (thread) => thread.once('online', keepYoungSmall));
}

function keepYoungSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
