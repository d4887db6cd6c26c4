// Two processes: `node waiting.js fill FOLDER COUNT` makes so many waiting jobs; `node waiting.js work FOLDER` does a hundred of them and prints its peak memory in MB.

import { readFileSync } from 'node:fs';
import { JobQueue, openStateFile } from '../../dist/index.js';

const [action, folder, count] = process.argv.slice(2);
const { db } = openStateFile(folder);
const queue = new JobQueue({ db });
if (action === 'fill') {
  const insert =
    db.prepare(`INSERT INTO jobs (id, kind, run_id, status, priority, payload, attempts, max_attempts, percent, message, created_at, updated_at, run_at, cancel_requested)
    VALUES (?, 'noop', 'run', 'PENDING', 1, ?, 0, 1, 0, '', ?, ?, 0, 0)`);
  const payload = JSON.stringify({ text: 'x'.repeat(500) });
  db.exec('BEGIN');
  for (let index = 0; index < Number(count); index += 1) insert.run(`job-${index}`, payload, index, index);
  db.exec('COMMIT');
} else {
  const stop = new AbortController();
  let done = 0;
  queue.register('noop', async () => {
    done += 1;
    if (done >= 100) stop.abort();
  });
  await queue.work({ workers: 4, stopping: stop.signal });
  // The usage that Node tells is inherited from the process that started this one; the kernel's own peak is not.
  console.log(Number(/VmHWM:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024);
}
await queue[Symbol.asyncDispose]();
