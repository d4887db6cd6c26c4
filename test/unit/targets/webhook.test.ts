import { rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { handWritten, publishProject } from '../../helpers/publish-project.ts';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const OTHER = `whsec_${Buffer.alloc(24, 9).toString('base64')}`;

interface Received {
  readonly id: string;
  readonly body: string;
  readonly headers: Record<string, string>;
}

/** Takes messages; `answers` gives the statuses in turn, 0 for a connection that breaks after the message was taken. */
async function receiver(...answers: number[]) {
  const received: Received[] = [];
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const headers = request.headers as Record<string, string>;
    received.push({ id: headers['webhook-id'] ?? '', body: Buffer.concat(chunks).toString(), headers });
    const status = answers.shift() ?? 200;
    if (status === 0) response.destroy();
    else
      response
        .writeHead(status, { 'retry-after': '1' })
        .end(JSON.stringify({ url: `https://there.example/${received.length}` }));
  };
  const server = createServer((request, response) => void take(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    received,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

const callFor = ({ url }: { readonly url: string }, secret = SECRET) => ({
  settings: { publish: ['webhook' as const], webhookUrl: url },
  secrets: { WEBHOOK_SECRET: secret },
});

test('a post is one message that the library of Standard Webhooks verifies, and no other key does', async () => {
  await using there = await receiver();
  await using project = await publishProject({ 'posts/a.md': handWritten('항구 & harbour', 'See [b](b.md).') });

  const [result] = await project.publish(['posts/a.md'], callFor(there));

  const [message] = there.received;
  expect(result).toMatchObject({ outcome: 'created', detail: 'https://there.example/1' });
  expect(new Webhook(SECRET).verify(message?.body ?? '', message?.headers ?? {})).toMatchObject({
    type: 'post.created',
    data: {
      title: '항구 & harbour',
      html: '<p>See b.</p>',
      file: 'a.md',
      publishAs: 'draft',
      source: expect.stringContaining('[b](b.md)'),
    },
  });
  expect(() => new Webhook(OTHER).verify(message?.body ?? '', message?.headers ?? {})).toThrow('No matching signature');
  expect(() => new Webhook(SECRET).verify(`${message?.body} `, message?.headers ?? {})).toThrow();
});

test('while keys change, a receiver with either key verifies', async () => {
  await using there = await receiver();
  await using project = await publishProject({ 'posts/a.md': handWritten('a') });

  await project.publish(['posts/a.md'], callFor(there, `${OTHER} ${SECRET}`));

  for (const key of [SECRET, OTHER])
    expect(new Webhook(key).verify(there.received[0]?.body ?? '', there.received[0]?.headers ?? {})).toBeTruthy();
});

test('each try has the same id and verifies: lost, overloaded, told to wait, broken', async () => {
  await using there = await receiver(0, 500, 429, 503, 408);
  await using project = await publishProject({ 'posts/a.md': handWritten('a') });

  expect(await project.publish(['posts/a.md'], callFor(there))).toMatchObject([{ outcome: 'created' }]);

  expect(there.received).toHaveLength(6);
  expect(new Set(there.received.map(({ id }) => id)).size).toBe(1);
  for (const { body, headers } of there.received) expect(new Webhook(SECRET).verify(body, headers)).toBeTruthy();
});

test.each([400, 401, 404, 410, 422])('status %i is an answer: it is not tried again', async (status) => {
  await using there = await receiver(status);
  await using project = await publishProject({ 'posts/a.md': handWritten('a') });

  expect(await project.publish(['posts/a.md'], callFor(there))).toMatchObject([{ outcome: 'failed' }]);
  expect(there.received).toHaveLength(1);
});

test('a second run sends nothing, a new version is another message, and without its memory the message has the id that it had', async () => {
  await using there = await receiver();
  await using project = await publishProject({ 'posts/a.md': handWritten('a') });
  const outcome = async () => (await project.publish(['posts/a.md'], callFor(there))).map((one) => one.outcome);

  expect(await outcome()).toEqual(['created']);
  expect(await outcome()).toEqual(['unchanged']);
  await rm(join(project.cwd, '.blogger'), { recursive: true });
  expect(await outcome()).toEqual(['created']);
  expect(there.received.map(({ id }) => id)).toEqual([there.received[0]?.id, there.received[0]?.id]);

  await project.write('posts/a.md', handWritten('a', 'Newer.'));
  expect(await outcome()).toEqual(['updated']);
  expect(there.received[2]?.id).not.toBe(there.received[0]?.id);
  expect(JSON.parse(there.received[2]?.body ?? '')).toMatchObject({ type: 'post.updated' });
});

test('a message that never arrived keeps its id in the next run', async () => {
  await using there = await receiver(...Array<number>(8).fill(500));
  await using project = await publishProject({ 'posts/a.md': handWritten('a') });

  expect(await project.publish(['posts/a.md'], callFor(there))).toMatchObject([
    { outcome: 'failed', code: 'TARGET_UNREACHABLE' },
  ]);
  expect(await project.publish(['posts/a.md'], callFor(there))).toMatchObject([{ outcome: 'created' }]);
  expect(new Set(there.received.map(({ id }) => id)).size).toBe(1);
});

test.each(['', 'whsec_', 'whsec_c2hvcnQ=', 'not base64!'])(
  'the secret %j is refused before anything is sent',
  async (secret) => {
    await using there = await receiver();
    await using project = await publishProject({ 'posts/a.md': handWritten('a') });

    await expect(project.publish(['posts/a.md'], callFor(there, secret))).rejects.toMatchObject({
      code: 'TARGET_AUTH',
    });
    expect(there.received).toEqual([]);
  },
);
