import { expect, test } from 'vitest';
import { emptyStats, summarize } from '../../../src/core/figures/stats.ts';
import { openRunStore } from '../../../src/services/runs/run-store.ts';
import { openStateFile } from '../../../src/services/sqlite/open-state-file.ts';
import { newProject } from '../../helpers/run-bin.ts';

type Ran = readonly [command: string, failed: readonly string[] | 'killed'];

test.each<readonly [runs: readonly Ran[], asked: string, expected: readonly string[]]>([
  [
    [
      ['generate', ['a']],
      ['dry-run', []],
    ],
    'generate',
    ['a'],
  ],
  [
    [
      ['generate', ['a']],
      ['crawl', ['b']],
    ],
    'dry-run',
    ['a'],
  ],
  [
    [
      ['generate', ['a']],
      ['crawl', ['b']],
    ],
    'crawl',
    ['b'],
  ],
  [
    [
      ['generate', ['a', 'b']],
      ['collect', ['c']],
      ['collect', []],
    ],
    'generate',
    ['a', 'b', 'c'],
  ],
  [
    [
      ['generate', ['a']],
      ['collect', ['b']],
      ['generate', ['c']],
    ],
    'generate',
    ['c'],
  ],
  [
    [
      ['generate', ['a']],
      ['generate', 'killed'],
    ],
    'generate',
    ['a'],
  ],
  [[['collect', ['a']]], 'generate', []],
])('after %j, --retry-failed of %s takes up %j', async (runs, asked, expected) => {
  await using project = await newProject();
  using state = openStateFile(project.folder);
  const store = openRunStore(state.db);
  for (const [at, [command, failed]] of runs.entries()) {
    const id = `run-${at}`;
    store.start({ id, startedAt: at, command, provider: 'p', model: 'm', tier: 'standard', out: 'posts' });
    if (failed === 'killed') continue;
    const failures = failed.map((url) => ({ url, code: 'HTTP_STATUS', message: '' }));
    store.end(id, { at: at + 1, summary: { ...summarize(emptyStats()), failures }, details: {} });
  }

  expect([...store.failedIn(asked)].sort()).toEqual(expected);
});
