import type { Settings } from '../../config/schema.ts';
import type { QueueDepth } from '../../core/figures/queue-depth.ts';
import type { WorkerReport } from '../../core/figures/worker-report.ts';
import { Disposer } from '../../util/disposer.ts';
import { openQueue, storeKindOf } from '../../wiring/machines/shared-stores.ts';

/** Current state of all machines on a shared store. */
export interface Fleet extends AsyncDisposable {
  look(): Promise<{ readonly queues: readonly QueueDepth[]; readonly workers: readonly WorkerReport[] }>;
}

const PATIENCE_MS = 5000;

/** Throws `CONFIG_INVALID` without a shared store, `STORE_UNREACHABLE` if it does not respond. */
export async function openFleet(settings: Settings): Promise<Fleet> {
  const disposer = new Disposer();
  try {
    return await openParts(settings, disposer);
  } catch (error) {
    await disposer[Symbol.asyncDispose]();
    throw error;
  }
}

async function openParts(settings: Settings, disposer: Disposer): Promise<Fleet> {
  const pages = disposer.use(await openQueue('pages', { settings }));
  const posts = disposer.use(await openQueue('posts', { settings }));
  const { redisUrl = '', cache } = settings; // without an address `openQueue` throws
  const { control, close } = await storeKindOf(redisUrl).openControl(redisUrl, cache.prefix, {
    timeoutMs: PATIENCE_MS,
    onError: () => {}, // the next read reports it
  });
  disposer.defer(close);
  return {
    async look() {
      const [queues, reports = []] = await Promise.all([
        Promise.all([pages.depth(), posts.depth()]),
        control?.roster.all(),
      ]);
      const workers = reports.map((text) => JSON.parse(text) as WorkerReport); // written by `openRoster`
      return { queues, workers: workers.sort((a, b) => a.startedAt - b.startedAt) };
    },
    [Symbol.asyncDispose]: () => disposer[Symbol.asyncDispose](),
  };
}
