import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import type { Finding } from '../../src/api/doctor/finding.ts';
import { openStateFile } from '../../src/services/sqlite/open-state-file.ts';
import { makeArticle } from '../helpers/make-articles.ts';
import { openRedisServer } from '../helpers/redis-server.ts';
import { blogger, newProject, spawnBlogger } from '../helpers/run-bin.ts';
import { startVendorServer } from '../helpers/vendor-server/start.js';

async function examine(env: Record<string, string> = {}) {
  await using project = await newProject();
  const { stdout, exitCode } = await blogger(['doctor', '--json'], {
    cwd: project.folder,
    env: { LANG: 'C.UTF-8', ...env },
  });
  const findings = JSON.parse(stdout) as Finding[];
  return { exitCode, findings, of: (subject: string) => findings.find((finding) => finding.subject === subject) };
}

test('a machine without settings has no findings', async () => {
  const { exitCode, findings } = await examine();

  expect(findings.filter(({ level }) => level !== 'ok')).toEqual([]);
  expect(exitCode).toBe(0);
});

test('a wrong setting is one finding among the others', async () => {
  const { exitCode, of } = await examine({ BLOGGER_LANG: 'korean', OPENAI_BASE_URL: 'localhost:11434/v1' });

  expect(of('Settings')).toMatchObject({
    level: 'error',
    message: expect.stringMatching(/baseUrl must be an address .+\nlang must be auto or a tag/) as string,
  });
  expect(of('Node')).toMatchObject({ level: 'ok' });
  expect(exitCode).toBe(2);
});

test('a clock that was set back is detected from recorded times', async () => {
  await using project = await newProject({ 'page.html': makeArticle(1), 'urls.txt': 'page.html' });
  await blogger(['generate'], { cwd: project.folder });
  const clock = async (env: Record<string, string>) => {
    const { stdout } = await spawnBlogger(['doctor', '--json'], { cwd: project.folder, env });
    return (JSON.parse(stdout) as Finding[]).find(({ subject }) => subject === 'Clock');
  };

  expect(await clock({})).toMatchObject({ level: 'ok' });
  const anHourAgo = `--import=data:text/javascript,${encodeURIComponent('const now=Date.now;Date.now=()=>now()-3600000')}`;
  expect(await clock({ NODE_OPTIONS: anHourAgo })).toMatchObject({
    level: 'warning',
    fix: expect.stringContaining('NTP') as string,
  });
});

test('keys are checked with one free call: accepted, refused or unreachable', async () => {
  await using server = await startVendorServer({ apiKeys: ['sk-right-0123456789'] });
  const openai = (key: string, baseUrl = server.openaiBaseUrl) =>
    examine({ OPENAI_API_KEY: key, OPENAI_BASE_URL: baseUrl });

  expect((await openai('sk-right-0123456789')).of('Key')).toMatchObject({ level: 'ok' });
  expect(
    (await examine({ GEMINI_API_KEY: 'sk-right-0123456789', GOOGLE_GEMINI_BASE_URL: server.geminiBaseUrl })).of('Key'),
  ).toMatchObject({ level: 'ok' });
  const refused = await openai('sk-wrong-0123456789');
  expect(refused.of('Key')).toMatchObject({ level: 'error' });
  expect(refused.exitCode).toBe(2);
  expect(JSON.stringify(refused.findings)).not.toContain('sk-wrong');
  expect((await openai('sk-right-0123456789', 'http://127.0.0.1:9/v1')).of('Key')).toMatchObject({ level: 'warning' });
  expect(server.log.billed()).toEqual([]);
});

