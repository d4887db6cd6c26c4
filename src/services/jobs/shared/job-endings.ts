/** Subscribes to BullMQ's completion events lazily, on the first `watch()`, because workers do not need them. */

import type { BullEvents, Opened, QueueBackend } from './queue-backend.ts';

export interface JobEndings {
  /** `ended` is aborted when the job ends later. It misses events while the connection is down, so the caller polls as well. */
  watch(id: string): Promise<{ readonly ended: AbortSignal } & Disposable>;
  /** True if a worker started the job. Reset by the call, so that a job that is added again counts as new. */
  takeStart(id: string): boolean;
  close(): Promise<void>;
}

export function createJobEndings(backend: Pick<QueueBackend, 'openEvents'>): JobEndings {
  const watchers = new Map<string, Set<AbortController>>();
  /** Active jobs of all runs; bounded by the number of workers. */
  const started = new Set<string>();
  let listening: Promise<Opened<BullEvents>> | undefined;

  async function listen(): Promise<Opened<BullEvents>> {
    const opened = await backend.openEvents();
    opened.it.on('error', () => {}); // the store is unreachable: the subscription continues when it is back
    opened.it.on('active', ({ jobId }) => started.add(jobId));
    opened.it.on('completed', notify);
    opened.it.on('failed', notify);
    return opened;
  }

  function notify({ jobId }: { readonly jobId: string }): void {
    started.delete(jobId);
    for (const watcher of watchers.get(jobId) ?? []) watcher.abort();
  }

  return {
    async watch(id) {
      listening ??= listen();
      await listening.catch(() => {
        listening = undefined; // the store is unreachable: the next call tries again
      });
      const watcher = new AbortController();
      const ofJob = watchers.get(id) ?? new Set();
      watchers.set(id, ofJob.add(watcher));
      return {
        ended: watcher.signal,
        [Symbol.dispose]() {
          ofJob.delete(watcher);
          if (ofJob.size === 0 && watchers.get(id) === ofJob) watchers.delete(id);
        },
      };
    },
    takeStart: (id) => started.delete(id),
    async close() {
      const opened = await listening?.catch(() => undefined);
      await opened?.it.close().catch(() => {}); // the store is unreachable
      opened?.disconnect();
    },
  };
}
