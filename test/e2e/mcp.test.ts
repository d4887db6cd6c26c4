import { readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadSettings } from '../../src/config/load.ts';
import { serveHttp } from '../../src/mcp/serve-http.ts';
import { articleRoutes } from '../helpers/make-articles.ts';
import { BIN, blogger, newProject, type Project } from '../helpers/run-bin.ts';
import { TestSite } from '../helpers/test-site.ts';
import { startVendorServer, type VendorServer } from '../helpers/vendor-server/start.js';

const KEY = 'sk-test-0123456789';
let site: TestSite;
let vendor: VendorServer;
let project: Project;
let client: Client;
let urls: string[];

beforeAll(async () => {
  site = await TestSite.open(articleRoutes(6));
  vendor = await startVendorServer();
  urls = Array.from({ length: 6 }, (_, index) => site.url(`/article-${index + 1}`));
  project = await newProject({ 'urls.txt': urls.join('\n'), 'secret.txt': 'not for clients' });
  client = await connectStdio();
});

afterAll(async () => {
  await client.close();
  await project[Symbol.asyncDispose]();
  await vendor.close();
  await site[Symbol.asyncDispose]();
});

async function connectStdio(): Promise<Client> {
  const connected = new Client({ name: 'test', version: '1.0.0' });
  await connected.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [BIN, 'mcp', '--allow-private', '--batch-interval', '20'],
      cwd: project.folder,
      env: { PATH: process.env['PATH'] ?? '', OPENAI_API_KEY: KEY, OPENAI_BASE_URL: vendor.openaiBaseUrl },
      stderr: 'pipe',
    }),
  );
  return connected;
}

interface ToolResult {
  readonly isError: boolean;
  readonly text: string;
  readonly data: Record<string, unknown>;
}

async function call(name: string, args: Record<string, unknown> = {}): Promise<ToolResult> {
  const result = await client.callTool({ name, arguments: args });
  const text = result.content.map((part) => (part.type === 'text' ? part.text : '')).join('');
  return { isError: result.isError === true, text, data: (result.structuredContent ?? {}) as Record<string, unknown> };
}

test('lists every tool; tools that spend or decide state their required arguments', async () => {
  const { tools } = await client.listTools();

  expect(tools.map(({ name }) => name)).toEqual([
    'crawl',
    'plan',
    'generate',
    'status',
    'review_list',
    'review_approve',
    'review_reject',
  ]);
  const required = Object.fromEntries(tools.map(({ name, inputSchema }) => [name, inputSchema.required ?? []]));
  expect(required['generate']).toContain('maxCostUsd');
  expect(required['review_approve']).toEqual(expect.arrayContaining(['file', 'by']));
});

test('reads pages as Markdown, cut where asked', async () => {
  const { data } = await call('crawl', { urls: urls.slice(0, 2), maxChars: 300 });

  const pages = data['pages'] as { status: string; markdown: string; isCut: boolean }[];
  expect(pages.map(({ status, markdown, isCut }) => [status, markdown.length, isCut])).toEqual([
    ['ok', 300, true],
    ['ok', 300, true],
  ]);
});

test('refuses addresses other than http and https, so that no local file is read', async () => {
  for (const url of ['secret.txt', 'file:///etc/passwd', `${urls[0]}\nsecret.txt`, '-']) {
    const { isError, text } = await call('crawl', { urls: [url] });
    expect([url, isError]).toEqual([url, true]);
    expect(text).not.toContain('not for clients');
  }
});

test('writes nothing without a cap, and never exceeds one', async () => {
  const uncapped = await call('generate', {});
  expect(uncapped.isError).toBe(true);
  expect(vendor.log.billed()).toHaveLength(0);

  const { data } = await call('plan');
  const { worstUsd, posts } = data['plan'] as { worstUsd: number; posts: number };
  expect(posts).toBe(6);
  const cap = worstUsd / 20;
  const capped = await call('generate', { maxCostUsd: cap });
  expect(capped.data['costUsd'] as number).toBeLessThanOrEqual(cap);
  expect(vendor.log.billed().length).toBeLessThan(6);

  const rest = await call('generate', { maxCostUsd: 1 });
  expect(rest.data['posts']).toMatchObject({ failed: 0 });
  expect(vendor.log.paidTwice()).toEqual([]);
});

test('shows runs and spending, and posts as resources; nothing outside of the output folder', async () => {
  expect((await call('status')).data['totals']).toMatchObject({ entries: expect.any(Number) });
  const { resources } = await client.listResources();
  const [post] = resources.filter(({ uri }) => uri.endsWith('.md'));
  const { contents } = await client.readResource({ uri: post?.uri ?? '' });
  expect(JSON.stringify(contents)).toContain('title:');

  await symlink(join(project.folder, 'secret.txt'), join(project.folder, 'posts', 'link.md'));
  for (const path of ['../secret.txt', '%2e%2e%2fsecret.txt', 'link.md', '.hidden.md', 'none.md'])
    await expect(client.readResource({ uri: `blogger://posts/${path}` })).rejects.toThrow();
});

test('a review needs the name of a person and a post of the output folder', async () => {
  await writeFile(
    join(project.folder, 'secret.md'),
    '---\ntitle: Not ours\ndraft: true\n---\n\nText of somebody else.\n',
  );
  expect((await call('review_approve', { file: 'posts/x.md' })).isError).toBe(true);
  expect((await call('review_approve', { file: 'posts/x.md', by: ' ' })).isError).toBe(true);
  expect((await call('review_approve', { file: 'secret.md', by: 'Ann Lee' })).text).toContain('outside');
  expect(await readFile(join(project.folder, 'secret.md'), 'utf8')).toContain('draft: true');

  const { data } = await call('review_list', { all: true });
  const [post] = data['posts'] as { file: string }[];
  const approved = await call('review_approve', { file: post?.file ?? '', by: 'Ann Lee' });
  expect([approved.isError, approved.data['by']]).toEqual([false, 'Ann Lee']);
});

test('no key leaves through any tool or resource', async () => {
  const seen = [
    await call('status', { runs: 50 }),
    await call('plan'),
    await client.readResource({ uri: 'blogger://report' }),
  ];

  expect(JSON.stringify(seen)).not.toContain('0123456789');
});

test('the command serves over HTTP until it is stopped', async () => {
  const serving = blogger(['mcp', '--http', '0'], { cwd: project.folder });
  serving.kill('SIGTERM');
  const { stderr, exitCode } = await serving;

  expect(stderr).toMatch(/^MCP server: http:\/\/127\.0\.0\.1:\d+\/mcp$/m);
  expect(exitCode).toBe(143);
});

test('serves the same over HTTP, to loopback hosts and origins only', async () => {
  const { settings, secrets } = await loadSettings({ cwd: project.folder, env: {}, flags: {} });
  const stop = new AbortController();
  await using http = await serveHttp({ settings, secrets, cwd: project.folder, stop: stop.signal }, 0);
  const remote = new Client({ name: 'test', version: '1.0.0' });
  await remote.connect(new StreamableHTTPClientTransport(new URL(http.url)));

  expect((await remote.listTools()).tools).toHaveLength(7);
  await remote.close();
  const init = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } };
  const foreign = await fetch(http.url, { ...init, headers: { ...init.headers, origin: 'https://evil.example' } });
  expect(foreign.status).toBe(403);
  expect((await fetch(http.url.replace('/mcp', '/'), init)).status).toBe(404);
});
