import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { nodeErrorCode } from './node-errors.ts';

/** Where process numbers mean the same, as `host#namespace`: containers may share a host name, and each has a process 1. */
export const PROCESS_SPACE = `${hostname()}${namespaceOfProcesses()}`;

function namespaceOfProcesses(): string {
  try {
    return `#${readlinkSync('/proc/self/ns/pid').replace(/\D/g, '')}`;
  } catch {
    return ''; // no Linux: one a machine
  }
}

/** True when our process space has no process of this number; one that we may not signal is there. */
export function isProcessGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return nodeErrorCode(error) === 'ESRCH';
  }
}
