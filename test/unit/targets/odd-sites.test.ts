/** Sites whose answers are not what WordPress itself would say, as people report them. */

import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { BloggerError } from '../../../src/core/errors.ts';
import { parseJsonIn } from '../../../src/targets/json-in-answer.ts';
import { publishOnce } from '../../../src/targets/publish-once.ts';
import { createWordPress } from '../../../src/targets/wordpress/wordpress.ts';
import { fakeRandom } from '../../helpers/fakes.ts';
import { publicationMemory } from '../../helpers/publication-memory.ts';
import { startWordPress } from '../../helpers/wordpress-server.ts';

const never = new AbortController().signal;
const clock = { now: () => Date.UTC(2026, 0, 1), monotonic: () => 0, sleep: async () => {} };
const NOTICE =
  '<br />\n<b>Notice</b>:  is_feed was called <strong>incorrectly</strong>. See [Debugging] {here} in <b>/srv/wp/functions.php</b> on line <b>5</b><br />\n';

const JSON_ANSWERS: readonly (readonly [report: string, text: string, json: unknown])[] = [
  ['gatsbyjs/gatsby#21999: a byte order mark', '\uFEFF{"id":1}', { id: 1 }],
  ['two byte order marks, one of each file of the theme', '\uFEFF\uFEFF[{"id":1}]', [{ id: 1 }]],
  ['WordPress/gutenberg#20365: a notice of PHP', `${NOTICE}{"id":1}`, { id: 1 }],
  ['WP-API/WP-API#2270: words of a plugin', 'loaded\n\n[{"id":1}]', [{ id: 1 }]],
  [
    'johngodley/redirection#1381: code of a plugin',
    "<?php require_once($_SERVER['ROOT'].'/x.php');?>{\"a\":[]}",
    { a: [] },
  ],
  ['WP-API/WP-API#969: a comment of a cache', '{"id":1}\n<!-- Rocket {x} -->\n<!-- Cached [y] -->', { id: 1 }],
  ['both', `${NOTICE}[]\n<!-- page cached -->`, []],
  ['a page with JSON in its script', '<!doctype html><script>var x = {"id":1}</script>', undefined],
  ['a page that ends in JSON', '<html><body>Log in</body></html>{"id":1}', undefined],
  ['nothing', '', undefined],
  ['words', 'Service Unavailable', undefined],
  ['half an answer', '{"id":1,"tit', undefined],
];

test.each(JSON_ANSWERS)('an answer with %s', (_report, text, json) => {
  expect(parseJsonIn(text)).toEqual(json);
});

test('megabytes that begin like JSON everywhere are read once', () => {
  expect(parseJsonIn(`${'[{'.repeat(500_000)}}`)).toBeUndefined();
});

const POST = {
  key: 'aa11',
  title: 'The harbour',
  description: 'About it.',
  slug: 'harbour',
  tags: ['Sea'],
  categories: [],
  lang: 'en',
  html: '<p>Text.</p>',
  pictures: [],
  hash: 'f1',
};

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Something before a WordPress that changes requests or answers. */
async function before(site: string, alter: (answer: Answer, request: IncomingMessage) => Answer, dropsLogin = false) {
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { authorization, 'content-type': type } = request.headers;
      const real = await fetch(site + request.url, {
        method: request.method ?? 'GET',
        headers: {
          ...(dropsLogin || authorization === undefined ? {} : { authorization }),
          ...(type === undefined ? {} : { 'content-type': type }),
        },
        ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }),
      });
      const { status, text, headers } = alter({ status: real.status, text: await real.text() }, request);
      response.writeHead(status, headers).end(text);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

const publish = (url: string) =>
  publishOnce(
    POST,
    {
      target: createWordPress({ url, user: 'admin', password: 'pass word', markup: 'blocks', clock }),
      publications: publicationMemory(),
      showing: { as: 'draft' },
      force: false,
      clock,
      random: fakeRandom(),
    },
    never,
  );

test.each([
  ['a byte order mark', (text: string) => `\uFEFF${text}`],
  ['a notice of PHP', (text: string) => NOTICE + text],
  ['a comment of a cache', (text: string) => `${text}\n<!-- Optimized -->`],
] as const)('a post is made once where each answer has %s', async (_what, around) => {
  await using site = await startWordPress();
  await using front = await before(site.url, ({ status, text }) => ({ status, text: around(text) }));

  expect(await publish(front.url)).toMatchObject({ kind: 'created' });
  expect(await publish(front.url)).toMatchObject({ kind: 'unchanged' });
  expect(site.posts.size).toBe(1);
});

