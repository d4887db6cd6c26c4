/**
 * What shall go wrong, in the order in which it was asked for.
 *
 * kind: reset-before (nothing billed) · reset-after (billed, nothing answered) · reset-mid (billed, half the body) · hang ·
 * status (any status, body or html) · rate-limit · quota · auth · overloaded · html-5xx · resource-unavailable · error-at-200 ·
 * truncate · empty-truncate · refusal · safety · recitation · blocked · broken-json · fenced · empty · text (a text of your own) · no-usage
 *
 * @typedef {{ kind: string, times?: number, chance?: number, match?: string, on?: 'live' | 'batch-row', vendor?: 'openai' | 'gemini',
 *   status?: number, body?: unknown, headers?: Record<string, string>, retryAfterMs?: number, text?: string, perDay?: boolean }} Fault
 */
export function createFaults(random) {
  /** @type {Fault[]} */
  const faults = [];
  return {
    add(...more) {
      faults.push(...more.map((fault) => ({ ...fault })));
    },
    clear() {
      faults.length = 0;
    },
    /** The first fault that is meant for this call, used up by being taken. */
    take({ vendor, on, prompt }) {
      for (const fault of faults) {
        if ((fault.times ?? 1) <= 0) continue;
        if (fault.vendor !== undefined && fault.vendor !== vendor) continue;
        if ((fault.on ?? 'live') !== on) continue;
        if (fault.match !== undefined && !prompt.includes(fault.match)) continue;
        if (fault.chance !== undefined && random() >= fault.chance) continue;
        fault.times = (fault.times ?? 1) - 1;
        return fault;
      }
      return undefined;
    },
  };
}

/** Small seeded generator (mulberry32), so that a failing run can be repeated. */
export function createRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
