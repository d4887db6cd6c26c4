import { expect, test, vi } from 'vitest';
import { JobTable } from '../../../src/services/jobs/local/job-table.ts';
import { openStateFile } from '../../../src/services/sqlite/open-state-file.ts';
import { makeJob } from '../../helpers/make-job.ts';
import { newProject } from '../../helpers/run-bin.ts';

test('leases are renewed and watched by the same two statements, however many jobs are held', async () => {
  await using project = await newProject();
  using state = openStateFile(project.folder);
  const table = new JobTable(state.db);
  const ids = Array.from({ length: 40 }, (_, index) => `job's "${index}"`);
  for (const id of ids) begin(table, id, 'me');
  begin(table, 'of another', 'other');
  const prepare = vi.spyOn(state.db, 'prepare');

  for (let held = 1; held <= ids.length; held += 1) {
    table.renew([...ids.slice(0, held), 'of another'], 'me', 1000 + held);
    expect(table.disturbed(ids.slice(0, held), 'me')).toEqual([]);
  }

  expect(prepare).toHaveBeenCalledTimes(2);
  expect(ids.map((id) => table.get(id)?.leaseUntil)).toEqual(ids.map(() => 1040));
  expect(table.get('of another')?.leaseUntil).toBe(500);
  expect(table.disturbed([...ids.slice(0, 2), 'of another'], 'me')).toEqual([{ id: 'of another', cancelled: false }]);
});

function begin(table: JobTable, id: string, worker: string): void {
  const job = {
    ...makeJob(id),
    status: 'PENDING',
    attempts: 0,
    progress: { percent: 0, message: '' },
    createdAt: 0,
    updatedAt: 0,
    runAt: 0,
    cancelRequested: false,
  } as const;
  table.insert(job);
  table.setState(id, { ...job, status: 'RUNNING', attempts: 1, worker, leaseUntil: 500 }, 0);
}
