/** Keeps room on the disk for answers that are on their way: a file of spare bytes, removed when the disk is full. */

import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stateError } from '../sqlite/open-state-file.ts';

export interface AnswerRoom extends Disposable {
  /** Gives the bytes back to the disk; false when that was done before or is not possible. */
  give(): boolean;
}

/** An answer is stored with its raw body, and once more in the write-ahead log. */
const BYTES_PER_CALL = 96 * 1024;
const LEAST_BYTES = 1024 * 1024;
const MOST_BYTES = 8 * 1024 * 1024;

/** For so many calls at once. Throws `DISK_FULL` where the disk has not that much room: nothing was paid yet. */
export function openAnswerRoom(folder: string, calls: number): AnswerRoom {
  const path = join(folder, 'answer-room');
  const bytes = Math.min(MOST_BYTES, Math.max(LEAST_BYTES, calls * BYTES_PER_CALL));
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
