import { describe, expect, it } from 'vitest';
import { createRateGate, type RateGate } from '../../src/services/models/limits/rate-gate.ts';
import { createSharedGate } from '../../src/services/models/limits/shared-gate.ts';
import { createBreaker } from '../../src/util/async/breaker.ts';
import { systemClock } from '../../src/util/clock.ts';
import { openTestControl, SHARED_SERVERS } from '../helpers/shared-servers.ts';

const PER_MINUTE = 60;
/** A full bucket, of which three in a hundred are left for others. */
const BURST = Math.floor(PER_MINUTE * 0.97);
const never = new AbortController().signal;

/** A machine's gate, as the program opens it. */
async function openMachine({ url }: { readonly url: string }): Promise<RateGate> {
  const opened = await openTestControl(url);
  const limits = { requestsPerMinute: PER_MINUTE, tokensPerMinute: 1_000_000 };
  const health = createBreaker({ clock: systemClock, probe: async () => {} });
  const gate = createSharedGate({
    ...limits,
    control: opened.control,
    health,
    name: 'vendor:',
    local: createRateGate({ ...limits, clock: systemClock }),
    clock: systemClock,
  });
  return {
    ...gate,
    async [Symbol.asyncDispose]() {
      await gate[Symbol.asyncDispose]();
      await opened[Symbol.asyncDispose]();
    },
  };
}

/** A machine that is busy takes its time; in this time a bucket gives a quarter of a burst more, and not another one. */
const PATIENCE_MS = 15_000;

/** How many calls the machines have got through together `ms` after they got through `first` of them, or when patience is at its end. */
async function callsIn(ms: number, machines: readonly RateGate[], first = 0): Promise<number> {
  const stop = new AbortController();
  let calls = 0;
  const keepCalling = async (gate: RateGate) => {
    while (!stop.signal.aborted) {
      await gate.pass(
        { id: `call-${calls}`, tokens: 1 },
        async () => {
          calls += 1;
        },
        stop.signal,
      );
    }
  };
  const callers = machines.flatMap((gate) => Array.from({ length: 20 }, () => keepCalling(gate).catch(() => {}))); // ended by the signal
  await expect.poll(() => calls, { timeout: PATIENCE_MS, interval: 20 }).toBeGreaterThanOrEqual(first);
  await systemClock.sleep(ms, never);
  stop.abort(new Error('time is up'));
  await Promise.all(callers);
  return calls;
}

describe.each(SHARED_SERVERS)('rate limits of a vendor, through $name', ({ isMissing, open }) => {
  const test = it.skipIf(isMissing);

  test('are shared by two machines', async () => {
    await using server = await open();
    await using first = await openMachine(server);
    await using second = await openMachine(server);

    const calls = await callsIn(200, [first, second], BURST);

    expect(calls).toBeLessThan(BURST * 1.5); // a bucket for each would be twice as much
  });

  test('apply response headers of the vendor on one machine to the other', async () => {
    await using server = await open();
    await using first = await openMachine(server);
    await using second = await openMachine(server);
    await first.report('call', { requests: { limit: PER_MINUTE, remaining: 3 } });

    expect(await callsIn(300, [second])).toBeLessThanOrEqual(6); // and not a whole bucket
  });

  test('apply a 429 on one machine to the other', async () => {
    await using server = await open();
    await using first = await openMachine(server);
    await using second = await openMachine(server);
    first.pause(20_000);
    await systemClock.sleep(100, never);

    expect(await callsIn(300, [second])).toBe(0);
  });

  test('apply per machine while the store is unreachable', async () => {
    await using server = await open();
    await using first = await openMachine(server);
    await using second = await openMachine(server);
    await server.stop();

    const calls = await callsIn(200, [first, second], 2 * BURST);

    expect(calls).toBeLessThan(2 * BURST * 1.5);
  });
});
