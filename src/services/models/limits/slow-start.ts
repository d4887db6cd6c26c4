import { unlessAborted } from '../../../util/async/unless-aborted.ts';
import type { RateGate } from './rate-gate.ts';

/** Any vendor grants so many calls at once. */
const FIRST_CALLS = 4;

export interface SlowStartOptions {
  /** Calls that go ahead while nothing is known. One, where the server may not be what it seems. @default 4 */
  readonly firstCalls?: number;
}

/**
 * While nothing is known of the vendor's limits a few calls go ahead; the rest leaves when an answer has told them. Without it the whole
 * first wave leaves before the first headers come, and what is too much of it is refused.
 */
export function slowStart(inner: RateGate, { firstCalls = FIRST_CALLS }: SlowStartOptions = {}): RateGate {
  let isOpen = false;
  let isLimitKnown = false;
  let ahead = 0;
  let reporting: Promise<void> = Promise.resolve();
  let waiting: (() => void)[] = [];

  function wake(): void {
    const woken = waiting;
    waiting = [];
    for (const go of woken) go();
  }

  async function enter(signal: AbortSignal): Promise<void> {
    while (!isOpen && ahead >= firstCalls)
      await unlessAborted(new Promise<void>((resolve) => waiting.push(resolve)), signal);
    ahead += 1; // in the turn of the check, so that nobody slips in between
  }

  async function finishReport(counted: Promise<void>): Promise<void> {
    await counted;
    isLimitKnown = true;
    isOpen = true;
    wake();
  }

  return {
    async pass(call, make, signal) {
      await enter(signal);
      try {
        const answer = await inner.pass(call, make, signal);
        await reporting; // what its headers said counts before the others leave
        isOpen = true; // a server that says nothing about limits is taken at its answer
        return answer;
      } finally {
        ahead -= 1;
        wake();
      }
    },
    report(callId, report) {
      reporting = finishReport(inner.report(callId, report));
      return reporting;
    },
    pause(ms) {
      isOpen = isLimitKnown; // without figures the next answer has to show again that there is room
      inner.pause(ms);
    },
    [Symbol.asyncDispose]: () => inner[Symbol.asyncDispose](),
  };
}
