import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BloggerError } from '../../../src/core/errors.ts';
import { retry } from '../../../src/util/async/retry.ts';
import { Disposer } from '../../../src/util/disposer.ts';
import { createEventBus } from '../../../src/util/event-bus.ts';
import { sweepLeftovers, writeFileAtomic } from '../../../src/util/files/files.ts';
import { FakeClock, fakeRandom } from '../../helpers/fakes.ts';

const never = new AbortController().signal;

test('retry tries again only what is retryable, with a wait in between', async () => {
  const clock = new FakeClock();
  let calls = 0;
  const flaky = retry(
    async () => {
      calls += 1;
      if (calls < 3) throw new BloggerError('slow down', { code: 'PROVIDER_RATE_LIMITED' });
      return 'done';
    },
    { attempts: 5, baseMs: 100, capMs: 1000, clock, random: fakeRandom() },
    never,
  );

  await clock.advance(2000);
  expect(await flaky).toBe('done');

  const final = retry(
    () => Promise.reject(new BloggerError('wrong key', { code: 'PROVIDER_AUTH' })),
    { attempts: 5, baseMs: 1, capMs: 1, clock, random: fakeRandom() },
    never,
  );
  await expect(final).rejects.toThrow('wrong key');
});

test('retry gives up its wait when the signal aborts', async () => {
  const clock = new FakeClock();
  const controller = new AbortController();
  const waiting = retry(
    () => Promise.reject(new BloggerError('again', { code: 'FETCH_TIMEOUT' })),
    { attempts: 5, baseMs: 100, capMs: 1000, clock, random: fakeRandom() },
    controller.signal,
  );
  waiting.catch(() => {});

  await clock.advance(0);
  controller.abort(new DOMException('stop', 'AbortError'));

  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
});

test('an event reaches every sink, also behind one that throws', () => {
  const errors: unknown[] = [];
  const seen: string[] = [];
  const bus = createEventBus(new FakeClock(0), (error) => errors.push(error));
  bus.subscribe(() => {
    throw new Error('bad sink');
  });
  const off = bus.subscribe((event) => seen.push(`${event.type} ${event.at}`));

  bus.emit({ type: 'run:pause' });
  off();
  bus.emit({ type: 'run:resume' });

  expect(seen).toEqual(['run:pause 1970-01-01T00:00:00.000Z']);
  expect(errors).toHaveLength(2);
});

test('a disposer closes newest first, goes on after a failure and tells all of them', async () => {
  const closed: string[] = [];
  const disposer = new Disposer();
  disposer.defer(() => closed.push('first'));
  disposer.defer(() => Promise.reject(new Error('second')));
  disposer.use({ [Symbol.dispose]: () => closed.push('third') });
  disposer.defer(() => {
    throw new Error('fourth');
  });

  const closing = disposer[Symbol.asyncDispose]();

  await expect(closing).rejects.toMatchObject({ errors: [{ message: 'fourth' }, { message: 'second' }] });
  expect(closed).toEqual(['third', 'first']);
});

test('an atomic write leaves the old file whole when it cannot finish, and nothing beside it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'blogger-files-'));
  const path = join(folder, 'post.md');
  await writeFile(path, 'old');

  await expect(writeFileAtomic(join(path, 'below-a-file.md'), 'new')).rejects.toMatchObject({
    code: expect.stringMatching(/ENOTDIR|EEXIST/),
  });
  await writeFileAtomic(path, 'new');

  expect(await readFile(path, 'utf8')).toBe('new');
  expect(await readdir(folder)).toEqual(['post.md']);
});

test('what a killed process left half written is swept away, and nothing else', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'blogger-files-'));
  const dead = spawnSync(process.execPath, ['-e', '0']).pid;
  const own = `.mine.md.${process.pid}-0123456789ab.tmp`;
  for (const name of [`.post.md.${dead}-0123456789ab.tmp`, own, 'post.md', '.hidden.tmp'])
    await writeFile(join(folder, name), 'x');

  await sweepLeftovers(folder);

  expect((await readdir(folder)).sort()).toEqual(['.hidden.tmp', own, 'post.md'].sort());
  await expect(sweepLeftovers(join(folder, 'not-there'))).resolves.toBeUndefined();
});
