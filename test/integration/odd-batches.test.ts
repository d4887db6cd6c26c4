/** What vendors were reported to do with batches, and what the user pays for it. */

import { expect, test } from 'vitest';
import type { RunEvent } from '../../src/core/events.ts';
import { readSpending } from '../../src/services/ledger/ledger-report.ts';
import { openBatches } from '../helpers/open-batches.ts';
import type { VendorFault } from '../helpers/vendor-server/start.js';

const FILE = { openai: '/content', gemini: ':download' } as const;

test.each([
  ['names a file that is not there yet', (file: string) => [{ kind: 'gone', on: 'batch-read', match: file, times: 3 }]],
  ['redirects to the store of its files', (file: string) => [{ kind: 'redirect', on: 'batch-read', match: file }]],
  [
    'does not find a batch that it made',
    () => [
      { kind: 'gone', on: 'batch-read', match: '/batches/', times: 2 },
      { kind: 'empty-list', on: 'batch-read', match: '/batches', times: 2 },
    ],
  ],
  ['refuses a file that was just uploaded', () => [{ kind: 'file-not-ready', on: 'batch-create' }]],
] as const satisfies readonly (readonly [string, (file: string) => readonly VendorFault[]])[])(
  'a vendor that %s: its answers are read later, and paid once',
  async (_what, faultsOf) => {
    for (const vendor of ['openai', 'gemini'] as const) {
      await using setup = await openBatches(2, { faults: faultsOf(FILE[vendor]) }, vendor);

      const { summary } = await setup.generate();

      expect([vendor, summary.posts.written, setup.server.log.billed().length]).toEqual([vendor, 2, 2]);
    }
  },
);

test.each([['openai'], ['gemini']] as const)(
  '%s: a failed batch that answered a part keeps it, and only the rest is sent again',
  async (vendor) => {
    await using setup = await openBatches(3, {}, vendor);
    setup.server.batches.script({ end: 'failed', rows: 2, message: 'Internal error' });

    const { summary } = await setup.generate();

    expect([summary.posts.written, setup.server.log.billed().length]).toEqual([3, 3]);
    expect(setup.server.batches.list().map(({ total }) => total)).toEqual([3, 1]);
    using state = setup.openState();
    expect(readSpending(state.db)[0]).toMatchObject({ calls: 3, unknown: 0 });
  },
);

test('a run that does not wait leaves a young batch that is not found at the vendor', async () => {
  await using setup = await openBatches(2, { batch: { hold: true } });
  await setup.generate({ waitForBatches: false });
  setup.server.batches.finish();
  setup.server.fault({ kind: 'gone', on: 'batch-read', match: '/content' });
  const events: RunEvent[] = [];

  const { pending } = await setup.collect({ waitForBatches: false, onEvent: (event) => events.push(event) });

  expect(pending).toBe(2);
  expect((await setup.collect({ waitForBatches: false })).summary.posts.written).toBe(2);
  expect(setup.server.log.billed()).toHaveLength(2);
});

test('a file that is too large for a gateway is sent in parts', async () => {
  await using setup = await openBatches(4, { batch: { mostFileBytes: 15_000 } });

  const { summary } = await setup.generate();

  expect([summary.posts.written, setup.server.log.billed().length]).toEqual([4, 4]);
  expect(setup.server.batches.list().length).toBeGreaterThan(1);
});
