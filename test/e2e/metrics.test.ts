import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { articleRoutes } from '../helpers/make-articles.ts';
import { blogger, newProject } from '../helpers/run-bin.ts';
import { TestSite } from '../helpers/test-site.ts';
import { startVendorServer } from '../helpers/vendor-server/start.js';

interface Span {
  readonly name: string;
  readonly traceId: string;
  readonly parentSpanId?: string;
  readonly spanId: string;
}

/** A collector that keeps what it is sent; `answers: false` never answers. */
async function startCollector({ answers = true } = {}) {
  const bodies: Record<string, unknown[]> = {};
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => {
      text += String(chunk);
    });
    request.on('end', () => {
      const path = request.url ?? '';
      bodies[path] = [...(bodies[path] ?? []), JSON.parse(text)];
      if (answers) response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bodies,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test('a run leaves a metrics file, and spans and gen_ai metrics at a collector', async () => {
  await using site = await TestSite.open(articleRoutes(3));
  await using vendor = await startVendorServer();
  await using collector = await startCollector();
  await using project = await newProject({
    'urls.txt': [1, 2, 3].map((number) => site.url(`/article-${number}`)).join('\n'),
  });
  const env = {
    OPENAI_API_KEY: 'sk-test-0123456789',
    OPENAI_BASE_URL: vendor.openaiBaseUrl,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  };
  const { exitCode, stderr } = await blogger(
    ['generate', '--allow-private', '--plain', '--metrics-file', 'blogger.prom'],
    { cwd: project.folder, env },
  );
  const text = await readFile(join(project.folder, 'blogger.prom'), 'utf8');

  expect([exitCode, stderr.includes('3 written')]).toEqual([0, true]);
  expect(text).toContain('blogger_last_run_posts{state="written",command="generate"} 3');
  expect(text).toMatch(/blogger_last_run_cost_usd\{command="generate"\} 0\.\d+/);
  expect(text).toMatch(/blogger_last_success_timestamp_seconds\{command="generate"\} \d{10}/);
  const spans = deep<Span>(collector.bodies['/v1/traces'], 'spans');
  const root = spans.find(({ name }) => name === 'blogger run');
  expect(
    spans.filter(({ name, parentSpanId }) => name.startsWith('GET ') && parentSpanId === root?.spanId),
  ).toHaveLength(3);
  expect(
    spans.filter(({ name, parentSpanId }) => name.startsWith('chat ') && parentSpanId === root?.spanId),
  ).toHaveLength(3);
  const metrics = deep<{ name: string }>(collector.bodies['/v1/metrics'], 'metrics').map(({ name }) => name);
  expect(metrics).toEqual(
    expect.arrayContaining([
      'gen_ai.client.token.usage',
      'gen_ai.client.operation.duration',
      'blogger.cost',
      'blogger.entries',
    ]),
  );
  expect(JSON.stringify(collector.bodies)).not.toContain('sk-test');

  await blogger(['generate', 'nothing.txt', '--allow-private', '--plain', '--metrics-file', 'blogger.prom'], {
    cwd: project.folder,
  });
  await project.write('urls.txt', site.url('/gone'));
  await blogger(['generate', '--allow-private', '--plain', '--metrics-file', 'blogger.prom'], { cwd: project.folder });
  const failed = await readFile(join(project.folder, 'blogger.prom'), 'utf8');
  expect(failed).toContain('blogger_last_run_failures{code="HTTP_STATUS",command="generate"} 1');
  expect(timeOf(failed, 'last_success')).toBe(timeOf(text, 'last_success'));
  expect(timeOf(failed, 'last_run')).toBeGreaterThan(timeOf(text, 'last_run'));
});

test('a collector that never answers costs a run three seconds, not its posts', async () => {
  await using site = await TestSite.open(articleRoutes(1));
  await using collector = await startCollector({ answers: false });
  await using project = await newProject({ 'urls.txt': site.url('/article-1') });
  const { exitCode } = await blogger(['generate', '--allow-private', '--plain'], {
    cwd: project.folder,
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url },
    timeoutMs: 20_000,
  });

  expect(exitCode).toBe(0);

  expect(collector.bodies['/v1/traces']).toHaveLength(1);
});

function timeOf(text: string, name: string): number {
  return Number(new RegExp(`^blogger_${name}_timestamp_seconds\\{[^}]*\\} (\\S+)`, 'm').exec(text)?.[1]);
}

/** All members of the lists called `name`, wherever they are. */
function deep<T>(value: unknown, name: string): T[] {
  if (Array.isArray(value)) return value.flatMap((item) => deep<T>(item, name));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    key === name && Array.isArray(member) ? (member as T[]) : deep<T>(member, name),
  );
}
