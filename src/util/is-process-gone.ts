import { nodeErrorCode } from './node-errors.ts';

/** True when this machine has no process of this number; one that we may not signal is there. */
export function isProcessGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return nodeErrorCode(error) === 'ESRCH';
  }
}
