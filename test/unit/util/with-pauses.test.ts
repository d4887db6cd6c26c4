import { expect, test } from 'vitest';
import { withPauses } from '../../../src/util/async/with-pauses.ts';
import { FakeClock } from '../../helpers/fakes.ts';

async function* from(...steps: readonly (number | (() => Promise<void>))[]) {
  for (const step of steps) {
    if (typeof step === 'number') yield step;
    else await step();
  }
}

test('says once that nothing comes, and goes on when something does', async () => {
  const clock = new FakeClock();
  const wait = () => clock.sleep(1000, new AbortController().signal);
  const seen: unknown[] = [];
  const reading = (async () => {
    for await (const next of withPauses(from(wait, 1, 2, wait, 3), 100, clock)) seen.push(next);
  })();
  await clock.advance(5000);
  await reading;

  expect(seen).toEqual([{ item: 1 }, { item: 2 }, 'pause', { item: 3 }]);
});

test('passes on the error of the source', async () => {
  const failing = from(1, () => Promise.reject(new Error('gone')));

  await expect(async () => {
    for await (const _ of withPauses(failing, 100, new FakeClock()));
  }).rejects.toThrow('gone');
});

test('a reader that stops also stops the source', async () => {
  let stopped = false;
  async function* source() {
    try {
      for (;;) yield 1;
    } finally {
      stopped = true;
    }
  }
  for await (const _ of withPauses(source(), 100, new FakeClock())) break;

  expect(stopped).toBe(true);
});
