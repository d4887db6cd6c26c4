// Takes a job in hand and holds it until it is killed, after the build: `node hold-job.js file FOLDER ID` or `node hold-job.js redis|postgres "URL NAME" ID`.
import {
  JobQueue,
  openPostgresBackend,
  openRedisBackend,
  openSharedJobQueue,
  openStateFile,
} from '../../dist/index.js';

const [kind, place, id] = process.argv.slice(2);
if (kind === 'file') {
  const queue = new JobQueue({ db: openStateFile(place).db, leaseMs: 600_000 });
  const lease = await queue.begin(id);
  process.send?.(lease === undefined ? 'not mine' : 'held');
  setInterval(() => {}, 1000);
} else {
  const [url, name] = place.split(' ');
  const backend = kind === 'redis' ? openRedisBackend : openPostgresBackend;
  const queue = await openSharedJobQueue({ backend, url, name, leaseMs: 1000 });
  queue.register('k', () => {
    process.send?.('held');
    return new Promise(() => {});
  });
  await queue.work();
}
