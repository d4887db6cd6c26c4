import type { Clock } from '../../core/ports.ts';

const SLICES = 5;

/**
 * Settles as `call` does, or rejects after `ms`. The wait is cut into slices, so time in which this process was busy or the machine slept
 * counts as one slice at most, not as a timeout of the other side. `who` is named in the error.
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
  call.then(undefined, () => {}); // may reject after the timeout
  try {
    return await Promise.race([call, late]);
  } finally {
    timer.abort();
  }
}

async function listened(ms: number, clock: Clock, signal: AbortSignal): Promise<void> {
  for (let slice = 0; slice < SLICES; slice += 1) await clock.sleep(ms / SLICES, signal);
  await clock.sleep(0, signal); // one more turn of the event loop, to read responses that have arrived
}
