import { expect, test } from 'vitest';
import type { EventBody } from '../../../src/core/ports.ts';
import type { Entry } from '../../../src/core/types.ts';
import { createRetries, withGroups } from '../../../src/run/retries.ts';

const entry = (url: string, post?: string): Entry => ({
  index: 0,
  url,
  original: url,
  priority: 'medium',
  keywords: [],
  position: { file: 'urls.txt', line: 1 },
  ...(post === undefined ? {} : { post }),
});
const ENTRIES = [entry('a'), entry('b', 'pair'), entry('c', 'pair'), entry('d')];

function setUp(failed: readonly string[]) {
  const events: EventBody[] = [];
  const stop = new AbortController();
  return {
    events,
    stop,
    retries: createRetries({ failed: () => failed, emit: (event) => events.push(event), stopping: stop.signal }),
  };
}

test('what failed makes one more round for each time it was asked for, and none unasked', () => {
  const { retries, events } = setUp(['d']);
  const rounds = retries.rounds(ENTRIES);

  expect(rounds.next().value).toEqual(ENTRIES);
  expect(retries.ask()).toBe(1);
  expect(events).toEqual([]);
  expect(rounds.next().value).toEqual([ENTRIES[3]]);
  expect(events).toEqual([{ type: 'entry:retry', url: 'd' }]);
  expect(rounds.next().done).toBe(true);
});

test('a run that takes no new work, or knows no rounds, tries nothing again', () => {
  const stopped = setUp(['d']);
  const rounds = stopped.retries.rounds(ENTRIES);
  rounds.next();
  stopped.retries.ask();
  stopped.stop.abort();

  expect(rounds.next().done).toBe(true);
  expect(stopped.retries.ask()).toBe(0);
  expect(stopped.events).toEqual([]);
  expect(setUp(['d']).retries.ask()).toBe(0);
});

test('a post with several sources is tried again with all of them', () => {
  expect(withGroups(ENTRIES, new Set(['b']))).toEqual([ENTRIES[1], ENTRIES[2]]);
});
