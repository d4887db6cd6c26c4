import type { Writer } from '../../core/ports.ts';

export interface RoutedWriterOptions {
  /** Waits for posts whose requests are already in a vendor batch. */
  readonly awaiting: Writer;
  /** Writes all other posts, and makes all repairs. */
  readonly writing: Writer;
  readonly isAtVendor: (briefKey: string) => boolean;
}

/** Routes between two writers: requests of an earlier run's batch are awaited there, whatever the tier of this run. */
export function routedWriter({ awaiting, writing, isAtVendor }: RoutedWriterOptions): Writer {
  return {
    write: (brief, signal) => (isAtVendor(brief.key) ? awaiting : writing).write(brief, signal),
    flush() {
      awaiting.flush();
      writing.flush();
    },
    end(brief, options) {
      awaiting.end(brief, options);
      writing.end(brief, options);
    },
    repair: (draft, problems, signal) => writing.repair(draft, problems, signal),
    look: (draft, statements, signal) => writing.look(draft, statements, signal),
  };
}
