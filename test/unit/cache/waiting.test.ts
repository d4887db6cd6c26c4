import { expect, test } from 'vitest';
import { waitInFile, waitInMemory } from '../../../src/services/cache/waiting.ts';
import { openStateFile } from '../../../src/services/sqlite/open-state-file.ts';
import { newProject } from '../../helpers/run-bin.ts';

test.each(['in memory', 'in the file'])(
  '%s: what is written again while it is being pushed waits on',
  async (place) => {
    await using project = await newProject();
    using state = openStateFile(project.folder);
    const waiting = place === 'in memory' ? waitInMemory() : waitInFile(state.db);
    waiting.add({ key: 'a', until: undefined });
    const turn = waiting.next();
    waiting.add({ key: 'a', until: 5 });
    if (turn !== undefined) waiting.pushed(turn);

    expect(waiting.next()).toMatchObject({ key: 'a', until: 5 });
    const again = waiting.next();
    if (again !== undefined) waiting.pushed(again);
    expect([waiting.next(), waiting.count(), waiting.any]).toEqual([undefined, 0, false]);
  },
);
