import { setTimeout as sleep } from 'node:timers/promises';
import { BloggerError } from '../../../core/errors.ts';

/** An uploaded file is processed for some seconds before a batch can be made of it; the refusal until then made nothing. */
const WAITS_MS = [500, 1000, 2000, 4000, 8000, 15_000, 30_000] as const;

/** Repeats what was refused because its file is not ready. */
export async function whenReady<T>(create: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (const waitMs of WAITS_MS) {
    try {
      return await create();
    } catch (error) {
      if (!isNotReady(error)) throw error;
      await sleep(waitMs, undefined, { signal });
    }
  }
  return create();
}

const NOT_THERE = /\b(?:not (?:found|exist|ready|yet|processed|available|in)|no such|still|pending|processing)\b/i;

/** Vendors say so in a code, as Google does, or in words about the file, which reads as if there were none. */
function isNotReady(error: unknown): boolean {
  if (!BloggerError.is(error)) return false;
  const { vendorCode, status, reason } = error.details;
  if (vendorCode === 'FAILED_PRECONDITION') return true;
  const isRefused = typeof status === 'number' && status >= 400 && status < 500;
  return isRefused && typeof reason === 'string' && /\bfile\b/i.test(reason) && NOT_THERE.test(reason);
}
