import { openQueueConnection } from '../../redis/open-queue-connection.ts';
import type { JobData } from './bull-job.ts';
import { KEEP_SECONDS, MAX_EVENTS, type OpenBackend } from './queue-backend.ts';
import { readRedisDepth } from './redis-depth.ts';

/** BullMQ on one Redis server. Each worker and each listener has its own connection, because its commands block. */
export const openRedisBackend: OpenBackend = async ({ url, name, prefix, keep }) => {
  const bull = await import('bullmq'); // loaded on use: most users have no shared queue
  const connection = await openQueueConnection(url, { blocking: false });
  const retention = { age: KEEP_SECONDS, count: keep };
  const queue = new bull.Queue<JobData>(name, {
    connection,
    prefix,
    defaultJobOptions: { removeOnComplete: retention, removeOnFail: retention },
    streams: { events: { maxLen: MAX_EVENTS } },
  });
  const cancelKey = `${prefix}:${name}:blogger-cancelled`;
  return {
    store: 'Redis',
    bull,
    queue,
    async openWorker(process, options) {
      const own = await openQueueConnection(url, { blocking: true });
      const it = new bull.Worker<JobData>(name, process, { ...options, connection: own, prefix });
      return { it, disconnect: () => own.disconnect() };
    },
    async openEvents() {
      const own = await openQueueConnection(url, { blocking: true });
      try {
        // Starts after the last existing event, so that none is missed before the first read reaches Redis.
        const [last] = await own.xrevrange(`${prefix}:${name}:events`, '+', '-', 'COUNT', 1);
        const it = new bull.QueueEvents(name, { connection: own, prefix, lastEventId: last?.[0] ?? '0-0' });
        return { it, disconnect: () => own.disconnect() };
      } catch (error) {
        own.disconnect();
        throw error;
      }
    },
    cancels: {
      all: () => connection.smembers(cancelKey),
      has: async (id) => (await connection.sismember(cancelKey, id)) === 1,
      async add(id) {
        await connection.sadd(cancelKey, id);
        await connection.expire(cancelKey, KEEP_SECONDS);
      },
      remove: (id) => connection.srem(cancelKey, id),
    },
    depth: () => readRedisDepth(queue, connection),
    pack: (value) => value,
    disconnect: () => connection.disconnect(),
  };
};
