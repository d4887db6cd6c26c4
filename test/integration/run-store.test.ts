import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openRunStore } from '../../src/services/runs/run-store.ts';
import { openStateFile } from '../../src/services/sqlite/open-state-file.ts';

test('a stop request applies to the active run only: not to a later run with its id, nor to an unknown id', async () => {
  using state = openStateFile(await mkdtemp(join(tmpdir(), 'blogger-runs-')));
  const runs = openRunStore(state.db);
  const run = {
    id: 'r1',
    startedAt: 1,
    command: 'generate',
    provider: 'p',
    model: 'm',
    tier: 'standard',
    out: 'posts',
  };
  runs.start(run);
  expect([runs.requestStop('r1'), runs.isStopRequested('r1')]).toEqual([true, true]);

  runs.start({ ...run, startedAt: 2 });

  expect(runs.isStopRequested('r1')).toBe(false);
  expect([runs.get('r')?.startedAt, runs.get(''), runs.get('%')]).toEqual([2, undefined, undefined]);
});
