import type { Emit, VendorBatch } from '../../../core/ports.ts';

/** Reports the state of batches; a word that is not known is explained once. */
export function createStatusEvents(emit: Emit): (batch: VendorBatch) => void {
  const oddWords = new Set<string>();
  return ({ id, shardId, status, counts, word }) => {
    const done = counts.done + counts.failed;
    emit({ type: 'vendor-batch:status', id, shardId, status: word ?? status, done, total: counts.total });
    if (word === undefined || oddWords.has(word)) return;
    oddWords.add(word);
    emit({
      type: 'run:warning',
      code: 'BATCH_PENDING',
      message: `The vendor says "${word}" of its batch ${id}, which blogger does not know; it looks again, less and less often`,
      hint: "Look at the batch in the vendor's console. It can be collected later with `blogger collect`.",
    });
  };
}
