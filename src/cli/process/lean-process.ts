import { setFlagsFromString } from 'node:v8';
import { THREAD_YOUNG_MB } from '../../util/threads/memory.ts';

/** How much a heap may grow, in percent, between two full collections. V8's default is up to 300, which a crawl fills with garbage pages. */
const HEAP_GROWTH = 30;

/**
 * Sets V8 flags that lower memory use. Call it before anything else is loaded, and only from the main program.
 * The one WebAssembly here is undici's HTTP parser: optimised code for it takes 30 MB, more than all pages in flight, and parses no faster.
 * The main thread has a small young generation, because bodies are freed with it: a later collection holds megabytes of them longer.
 * Threads that read pages start with a young generation large enough for a page; otherwise they spend a quarter of their time on collection.
 */
export function keepProcessLean(): void {
  setFlagsFromString('--liftoff-only');
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH}`);
  keepYoungSmall();
  // Applies to heaps created from now on; the young generation has three parts of this size.
  setFlagsFromString(`--min-semi-space-size=${THREAD_YOUNG_MB / 3}`);
  // V8 resets this flag whenever a thread creates its heap.
  process.on('worker', (thread) => thread.once('online', keepYoungSmall));
}

function keepYoungSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