test.skipIf(inject('redisServer') === '')(
  'Redis is asked for its version and its policy; one that evicts is refused for the queue',
  async () => {
    await using server = await openRedisServer(inject('redisServer'));
    expect((await examine({ REDIS_URL: server.url })).of('Redis memory')).toMatchObject({
      level: 'ok',
      message: 'noeviction',
    });

    await server.connect().config('SET', 'maxmemory-policy', 'allkeys-lru');
    const evicting = await examine({ REDIS_URL: server.url });
    expect(evicting.of('Redis memory')).toMatchObject({
      level: 'error',
      fix: expect.stringContaining('noeviction') as string,
    });
    expect(evicting.exitCode).toBe(2);

    const forQueue = await examine({ REDIS_URL: server.url, BLOGGER_QUEUE: 'redis' });
    expect(forQueue.of('Redis persistence')).toMatchObject({
      level: 'warning',
      fix: expect.stringContaining('appendonly') as string,
    });
    expect((await examine({ REDIS_URL: 'rediss://alice:1%zz@127.0.0.1:1' })).of('Redis')).toMatchObject({
      level: 'error',
      fix: expect.stringContaining('%25') as string,
    });

    await server.stop();
    expect((await examine({ REDIS_URL: server.url })).of('Redis')).toMatchObject({ level: 'warning' });
  },
);

test.each([
  ['cut in the middle', (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length / 2))],
  ['cut within its first page', (bytes: Buffer) => bytes.subarray(0, 1000)],
  ['of zeros', (bytes: Buffer) => Buffer.alloc(bytes.length)],
  ['of text', () => Buffer.from('not a database\n'.repeat(1000))],
  ['with a page overwritten', (bytes: Buffer) => Buffer.from(bytes).fill(0xff, 4096, 8192)],
])('a state file %s is diagnosed, with the way out, and the other checks go on', async (_what, damage) => {
  await using project = await newProject({ 'page.html': makeArticle(1), 'urls.txt': 'page.html' });
  const run = { cwd: project.folder, env: { LANG: 'C.UTF-8' } };
  await blogger(['generate'], run);
  const file = join(project.folder, '.blogger/state.db');
  const state = openStateFile(join(project.folder, '.blogger'));
  state.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  state[Symbol.dispose]();
  const sound = await readFile(file);
  for (const other of ['-wal', '-shm']) await rm(`${file}${other}`, { force: true });
  await writeFile(file, damage(sound));
  const { stdout, exitCode } = await blogger(['doctor', '--json'], run);
  const findings = JSON.parse(stdout) as Finding[];

  expect(findings.find(({ subject }) => subject === 'State file')).toMatchObject({
    level: 'error',
    fix: expect.stringContaining('Move the state folder away') as string,
  });
  expect(findings.map(({ subject }) => subject)).toEqual(expect.arrayContaining(['Node', 'Disk', 'Provider', 'Redis']));
  expect(exitCode).not.toBe(0);
});

test.each([
  [
    { HTTPS_PROXY: 'http://me:secret@proxy.example:3128', NO_PROXY: 'a.example' },
    'ok',
    'pages and models: https through http://proxy.example:3128 (HTTPS_PROXY); directly: this machine, a.example',
  ],
  [{ http_proxy: 'proxy.example:3128' }, 'ok', 'http through http://proxy.example:3128 (http_proxy)'],
  [{ ALL_PROXY: 'socks5://proxy.example:1080' }, 'warning', 'ALL_PROXY names no http or https proxy'],
] as [Record<string, string>, string, string][])('the proxy of %j is named', async (env, level, message) => {
  const { of } = await examine(env);

  expect(of('Proxy')).toMatchObject({ level, message: expect.stringContaining(message) as string });
  expect(JSON.stringify(of('Proxy'))).not.toContain('secret');
});

test.each([
  [{ PATH: '/nowhere' }, 'ok', 'no Chromium was found on PATH'],
  [{ BLOGGER_BROWSER_URL: '/no/such/browser' }, 'warning', '/no/such/browser does not answer'],
  [{ BLOGGER_BROWSER_URL: 'http://127.0.0.1:9' }, 'warning', 'http://127.0.0.1:9 does not answer'],
  [{ BLOGGER_RENDER: 'never' }, 'ok', 'not used'],
] as [Record<string, string>, string, string][])('the browser of %j is named', async (env, level, message) => {
  const { of } = await examine(env);

  expect(of('Browser')).toMatchObject({ level, message: expect.stringContaining(message) as string });
});
