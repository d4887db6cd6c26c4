import { randomUUID } from 'node:crypto';
import { isProcessGone, PROCESS_SPACE } from '../../util/is-process-gone.ts';

/** ID of a worker: machine, process and a unique suffix. */
export function createWorkerId(): string {
  return `${PROCESS_SPACE}/${process.pid}/${randomUUID().slice(0, 8)}`;
}

/** True if the holder was a process of this machine that has ended, so its leases need not be awaited. */
export function isGone(worker: string): boolean {
  const [host, pid] = worker.split('/');
  return host === PROCESS_SPACE && pid !== undefined && Number(pid) !== process.pid && isProcessGone(Number(pid));
}
