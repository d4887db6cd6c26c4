import { expect, test } from 'vitest';
import { createRateGate } from '../../../src/services/models/limits/rate-gate.ts';
import { systemClock } from '../../../src/util/clock.ts';

const never = new AbortController().signal;

/** Passes a call and says when it left. */
function passing(gate: ReturnType<typeof createRateGate>, tokens: number): { left: boolean; done: Promise<void> } {
  const state = { left: false, done: Promise.resolve() };
  state.done = gate.pass(
    tokens,
    async () => {
      state.left = true;
    },
    never,
  );
  return state;
}

const moment = () => new Promise((resolve) => setTimeout(resolve, 60));

test('what fits leaves at once, what does not waits for the bucket to refill', async () => {
  await using gate = createRateGate({ tokensPerMinute: 600_000, clock: systemClock });
  const first = passing(gate, 580_000);
  const second = passing(gate, 22_000);
  await moment();

  expect([first.left, second.left]).toEqual([true, false]);
  await second.done;
});

test('requests are counted beside tokens', async () => {
  await using gate = createRateGate({ requestsPerMinute: 5, clock: systemClock });
  const many = Array.from({ length: 6 }, () => passing(gate, 1));
  await moment();
  await moment();

  expect(many.filter(({ left }) => left)).toHaveLength(4); // 97 % of five, whole ones
});

test('without a limit everything passes until the vendor names one; then its own count decides', async () => {
  await using gate = createRateGate({ clock: systemClock });
  await gate.pass(1_000_000, async () => {}, never);
  await new Promise((resolve) => setTimeout(resolve, 200)); // long enough ago to be in the vendor's count
  gate.report({ tokens: { limit: 600_000, remaining: 1000 } });
  await moment();
  const next = passing(gate, 21_000);
  await moment();

  expect(next.left).toBe(false);
  await next.done;
});

test('a wait for room ends with its signal', async () => {
  await using gate = createRateGate({ requestsPerMinute: 1.1, clock: systemClock });
  await gate.pass(1, async () => {}, never);
  const stop = new AbortController();
  const next = gate.pass(1, async () => 'left', stop.signal);
  setTimeout(() => stop.abort(new Error('enough')), 20);

  await expect(next).rejects.toThrow('enough');
});

test('a refusal holds everybody back, and a wait ends with its signal', async () => {
  await using gate = createRateGate({ clock: systemClock });
  gate.pause(1500);
  const held = passing(gate, 1);
  await moment();
  expect(held.left).toBe(false);
  await held.done;

  gate.pause(60_000);
  const stop = new AbortController();
  const given = gate.pass(1, async () => 'left', stop.signal);
  stop.abort(new Error('enough'));
  await expect(given).rejects.toThrow('enough');
});
