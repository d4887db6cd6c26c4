import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { articleRoutes, makeArticle } from '../helpers/make-articles.ts';
import { BIN, spawnBlogger as blogger, newProject } from '../helpers/run-bin.ts';
import { html, inTurn, TestSite } from '../helpers/test-site.ts';
import { startVendorServer } from '../helpers/vendor-server/start.js';

test('--detach returns while the posts are being written, and prints the run ID', async () => {
  await using site = await TestSite.open(articleRoutes(6));
  await using server = await startVendorServer({ latencyMs: 6000 });
  await using project = await newProject();
  const list = [1, 2, 3, 4, 5, 6].map((n) => site.url(`/article-${n}`)).join('\n');
  const env = { OPENAI_API_KEY: 'sk-test-0123456789', OPENAI_BASE_URL: server.openaiBaseUrl };

  const { exitCode, stdout, stderr } = await blogger(['generate', '-', '--detach', '--allow-private'], {
    cwd: project.folder,
    env,
    input: list,
  });

  expect(stderr).toContain('The run goes on in the background');
  expect(exitCode).toBe(0);
  expect(server.log.billed()).toHaveLength(0);
  const runId = stdout.trim();
  expect(runId).toMatch(/^[0-9a-f-]{36}$/);
  expect((await blogger(['generate', '-'], { cwd: project.folder, input: list })).exitCode).toBe(75);

  await expect.poll(() => readdir(join(project.folder, 'posts')).catch(() => []), { timeout: 60_000 }).toHaveLength(6);
  await expect
    .poll(async () => (await blogger(['stats', '--run', runId, '--json'], { cwd: project.folder })).stdout, {
      timeout: 60_000,
    })
    .toContain('"written": 6');
});

test('a detached run that cannot start reports why at once, with its own exit code', async () => {
  await using project = await newProject();
  const { exitCode, stderr, stdout } = await blogger(['generate', 'nothing.txt', '--detach'], { cwd: project.folder });

  expect(exitCode).toBe(2);
  expect(stderr).toContain('LIST_MISSING');
  expect(stdout).toBe('');
});

test('each command that a background run prints works when typed', async () => {
  const late = inTurn(html('<h1>late</h1>', { delayMs: 120_000 }), html(makeArticle(2)));
  await using site = await TestSite.open({ '/late': late });
  await using project = await newProject({ 'page.html': makeArticle(1) });
  const type = (line: string | undefined) =>
    execa('bash', ['-c', `blogger() { '${process.execPath}' '${BIN}' "$@"; }; ${line}`], {
      cwd: project.folder,
      reject: false,
      timeout: 60_000,
    });
  const flags = ['--state', 'my state', '--allow-private', '--crawl-attempts', '1'];

  const started = await blogger(['generate', '-', '--detach', ...flags], {
    cwd: project.folder,
    input: `page.html\n${site.url('/late')}`,
  });
  await expect.poll(() => site.paths(), { timeout: 60_000 }).toContain('/late');
  await expect.poll(() => readdir(join(project.folder, 'posts')).catch(() => []), { timeout: 15_000 }).toHaveLength(1);
  const cancelled = await type(/end it: +(.+)/.exec(started.stderr)?.[1]);
  expect([cancelled.exitCode, cancelled.stderr]).toEqual([0, expect.stringContaining('the run takes no new work')]);
  const log = () => readFile(/its log: +(.+)/.exec(started.stderr)?.[1] ?? '', 'utf8');
  await expect.poll(log, { timeout: 60_000 }).toMatch(/JOB_CANCELLED[\s\S]*Next: /);
  const next = await type(/Next: (.+)/.exec(await log())?.[1]);

  expect([next.exitCode, next.stderr]).toEqual([0, expect.stringMatching(/1 written.* 1 unchanged/)]);
  const followed = await type(/follow it: +(.+)/.exec(started.stderr)?.[1]);
  expect(followed.exitCode).toBe(0);
  const { stdout } = await blogger(['stats', '--run', started.stdout, '--json', '--state', 'my state'], {
    cwd: project.folder,
  });
  expect(stdout).toContain('JOB_CANCELLED');
});
