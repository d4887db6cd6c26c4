import type { Clock, Emit, LanguageModel, ModelReply, ModelRequest } from '../../core/ports.ts';
import { type Batch, BatchProcessor } from './batch-processor.ts';

/** Collects requests and settles each once. */
export interface Gatherer {
  add(request: ModelRequest, signal: AbortSignal): Promise<ModelReply>;
  /** Flush: no more posts will come, send pending requests now. */
  flush(): void;
  /** A post may send requests from now on. */
  begin(post: string): void;
  /** The post sends no more requests. */
  end(post: string): void;
}

export interface GatherLiveOptions {
  readonly model: LanguageModel;
  readonly batch: { readonly size: number; readonly intervalMs: number; readonly concurrency: number };
  /** Dispatches a collected batch; default: one request per post. */
  readonly dispatch?: (batch: Batch<ModelRequest>) => readonly Promise<ModelReply>[];
  readonly clock: Clock;
  readonly emit: Emit;
}

/** Sends requests to the model live, in small groups. */
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
