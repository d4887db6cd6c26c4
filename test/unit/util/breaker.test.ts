import { expect, test } from 'vitest';
import { createBreaker } from '../../../src/util/async/breaker.ts';
import { FakeClock } from '../../helpers/fakes.ts';

function open() {
  const clock = new FakeClock();
  const states: string[] = [];
  const probes: { readonly answers: () => void; readonly fails: () => void }[] = [];
  const probe = () =>
    new Promise<void>((resolve, reject) => probes.push({ answers: resolve, fails: () => reject(new Error('silent')) }));
  return {
    clock,
    states,
    probes,
    breaker: createBreaker({ failures: 3, restMs: 1000, clock, probe, onChange: (state) => states.push(state) }),
  };
}

test('opens after so many failures in a row, and only in a row', () => {
  const { breaker, states } = open();
  breaker.failed();
  breaker.failed();
  breaker.succeeded();
  breaker.failed();
  breaker.failed();
  expect(breaker.allows()).toBe(true);
  breaker.failed();

  expect(breaker.allows()).toBe(false);
  expect(states).toEqual(['open']);
});

test('after a rest one probe runs, and nobody waits for it', async () => {
  const { breaker, clock, probes } = open();
  for (let index = 0; index < 3; index += 1) breaker.failed();
  breaker.allows();
  expect(probes).toHaveLength(0);
  await clock.advance(1000);

  expect([breaker.allows(), breaker.allows(), breaker.allows()]).toEqual([false, false, false]);
  expect(probes).toHaveLength(1);
  expect(breaker.state).toBe('half-open');
});

test('a probe that fails is no news and starts another rest; one that succeeds closes it', async () => {
  const { breaker, clock, probes, states } = open();
  for (let index = 0; index < 3; index += 1) breaker.failed();
  await clock.advance(1000);
  breaker.allows();
  probes[0]?.fails();
  await clock.advance(0);
  expect(breaker.allows()).toBe(false);
  expect(probes).toHaveLength(1);

  await clock.advance(1000);
  breaker.allows();
  probes[1]?.answers();
  await clock.advance(0);
  expect(breaker.allows()).toBe(true);
  expect(states).toEqual(['open', 'closed']);
});

test('a late answer of a call from before does not close it', () => {
  const { breaker } = open();
  for (let index = 0; index < 3; index += 1) breaker.failed();
  breaker.succeeded();

  expect(breaker.allows()).toBe(false);
});

test('pending calls reject when it opens, and their blocked time is counted', async () => {
  const { breaker, clock } = open();
  const waiting = breaker.unlessLost(new Promise<never>(() => {}));
  await clock.advance(250);
  for (let index = 0; index < 3; index += 1) breaker.failed(new Error('silent'), clock.now() - 250);

  await expect(waiting).rejects.toThrow('stopped responding');
  await expect(breaker.unlessLost(Promise.reject(new Error('late')))).rejects.toThrow('stopped responding');
  expect(breaker.blockedMs).toBe(250);
});

test('once it is closed again, what it is asked is waited for', async () => {
  const { breaker, clock, probes } = open();
  for (let index = 0; index < 3; index += 1) breaker.failed();
  await clock.advance(1000);
  breaker.allows();
  probes[0]?.answers();
  await clock.advance(0);

  expect(await breaker.unlessLost(Promise.resolve('answer'))).toBe('answer');
});
