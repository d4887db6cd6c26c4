import { setFlagsFromString } from 'node:v8';

/**
 * Settles how much memory this process takes for granted; to be called before anything else is loaded, and only by the process's owner.
 * The one WebAssembly here is undici's HTTP parser: compiled for speed it takes 30 MB, more than all pages in flight, and parses no page sooner.
 * The young generation is kept small because bodies are freed with it: each collection that comes later holds megabytes of them longer.
 */
export function keepProcessLean(): void {
  setFlagsFromString('--liftoff-only');
  setFlagsFromString('--max-semi-space-size=4');
  setFlagsFromString('--semi-space-growth-factor=1');
}
