/** Paid answers that the disk did not take: kept in memory and written as soon as it does. */

import type { CallRecord, ModelReply } from '../../../core/ports.ts';
import { isDiskError } from '../../sqlite/open-state-file.ts';

export interface HeldAnswer {
  readonly id: string;
  readonly reply: ModelReply;
  readonly costUsd: number | undefined;
}

export interface HeldAnswersOptions {
  readonly write: (id: string, reply: ModelReply, costUsd: number | undefined) => void;
  /** Makes room on the disk; false when there is none to make. */
  readonly makeRoom: () => boolean;
  /** Called with the error of a disk that takes no more; the run has to end. */
  readonly onFull: (error: unknown) => void;
}

export interface HeldAnswers {
  settle(id: string, reply: ModelReply, costUsd: number | undefined): void;
  /** The record with its held answer, if it has one. */
  complete(record: CallRecord | undefined, id: string): CallRecord | undefined;
  /** Tries to write what is held; returns what still is. */
  flush(): readonly HeldAnswer[];
  /** Runs a write whose loss is safe: a reservation that is not ended counts at its worst case. */
  attempt(write: () => void): void;
}

export function createHeldAnswers({ write, makeRoom, onFull }: HeldAnswersOptions): HeldAnswers {
  const held = new Map<string, HeldAnswer>();

  /** True when it was written, if need be in the room kept for it. */
  function tryWrite(work: () => void): boolean {
    for (;;) {
      try {
        work();
        return true;
      } catch (error) {
        if (!isDiskError(error)) throw error;
        onFull(error);
        if (!makeRoom()) return false;
      }
    }
  }

  function flush(): readonly HeldAnswer[] {
    for (const [id, { reply, costUsd }] of held) {
      if (!tryWrite(() => write(id, reply, costUsd))) break;
      held.delete(id);
    }
    return [...held.values()];
  }

  return {
    settle(id, reply, costUsd) {
      if (tryWrite(() => write(id, reply, costUsd))) flush();
      else held.set(id, { id, reply, costUsd });
    },
    complete(record, id) {
      const answer = held.get(id);
      if (answer === undefined || record === undefined) return record;
      return { ...record, state: 'settled', reply: answer.reply, costUsd: answer.costUsd, usage: answer.reply.usage };
    },
    flush,
    attempt(work) {
      tryWrite(work);
    },
  };
}
