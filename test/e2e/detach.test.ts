import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { articleRoutes } from '../helpers/make-articles.ts';
import { blogger, newProject } from '../helpers/run-bin.ts';
import { TestSite } from '../helpers/test-site.ts';
import { startVendorServer } from '../helpers/vendor-server/start.js';

test('--detach gives the prompt back while the posts are still being written, and names the run', async () => {
  await using site = await TestSite.open(articleRoutes(6));
  await using server = await startVendorServer({ latencyMs: 1500 });
  await using project = await newProject();
  const list = [1, 2, 3, 4, 5, 6].map((n) => site.url(`/article-${n}`)).join('\n');
  const env = { OPENAI_API_KEY: 'sk-test-0123456789', OPENAI_BASE_URL: server.openaiBaseUrl };

  const { exitCode, stdout, stderr } = await blogger(['generate', '-', '--detach', '--allow-private'], { cwd: project.folder, env, input: list });

  expect(stderr).toContain('The run goes on in the background');
  expect(exitCode).toBe(0);
  expect(server.log.billed()).toHaveLength(0);
  const runId = stdout.trim();
  expect(runId).toMatch(/^[0-9a-f-]{36}$/);
  expect((await blogger(['generate', '-'], { cwd: project.folder, input: list })).exitCode).toBe(75);

  await expect.poll(() => readdir(join(project.folder, 'posts')).catch(() => []), { timeout: 20_000 }).toHaveLength(6);
  await expect
    .poll(async () => (await blogger(['stats', '--run', runId, '--json'], { cwd: project.folder })).stdout, { timeout: 20_000 })
    .toContain('"written": 6');
});

test('a detached run that cannot begin says why at once, with its own exit code', async () => {
  await using project = await newProject();
  const { exitCode, stderr, stdout } = await blogger(['generate', 'nothing.txt', '--detach'], { cwd: project.folder });

  expect(exitCode).toBe(2);
  expect(stderr).toContain('LIST_MISSING');
  expect(stdout).toBe('');
});
