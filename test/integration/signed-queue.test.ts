import { expect, test } from 'vitest';
import { createJobSigner } from '../../src/services/jobs/job-signature.ts';
import { openSharedJobQueue } from '../../src/services/jobs/shared/shared-job-queue.ts';
import { SHARED_SERVERS } from '../helpers/shared-servers.ts';

const KEY = 'a key of the project';
const jobOf = (id: string, url: string) => ({
  id,
  kind: 'page',
  runId: 'run',
  priority: 'medium' as const,
  payload: { entry: { url } },
  maxAttempts: 1,
});

test.each(SHARED_SERVERS.filter(({ isMissing }) => !isMissing))(
  'a worker with a key does the signed job and refuses the ones that somebody else wrote into $name',
  async ({ backend, open }) => {
    await using server = await open();
    await using queue = await openSharedJobQueue({ backend, url: server.url, name: 'signed' });
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
