import { expect, test } from 'vitest';
import type { EventBody } from '../../../src/core/ports.ts';
import { createRun } from '../../../src/run/run.ts';
import { systemRandom } from '../../../src/util/random.ts';
import { silentLogger } from '../../../src/wiring/silent-logger.ts';
import { FakeClock, settle } from '../../helpers/fakes.ts';

function setUp(onEvent: (event: EventBody, stop: () => void) => void) {
  const clock = new FakeClock();
  const events: EventBody[] = [];
  const emit = (event: EventBody) => {
    events.push(event);
    onEvent(event, run.controls.stop);
  };
  const run = createRun({
    id: 'r',
    emit,
    clock,
    random: systemRandom,
    logger: silentLogger,
    stop: new AbortController().signal,
    graceMs: 25_000,
  });
  return { run, clock, events };
}

test('who stops a run when he hears that it stops stops it once', async () => {
  const { run, clock, events } = setUp((_event, stop) => stop());
  run.controls.stop();

  expect(events.map(({ type }) => type)).toEqual(['run:stopping']);
  expect([run.stopping.aborted, run.leaving.aborted, run.signal.aborted]).toEqual([true, true, false]);
  await clock.advance(25_000);
  await settle();
  expect(run.signal.aborted).toBe(true);
});

test('a run that stops by itself awaits what takes hours until a person leaves it', () => {
  const { run, events } = setUp(() => {});
  run.stop({ message: 'the cap' } as never);
  expect([run.stopping.aborted, run.leaving.aborted]).toEqual([true, false]);
  run.controls.stop();

  expect([run.leaving.aborted, events.length]).toEqual([true, 1]);
});

test('any number of pages and posts may wait with the signals of a run without a warning', async () => {
  const { run } = setUp(() => {});
  const warnings: string[] = [];
  const note = ({ name }: Error) => warnings.push(name);
  process.on('warning', note);
  for (const signal of [run.stopping, run.leaving, run.signal])
    for (let index = 0; index < 20; index += 1) signal.addEventListener('abort', () => index);
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', note);

  expect(warnings).toEqual([]);
});
