/** Reserves disk space for pending answers: a file of spare bytes that is deleted when the disk is full. */

import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stateError } from '../../sqlite/open-state-file.ts';

export interface AnswerRoom extends Disposable {
  /** Frees the reserved space; false if that was done before or is not possible. */
  give(): boolean;
}

/** An answer is stored with its raw body, and again in the write-ahead log. */
const BYTES_PER_CALL = 96 * 1024;
const MIN_BYTES = 1024 * 1024;
const MAX_BYTES = 8 * 1024 * 1024;

/** Reserves space for this many concurrent calls. Throws `DISK_FULL` before any paid call if there is too little. */
export function openAnswerRoom(folder: string, calls: number): AnswerRoom {
  const path = join(folder, 'answer-room');
  const bytes = Math.min(MAX_BYTES, Math.max(MIN_BYTES, calls * BYTES_PER_CALL));
  let isHeld = true;
  const give = () => {
    if (!isHeld) return false;
    try {
      rmSync(path, { force: true });
    } catch {
      return false; // a file system that became read-only
    }
    isHeld = false;
    return true;
  };
  try {
    writeFileSync(path, Buffer.alloc(bytes));
  } catch (error) {
    give();
    throw stateError(error, path);
  }
  return { give, [Symbol.dispose]: give };
}
