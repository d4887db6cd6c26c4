import { randomUUID } from 'node:crypto';
import { isProcessGone, PROCESS_SPACE } from '../../util/is-process-gone.ts';

/** Identity of one holder of jobs: machine, process and a word of its own. */
export function createWorkerId(): string {
  return `${PROCESS_SPACE}/${process.pid}/${randomUUID().slice(0, 8)}`;
}

/** True when the holder was a process of this machine that is no more: its jobs need not wait for their leases. */
export function isGone(worker: string): boolean {
  const [host, pid] = worker.split('/');
  return host === PROCESS_SPACE && pid !== undefined && Number(pid) !== process.pid && isProcessGone(Number(pid));
}
