import type { Writer } from '../../core/ports.ts';

export interface RoutedWriterOptions {
  /** Waits for the posts whose requests are in a vendor's batch already. */
  readonly awaiting: Writer;
  /** Writes all others, and does the repairs of either. */
  readonly writing: Writer;
  readonly isAtVendor: (briefKey: string) => boolean;
}

/** A writer of two: what an earlier run put in a batch is awaited there, whatever tier this run writes at. */
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
  };
}
