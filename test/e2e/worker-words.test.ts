/** What a worker says of itself: the queue that it serves, and the jobs that it has done. */

import { expect, inject, test } from 'vitest';
import { articleRoutes } from '../helpers/make-articles.ts';
import { openRedisServer } from '../helpers/redis-server.ts';
import { newProject, spawnBlogger } from '../helpers/run-bin.ts';
import { TestSite } from '../helpers/test-site.ts';

const noRedis = inject('redisServer') === '';
const PLACE =
  /^Worker [\w-]+: takes pages and posts from Redis at (?:localhost|127\.0\.0\.1):\d+(?:\/\d+)? \(blogger:queue\) /m;

test.skipIf(noRedis)(
  'a worker names its queue and the jobs that it has done, and no password',
  { timeout: 60_000 },
  async () => {
    await using redis = await openRedisServer(inject('redisServer'));
    await using site = await TestSite.open(articleRoutes(3));
    await using machine = await newProject();
    await using producer = await newProject({
      'urls.txt': [1, 2, 3].map((n) => site.url(`/article-${n}`)).join('\n'),
    });
    await redis.connect().config('SET', 'requirepass', 'sk-secret-of-redis');
    const env = { REDIS_URL: redis.url.replace('redis://', 'redis://:sk-secret-of-redis@') };
    const worker = spawnBlogger(['worker', '--plain', '--allow-private'], { cwd: machine.folder, env });
    const run = await spawnBlogger(['generate', '--queue', 'redis', '--allow-private'], { cwd: producer.folder, env });
    worker.kill('SIGTERM');
    const { stderr, stdout } = await worker;

    expect([run.exitCode, run.stderr]).toEqual([0, expect.stringContaining('3 written')]);
    expect(stderr).toMatch(PLACE);
    expect(stderr).toMatch(/until it is stopped \(Ctrl-C\); posts are written by extractive/);
    expect(stderr).toMatch(/^ {2}Jobs {3,}3 pages · 3 posts · 0 failed$/m);
    expect(stderr).not.toMatch(/0 entries|0\/0/);
    expect(stderr + stdout).not.toContain('sk-secret');
  },
);

test.skipIf(noRedis)('a worker on an empty queue says that no job came, and what brings some', async () => {
  await using redis = await openRedisServer(inject('redisServer'));
  await using machine = await newProject();
  const options = { cwd: machine.folder, env: { REDIS_URL: redis.url } };
  const plain = await spawnBlogger(['worker', '--plain', '--drain'], options);
  const json = await spawnBlogger(['worker', '--json', '--drain'], options);

  expect(plain.stderr).toMatch(PLACE);
  expect(plain.stderr).toContain('until it is empty');
  expect(plain.stderr).toMatch(/Jobs +none done/);
  expect(plain.stderr).toMatch(/No job came from the queue\. .*generate --queue redis/);
  const events = json.stdout.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(events[0]).toMatchObject({
    type: 'run:start',
    goal: 'serve',
    queue: expect.stringContaining('Redis at') as string,
  });
  expect(events.at(-1)).toMatchObject({ type: 'run:end', summary: { jobs: { pages: 0, posts: 0, failed: 0 } } });
});

test.each([
  ['redis://localhost:6379', 'Redis at localhost:6379'],
  ['redis://user:pa%40ss@host:6379/2', 'Redis at host:6379/2'],
  ['rediss://:p@ss@host', 'Redis at host'],
  ['redis+sentinel://u:secret@a:1,b:2/main/0', 'Redis at a:1,b:2/main/0'],
  ['postgres://u:secret@db/blog?sslmode=require&password=secret', 'PostgreSQL at db/blog'],
  ['postgresql://db/blog', 'PostgreSQL at db/blog'],
])('the queue at %s is shown as %s', async (redisUrl, shown) => {
  const { describeQueue } = await import('../../src/wiring/machines/shared-stores.ts');
  const { resolveSettings } = await import('../../src/config/resolve.ts');
  const { cache } = resolveSettings().settings;

  expect(describeQueue({ redisUrl, cache })).toBe(`${shown} (${cache.prefix}queue)`);
});
