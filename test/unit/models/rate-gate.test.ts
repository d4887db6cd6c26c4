import { expect, test } from 'vitest';
import { createRateGate } from '../../../src/services/models/limits/rate-gate.ts';
import { systemClock } from '../../../src/util/clock.ts';

const never = new AbortController().signal;

/** Passes a call and says when it left. */
function passing(gate: ReturnType<typeof createRateGate>, tokens: number): { left: boolean; done: Promise<void> } {
  const state = { left: false, done: Promise.resolve() };
  state.done = gate.pass(
    { id: 'call', tokens },
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
  await first.done;
  await moment();

  expect(second.left).toBe(false);
  await second.done;
});

test('requests are counted beside tokens', async () => {
  await using gate = createRateGate({ requestsPerMinute: 5, clock: systemClock });
  const many = Array.from({ length: 6 }, () => passing(gate, 1));
  await Promise.all(many.slice(0, 4).map(({ done }) => done));
  await moment();

  expect(many.filter(({ left }) => left)).toHaveLength(4); // 97 % of five, whole ones
});

test('without a limit everything passes until the vendor names one; then its own count decides', async () => {
  await using gate = createRateGate({ clock: systemClock });
  await gate.pass(
    { id: 'first', tokens: 1_000_000 },
    () => gate.report('first', { tokens: { limit: 600_000, remaining: 1000 } }),
    never,
  );
  const next = passing(gate, 21_000);
  await moment();

  expect(next.left).toBe(false);
  await next.done;
});

test('a wait for room ends with its signal', async () => {
  await using gate = createRateGate({ requestsPerMinute: 1.1, clock: systemClock });
  await gate.pass({ id: 'first', tokens: 1 }, async () => {}, never);
  const stop = new AbortController();
  const next = gate.pass({ id: 'next', tokens: 1 }, async () => 'left', stop.signal);
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
  const given = gate.pass({ id: 'next', tokens: 1 }, async () => 'left', stop.signal);
  stop.abort(new Error('enough'));
  await expect(given).rejects.toThrow('enough');
});

/** Answers that come while others of their wave are still on their way, all with the vendor's count of the same moment. */
test('headers of a whole wave add what is missing once, and not once an answer', async () => {
  await using gate = createRateGate({ tokensPerMinute: 100_000, clock: systemClock });
  let left = 0;
  let endWave = () => {};
  const allLeft = new Promise<void>((resolve) => {
    endWave = resolve;
  });
  const reports = Array.from({ length: 20 }, (_, index) =>
    gate.pass(
      { id: `${index}`, tokens: 4800 },
      async () => {
        left += 1;
        if (left === 20) endWave();
        await allLeft; // an early answer would hold back the rest of the wave
        await gate.report(`${index}`, { tokens: { limit: 100_000, remaining: 4000 } });
      },
      never,
    ),
  );
  await Promise.all(reports);
  const next = Array.from({ length: 5 }, () => passing(gate, 1500));
  await moment();

  expect(next.filter(({ left }) => left).length).toBeLessThanOrEqual(2); // 4,000 of them; as many times as there are answers it would be all
});
