import { describe, expect, test } from 'vitest';
import { openQueueConnection } from '../../../src/services/redis/open-queue-connection.ts';
import { openRedis } from '../../../src/services/redis/open-redis.ts';
import { parseRedisAddress } from '../../../src/services/redis/parse-address.ts';

describe('an address of Redis', () => {
  test.each([
    ['redis://host:6379/0', { kind: 'one' }],
    [
      'rediss+cluster://:p%40ss:word@[::1]:7000,two',
      { kind: 'cluster', tls: true, password: 'p@ss:word', nodes: [node('::1', 7000), node('two', 6379)] },
    ],
    [
      'redis+sentinel://alice:se%2Fcret@one',
      {
        kind: 'sentinel',
        tls: false,
        username: 'alice',
        password: 'se/cret',
        nodes: [node('one', 26_379)],
        name: 'mymaster',
        db: 0,
      },
    ],
    [
      'rediss+sentinel://one:1,two:2/blog/3',
      { kind: 'sentinel', tls: true, nodes: [node('one', 1), node('two', 2)], name: 'blog', db: 3 },
    ],
  ])('%s is read', (url, address) => {
    expect(parseRedisAddress(url)).toEqual(address);
  });

  test.each(['redis', 'rediss', 'redis+sentinel', 'rediss+sentinel', 'redis+cluster', 'rediss+cluster'])(
    '%s with a broken percent says so and tells no secret',
    async (scheme) => {
      const error: unknown = await openRedis(`${scheme}://alice:100%secret@127.0.0.1:1`, { timeoutMs: 1 }).catch(
        (thrown: unknown) => thrown,
      );

      expect(error).toMatchObject({ code: 'CONFIG_INVALID', hint: expect.stringContaining('%25') as string });
      expect(JSON.stringify([String(error), error])).not.toContain('secret');
    },
  );

  test.each([
    'redis://alice:100%secret@127.0.0.1:1',
    'redis+sentinel://127.0.0.1:1',
    'rediss+cluster://127.0.0.1:1',
    'postgres://127.0.0.1:1',
  ])('the queue refuses %s', async (url) => {
    await expect(openQueueConnection(url, { blocking: false })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  });

  test.each(['http://host', 'redis+other://host', 'redis://host:port', 'host:6379'])('%s is none', (url) => {
    expect(() => parseRedisAddress(url)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }) as Error);
  });
});

function node(host: string, port: number) {
  return { host, port };
}