const PAGE = '<!doctype html><title>Just a moment…</title><h1>Sorry, you have been blocked</h1>';
const REFUSALS: readonly (readonly [
  report: string,
  alter: (answer: Answer, request: IncomingMessage) => Answer,
  code: string,
  says: RegExp,
])[] = [
  [
    'WordPress/gutenberg#2704: a firewall that answers with a page',
    () => ({ status: 403, text: PAGE }),
    'TARGET_AUTH',
    /you have been blocked.*firewall/s,
  ],
  [
    'a firewall that lets reading through, and no writing',
    (answer, { method }) => (method === 'GET' ? answer : { status: 403, text: PAGE }),
    'TARGET_AUTH',
    /you have been blocked.*firewall/s,
  ],
  [
    'a login page with status 200 in place of the new post',
    (answer, { method, url }) => (method === 'POST' && url?.endsWith('/posts') ? { status: 200, text: PAGE } : answer),
    'TARGET_REFUSED',
    /a page and not an answer/,
  ],
  [
    'a login page with status 200 for all',
    () => ({ status: 200, text: PAGE }),
    'TARGET_REFUSED',
    /a page and not an answer/,
  ],
  [
    'a site that has moved to https',
    (_answer, { url }) => ({ status: 301, text: '', headers: { location: `https://blog.example${url}` } }),
    'TARGET_REFUSED',
    /redirects to https:\/\/blog\.example\/.*Set the address/s,
  ],
  [
    'a site that has moved to www, by a status that would turn the call into a GET',
    (_answer, { url }) => ({ status: 302, text: 'Found', headers: { location: `https://www.blog.example${url}` } }),
    'TARGET_REFUSED',
    /redirects to https:\/\/www\.blog\.example/,
  ],
  [
    'johngodley/redirection#1322: a plugin that has switched the API off',
    () => ({ status: 404, text: '{"code":"rest_no_route","message":"No route was found"}' }),
    'TARGET_REFUSED',
    /No route was found.*switched it off/s,
  ],
  [
    'WordPress/application-passwords#79: application passwords switched off',
    () => ({ status: 401, text: '{"code":"application_passwords_disabled","message":"Not available."}' }),
    'TARGET_AUTH',
    /https/,
  ],
  [
    'an error whose members are of other types',
    () => ({ status: 400, text: '{"errors":{"post":["no"]},"message":{"a":1}}' }),
    'TARGET_AUTH',
    /status 401/,
  ],
  [
    'a site in maintenance',
    () => ({ status: 503, text: '<html><title>Wait</title>Briefly unavailable for scheduled maintenance.</html>' }),
    'TARGET_UNREACHABLE',
    /status 503: .*Briefly unavailable/,
  ],
  [
    'a fatal error of PHP',
    () => ({ status: 500, text: '{"code":"internal_server_error","message":"There has been a critical error."}' }),
    'TARGET_UNREACHABLE',
    /status 500: There has been a critical error/,
  ],
  [
    'a limit of requests',
    () => ({ status: 429, text: '{"message":"Too many requests from this address"}' }),
    'TARGET_UNREACHABLE',
    /status 429: Too many requests/,
  ],
  ['a gateway without words', () => ({ status: 502, text: '' }), 'TARGET_UNREACHABLE', /status 502 Run/],
];

test.each(REFUSALS)('%s is told in words that help, and leaves nothing behind', async (_report, alter, code, says) => {
  await using site = await startWordPress();
  await using front = await before(site.url, alter);

  const error = await publish(front.url).catch((thrown: unknown) => thrown);

  expect(error).toBeInstanceOf(BloggerError);
  expect(error).toMatchObject({ code });
  expect(`${(error as BloggerError).message} ${(error as BloggerError).hint}`).toMatch(says);
});

test('getdokan/dokan#282: a server that drops the Authorization header is told of', async () => {
  await using site = await startWordPress();
  await using front = await before(site.url, (answer) => answer, true);

  const error = (await publish(front.url).catch((thrown: unknown) => thrown)) as BloggerError;

  expect(error).toMatchObject({ code: 'TARGET_AUTH' });
  expect(error.hint).toMatch(/drops the Authorization header/);
});
