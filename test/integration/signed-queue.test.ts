import { expect, inject, test } from 'vitest';
import { createJobSigner } from '../../src/services/jobs/job-signature.ts';
import { openRedisJobQueue } from '../../src/services/jobs/redis-job-queue.ts';
import { openRedisServer } from '../helpers/redis-server.ts';

const KEY = 'a key of the project';
const jobOf = (id: string, url: string) => ({
  id,
  kind: 'page',
  runId: 'run',
  priority: 'medium' as const,
  payload: { entry: { url } },
  maxAttempts: 1,
});

test.skipIf(inject('redisServer') === '')(
  'a worker with a key does the signed job and refuses the ones that somebody else wrote into Redis',
  async () => {
    await using redis = await openRedisServer(inject('redisServer'));
    await using queue = await openRedisJobQueue({ redisUrl: redis.url, name: 'signed' });
    const signer = createJobSigner(KEY);
    const seen: unknown[] = [];
    queue.register(
      'page',
      signer.handler(async ({ job }) => {
        seen.push(job.payload);
        return { chars: 7 };
      }),
    );
    const ours = await queue.add(signer.sign(jobOf('ours', 'https://a.example/')));
    await queue.add(jobOf('bare', 'http://10.0.0.1/'));
    await queue.add({ ...signer.sign(jobOf('x', 'https://a.example/')), id: 'moved' });
    await queue.add(createJobSigner('a key of somebody else').sign(jobOf('foreign', 'http://10.0.0.1/')));
    await queue.work({ untilEmpty: true });

    expect(seen).toEqual([{ entry: { url: 'https://a.example/' } }]);
    const done = await queue.get(ours.id);
    expect(done === undefined ? undefined : signer.openAnswer(done)).toEqual({ chars: 7 });
    for (const id of ['bare', 'moved', 'foreign'])
      expect(await queue.get(id)).toMatchObject({ status: 'FAILED', error: { code: 'JOB_REFUSED' } });
  },
);
