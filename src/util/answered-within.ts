import type { Clock } from '../core/ports.ts';

/**
 * What `call` comes to, or an error after `ms`. An answer that came while this process was busy counts: it is read before the call is given up.
 * `who` is named in the error.
 */
export async function answeredWithin<T>(
  call: PromiseLike<T>,
  { ms, who, clock }: { readonly ms: number; readonly who: string; readonly clock: Clock },
): Promise<T> {
  const timer = new AbortController();
  const late = clock
    .sleep(ms, timer.signal)
    .then(() => clock.sleep(0, timer.signal)) // one turn of the event loop, in which what has arrived is read
    .then(() => Promise.reject(new Error(`${who} did not answer within ${ms} ms`)));
  late.catch(() => {}); // raced below
  call.then(undefined, () => {}); // it may fail after it was given up
  try {
    return await Promise.race([call, late]);
  } finally {
    timer.abort();
  }
}
