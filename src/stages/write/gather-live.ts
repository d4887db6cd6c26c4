import type { Clock, Emit, LanguageModel, ModelReply, ModelRequest } from '../../core/ports.ts';
import { type Batch, BatchProcessor } from './batch-processor.ts';

/** Gathers requests and answers each once. */
export interface Gatherer {
  add(request: ModelRequest, signal: AbortSignal): Promise<ModelReply>;
  /** No more posts will come: what was gathered leaves without waiting for more. */
  flush(): void;
  /** A post may ask from now on. */
  begin(post: string): void;
  /** The post asks no more. */
  end(post: string): void;
}

export interface GatherLiveOptions {
  readonly model: LanguageModel;
  readonly batch: { readonly size: number; readonly intervalMs: number; readonly concurrency: number };
  /** What a gathered batch becomes where it is not one request a post. */
  readonly dispatch?: (batch: Batch<ModelRequest>) => readonly Promise<ModelReply>[];
  readonly clock: Clock;
  readonly emit: Emit;
}

/** Sends requests to the model at once, a few together. */
export function gatherLive({ model, batch, dispatch, clock, emit }: GatherLiveOptions): Gatherer {
  const processor = new BatchProcessor<ModelRequest, ModelReply>({
    ...batch,
    clock,
    keyOf: ({ id }) => id,
    dispatch: dispatch ?? (({ items }) => items.map(({ value, signal }) => model.answer(value, signal))),
    onBatch: ({ type, batch: { id, items, reason }, ms }) =>
      emit(
        type === 'start'
          ? { type: 'batch:start', id, size: items.length, reason }
          : { type: 'batch:end', id, size: items.length, ms },
      ),
  });
  return {
    add: (request, signal) => processor.add(request, signal),
    flush: () => processor.flush(),
    begin() {},
    end() {},
  };
}
