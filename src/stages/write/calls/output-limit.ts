import type { ModelReply } from '../../../core/ports.ts';

/** Output limits that follow the answers of a run. Under a cap a limit is money set aside, and one far above every answer keeps posts from being bought. */
export interface OutputLimit {
  /** `full`: the limit of such a post without experience. */
  note(full: number, reply: ModelReply): void;
  /** At most `full`. */
  of(full: number): number;
}

/** Answers before the limit follows them. */
const MIN_ANSWERS = 4;
/** Room above the longest answer so far. */
const ROOM = 1.5;

export function createOutputLimit(): OutputLimit {
  let answers = 0;
  let share = 0;
  return {
    note(full, { usage, finishReason }) {
      if (usage === undefined || (finishReason !== 'stop' && finishReason !== 'length')) return;
      answers += 1;
      share = Math.max(share, usage.output / full);
    },
    of: (full) => (answers < MIN_ANSWERS ? full : Math.min(full, Math.ceil(full * share * ROOM))),
  };
}
