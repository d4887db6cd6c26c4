/** Limits of servers: told apart from missing rights, and waited for as long as the server says. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { refused, requestJson } from '../../../src/targets/json-client.ts';

const NOW = 'Mon, 30 Nov 2026 12:00:00 GMT';
const seconds = Date.parse(NOW) / 1000;

/** One answer of a server. */
async function answered(status: number, headers: Readonly<Record<string, string>>, json: unknown = {}) {
  const server = createServer((_, response) => {
    response.sendDate = false;
    response.writeHead(status, { date: NOW, ...headers }).end(JSON.stringify(json));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  try {
    return await requestJson({ method: 'POST', url, headers: {} }, AbortSignal.timeout(30_000));
  } finally {
    server.close();
  }
}

test.each([
  ['seconds', 429, { 'retry-after': '7' }, {}, 7000],
  ['RFC 9110: a time', 503, { 'retry-after': 'Mon, 30 Nov 2026 12:00:09 GMT' }, {}, 9000],
  ['a time that is over', 503, { 'retry-after': 'Mon, 30 Nov 2026 11:00:00 GMT' }, {}, 0],
  ['more than anybody waits', 429, { 'retry-after': '86400' }, {}, 120_000],
  ['no time', 429, {}, {}, undefined],
  [
    'peter-evans/create-pull-request#855',
    403,
    { 'retry-after': '60' },
    { message: 'You have exceeded a secondary rate limit' },
    60_000,
  ],
  [
    'scala-steward-org/scala-steward#2355',
    403,
    {},
    { message: 'You have exceeded a secondary rate limit.' },
    undefined,
  ],
  [
    'KnpLabs/php-github-api#1072',
    403,
    { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(seconds + 30) },
    { message: 'API rate limit exceeded' },
    30_000,
  ],
])('a limit is waited for: %s', async (_from, status, headers, json, retryAfterMs) => {
  await expect(answered(status, headers, json)).rejects.toMatchObject({
    code: 'TARGET_UNREACHABLE',
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
});

test('ezyang/ghstack#359: a missing right is no limit', async () => {
  const headers = { 'x-ratelimit-remaining': '4290', 'x-ratelimit-reset': String(seconds + 30) };
  const answer = await answered(403, headers, { message: 'Resource not accessible by integration' });

  expect(answer.status).toBe(403);
  expect(refused('The forge', 'open a request', answer)).toMatchObject({ code: 'TARGET_AUTH' });
});

test('a picture that is too large is told as such, whoever says so', async () => {
  const answer = await answered(413, { 'content-type': 'text/html' }, undefined);

  expect(refused('WordPress', 'take a picture', answer).hint).toMatch(/larger than the server takes/);
});
