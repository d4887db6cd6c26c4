import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { nodeErrorCode } from './files/node-errors.ts';

/** Identifies the process namespace as `host#namespace`: containers may share a host name, and each has a process 1. */
export const PROCESS_SPACE = `${hostname()}${namespaceOfProcesses()}`;

function namespaceOfProcesses(): string {
  try {
    return `#${readlinkSync('/proc/self/ns/pid').replace(/\D/g, '')}`;
  } catch {
    return ''; // not Linux: one namespace per machine
  }
}

/** True when no process with this ID exists in our namespace. A process that we may not signal exists. */
export function isProcessGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return nodeErrorCode(error) === 'ESRCH';
  }
}
