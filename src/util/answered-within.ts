import type { Clock } from '../core/ports.ts';

const SLICES = 5;

/**
 * What `call` comes to, or an error after `ms` in which this process could have heard it. The wait goes in slices, and one that ends
 * late counts as one: a process that was busy for a second, or whose machine slept, must not take that for the other side's silence.
 * `who` is named in the error.
 */
export async function answeredWithin<T>(
  call: PromiseLike<T>,
  { ms, who, clock }: { readonly ms: number; readonly who: string; readonly clock: Clock },
): Promise<T> {
  const timer = new AbortController();
  const late = listened(ms, clock, timer.signal).then(() =>
    Promise.reject(new Error(`${who} did not answer within ${ms} ms`)),
  );
  late.catch(() => {}); // raced below
  call.then(undefined, () => {}); // it may fail after it was given up
  try {
    return await Promise.race([call, late]);
  } finally {
    timer.abort();
  }
}

async function listened(ms: number, clock: Clock, signal: AbortSignal): Promise<void> {
  for (let slice = 0; slice < SLICES; slice += 1) await clock.sleep(ms / SLICES, signal);
  await clock.sleep(0, signal); // one more turn of the event loop, in which what has arrived is read
}
