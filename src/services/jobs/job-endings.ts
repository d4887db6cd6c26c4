/** Hears from BullMQ when a job ends, from the first time that somebody waits for one: a worker has no use for the news of every job. */

import type { QueueEvents } from 'bullmq';
import type { QueueConnection } from '../redis/open-queue-connection.ts';

export interface JobEndingsOptions {
  readonly bull: typeof import('bullmq');
  readonly name: string;
  readonly prefix: string;
  /** A connection that may block, closed by `close`. */
  readonly connect: () => Promise<QueueConnection>;
}

export interface JobEndings {
  /** Its signal fires when the job ends after this; while Redis is away it misses that, so look again now and then. */
  watch(id: string): Promise<{ readonly ended: AbortSignal } & Disposable>;
  close(): Promise<void>;
}

export function createJobEndings({ bull, name, prefix, connect }: JobEndingsOptions): JobEndings {
  const watchers = new Map<string, Set<AbortController>>();
  let listening: Promise<{ readonly events: QueueEvents; readonly connection: QueueConnection }> | undefined;

  async function listen() {
    const connection = await connect();
    try {
      // From the last event that there is, not from whenever the first question reaches Redis.
      const [last] = await connection.xrevrange(`${prefix}:${name}:events`, '+', '-', 'COUNT', 1);
      const events = new bull.QueueEvents(name, { connection, prefix, lastEventId: last?.[0] ?? '0-0' });
      events.on('error', () => {}); // Redis is away: it goes on by itself once it is back
      events.on('completed', tell);
      events.on('failed', tell);
      return { events, connection };
    } catch (error) {
      connection.disconnect();
      throw error;
    }
  }

  function tell({ jobId }: { readonly jobId: string }): void {
    for (const watcher of watchers.get(jobId) ?? []) watcher.abort();
  }

  return {
    async watch(id) {
      listening ??= listen();
      await listening.catch(() => {
        listening = undefined; // Redis is away: the next one tries again
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
      await opened?.events.close().catch(() => {}); // Redis is away
      opened?.connection.disconnect();
    },
  };
}
