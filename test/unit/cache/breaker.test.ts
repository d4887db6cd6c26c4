import { expect, test } from 'vitest';
import { createBreaker } from '../../../src/services/cache/breaker.ts';
import { FakeClock } from '../../helpers/fakes.ts';

function open() {
  const clock = new FakeClock();
  const states: string[] = [];
  return { clock, states, breaker: createBreaker({ failures: 3, restMs: 1000, clock, onChange: (state) => states.push(state) }) };
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

test('lets one call try after a rest; its success closes it, its failure opens it again', async () => {
  const { breaker, clock, states } = open();
  for (let index = 0; index < 3; index += 1) breaker.failed();
  await clock.advance(1000);
  expect([breaker.allows(), breaker.allows()]).toEqual([true, false]);
  breaker.failed();
  expect(breaker.allows()).toBe(false);

  await clock.advance(1000);
  expect(breaker.allows()).toBe(true);
  breaker.succeeded();
  expect(breaker.allows()).toBe(true);
  expect(states).toEqual(['open', 'half-open', 'open', 'half-open', 'closed']);
});

test('a try that stays silent does not block the next one for ever', async () => {
  const { breaker, clock } = open();
  for (let index = 0; index < 3; index += 1) breaker.failed();
  await clock.advance(1000);
  expect(breaker.allows()).toBe(true);
  await clock.advance(1000);

  expect(breaker.allows()).toBe(true);
});
