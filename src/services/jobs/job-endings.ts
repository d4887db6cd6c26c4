/** Hears from BullMQ when a job ends, from the first time that somebody waits for one: a worker has no use for the news of every job. */

import type { BullEvents, Opened, QueueBackend } from './queue-backend.ts';

export interface JobEndings {
  /** Its signal fires when the job ends after this; while the store is away it misses that, so look again now and then. */
  watch(id: string): Promise<{ readonly ended: AbortSignal } & Disposable>;
  close(): Promise<void>;
}

export function createJobEndings(backend: Pick<QueueBackend, 'openEvents'>): JobEndings {
  const watchers = new Map<string, Set<AbortController>>();
  let listening: Promise<Opened<BullEvents>> | undefined;

  async function listen(): Promise<Opened<BullEvents>> {
    const opened = await backend.openEvents();
    opened.it.on('error', () => {}); // the store is away: it goes on by itself once it is back
    opened.it.on('completed', tell);
    opened.it.on('failed', tell);
    return opened;
  }

  function tell({ jobId }: { readonly jobId: string }): void {
    for (const watcher of watchers.get(jobId) ?? []) watcher.abort();
  }

  return {
    async watch(id) {
      listening ??= listen();
      await listening.catch(() => {
        listening = undefined; // the store is away: the next one tries again
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
    async close() {
      const opened = await listening?.catch(() => undefined);
      await opened?.it.close().catch(() => {}); // the store is away
      opened?.disconnect();
    },
  };
}
