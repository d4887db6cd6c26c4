import { expect, test, vi } from 'vitest';
import { createRateGate } from '../../../src/services/models/limits/rate-gate.ts';
import { slowStart } from '../../../src/services/models/limits/slow-start.ts';
import { systemClock } from '../../../src/util/clock.ts';

const never = new AbortController().signal;
const moment = () => new Promise((resolve) => setTimeout(resolve, 30));

/** Twelve calls at once, each answered when the test says so. */
function openWave(tokens = 1000) {
  const gate = slowStart(createRateGate({ clock: systemClock }));
  const left: { readonly id: string; answer(): void; fail(): void }[] = [];
  const calls = Array.from({ length: 12 }, (_, index) =>
    gate.pass(
      { id: `${index}`, tokens },
      () =>
        new Promise<void>((resolve, reject) =>
          left.push({ id: `${index}`, answer: resolve, fail: () => reject(new Error('broken')) }),
        ),
      never,
    ),
  );
  for (const call of calls) call.catch(() => {}); // judged by what leaves
  return { gate, left, [Symbol.asyncDispose]: () => gate[Symbol.asyncDispose]() };
}

test('while nothing is known of the limits a few calls go ahead, and the first answer lets out what it says there is room for', async () => {
  await using wave = openWave();
  await vi.waitFor(() => expect(wave.left).toHaveLength(4));
  await moment();
  expect(wave.left).toHaveLength(4);

  await wave.gate.report('0', { tokens: { limit: 10_000, remaining: 6500 } });

  await vi.waitFor(() => expect(wave.left.length).toBeGreaterThanOrEqual(4 + 3)); // of 6,500 the other three may not have been counted yet
  await moment();
  expect(wave.left).toHaveLength(4 + 3);
});

test('a server that says nothing about limits lets all out by its first answer', async () => {
  await using wave = openWave();
  await vi.waitFor(() => expect(wave.left).toHaveLength(4));
  wave.left[0]?.answer();

  await vi.waitFor(() => expect(wave.left).toHaveLength(12));
});

test('a call that fails makes room for one more, for it says nothing', async () => {
  await using wave = openWave();
  await vi.waitFor(() => expect(wave.left).toHaveLength(4));
  wave.left[0]?.fail();

  await vi.waitFor(() => expect(wave.left).toHaveLength(5));
  await moment();
  expect(wave.left).toHaveLength(5);
});

test('a call that is given up while it waits does not hold the others', async () => {
  const gate = slowStart(createRateGate({ clock: systemClock }));
  const hold = Array.from({ length: 4 }, () => gate.pass({ id: 'held', tokens: 1 }, moment, never));
  const stop = new AbortController();
  const given = gate.pass({ id: 'given', tokens: 1 }, moment, stop.signal);
  stop.abort(new Error('enough'));
  await expect(given).rejects.toThrow('enough');
  await Promise.all(hold);

  await expect(gate.pass({ id: 'next', tokens: 1 }, async () => 'left', never)).resolves.toBe('left');
  await gate[Symbol.asyncDispose]();
});
