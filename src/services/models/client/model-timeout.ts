import type { Tier } from '../../../core/types.ts';

const VENDOR_MS = 300_000;
const FLEX_MS = 900_000;
/** A model on a machine of one's own may take minutes for a page. */
const OWN_SERVER_MS = 1_800_000;

/** The longest wait for one answer: the setting, else by what is asked. */
export function timeoutFor(
  tier: Tier,
  { timeoutMs, isOwnServer }: { readonly timeoutMs?: number | undefined; readonly isOwnServer: boolean },
): number {
  if (timeoutMs !== undefined) return timeoutMs;
  if (isOwnServer) return OWN_SERVER_MS;
  return tier === 'flex' ? FLEX_MS : VENDOR_MS;
}
