import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isLong } from '../helpers/long-form.ts';
import { articleRoutes } from '../helpers/make-articles.ts';
import { blogger, newProject, spawnBlogger } from '../helpers/run-bin.ts';
import { TestSite } from '../helpers/test-site.ts';
import { startVendorServer, type VendorServer } from '../helpers/vendor-server/start.js';

const COUNT = 12;
/** Enough that calls are left after three kills. */
const KILLED_COUNT = 80;
const LATENCY_MS = 60;
const FAST = ['--crawl-concurrency', '20', '--per-host', '20', '--allow-private', '--batch-interval', '50'];

const vendors = [
  [
    'openai',
    (server: VendorServer) => ({ OPENAI_API_KEY: 'sk-test-0123456789', OPENAI_BASE_URL: server.openaiBaseUrl }),
  ],
  [
    'gemini',
    (server: VendorServer) => ({
      GEMINI_API_KEY: 'AIza-test-0123456789',
      GOOGLE_GEMINI_BASE_URL: server.geminiBaseUrl,
    }),
  ],
] as const;

test.each(vendors)(
  '%s: every entry gives a post through the real SDK, and a second run asks nothing',
  { timeout: 120_000 },
  async (vendor, envOf) => {
    await using site = await TestSite.open(articleRoutes(COUNT));
    await using server = await startVendorServer();
    await using project = await newProject({
      'urls.txt': Array.from({ length: COUNT }, (_, index) => site.url(`/article-${index + 1}`)).join('\n'),
    });
    const run = () =>
      blogger(['generate', 'urls.txt', '--json', '--provider', vendor, ...FAST], {
        cwd: project.folder,
        env: envOf(server),
      });

    const first = await run();
    const summary = summaryOf(first.stdout);

    expect(first.stderr).toBe('');
    expect(first.exitCode).toBe(0);
    expect(summary.posts).toEqual({ written: COUNT, unchanged: 0, skipped: 0, failed: 0 });
    expect(summary.calls).toBe(COUNT);
    expect(await markdownFiles(project.folder)).toHaveLength(COUNT);
    expect(server.log.billed()).toHaveLength(COUNT);
    expect(server.log.calls.every((call) => call.vendor === vendor)).toBe(true);

    const kept = await Promise.all(
      ['state.db', 'state.db-wal'].map((name) =>
        readFile(join(project.folder, '.blogger', name), 'latin1').catch(() => ''),
      ),
    );
    expect([first.stdout, ...kept].filter((text) => text.includes('test-0123456789'))).toEqual([]);

    const requestsBefore = server.log.calls.length;
    const second = await run();

    expect(second.exitCode).toBe(0);
    expect(summaryOf(second.stdout).posts).toEqual({ written: 0, unchanged: COUNT, skipped: 0, failed: 0 });
    expect(server.log.calls).toHaveLength(requestsBefore);
  },
);

test.runIf(isLong)(
  'killed in the middle and run again: every post once, no answered request sent again',
  {
    timeout: 180_000,
  },
  async () => {
    await using site = await TestSite.open(articleRoutes(KILLED_COUNT));
    await using server = await startVendorServer({ latencyMs: LATENCY_MS });
    await using project = await newProject({
      'urls.txt': Array.from({ length: KILLED_COUNT }, (_, index) => site.url(`/article-${index + 1}`)).join('\n'),
    });
    const run = () =>
      spawnBlogger(['generate', 'urls.txt', '--json', ...FAST], {
        cwd: project.folder,
        env: { OPENAI_API_KEY: 'sk-test-0123456789', OPENAI_BASE_URL: server.openaiBaseUrl },
      });

    const kills: number[] = [];
    for (const answers of [12, 32, 56]) {
      const running = run();
      await until(() => server.log.billed().length >= answers);
      running.kill('SIGKILL');
      kills.push(Date.now());
      await running;
    }
    const savedBefore = new Set(await markdownFiles(project.folder));
    const delivered = server.log.billed().filter((call) => call.delivered).length;
    const last = await run();

    expect(last.exitCode).toBe(0);
    const files = await markdownFiles(project.folder);
    expect(files).toHaveLength(KILLED_COUNT);
    for (const file of savedBefore) expect(files).toContain(file);
    expect((await readdir(join(project.folder, 'posts'))).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    const { posts } = summaryOf(last.stdout);
    expect(posts.written + posts.unchanged).toBe(KILLED_COUNT);
    expect(delivered).toBeLessThan(KILLED_COUNT);
    // Only a call that was under way at a kill may have been answered to nobody; every other answer was kept and not asked for again.
    const repeated = new Set(server.log.paidTwice().map(({ promptHash }) => promptHash));
    for (const hash of repeated) {
      const askedBefore = server.log
        .billed()
        .filter((call) => call.promptHash === hash)
        .slice(0, -1);
      for (const call of askedBefore)
        expect(kills.some((kill) => call.at <= kill && kill <= call.at + LATENCY_MS + 500)).toBe(true);
    }
    expect(repeated.size).toBeLessThanOrEqual(kills.length * 40);
  },
);

function summaryOf(stdout: string): {
  posts: Record<'written' | 'unchanged' | 'skipped' | 'failed', number>;
  calls: number;
} {
  const last = JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as {
    type: string;
    summary: ReturnType<typeof summaryOf>;
  };
  expect(last.type).toBe('run:end');
  return last.summary;
}

async function markdownFiles(folder: string): Promise<string[]> {
  return (await readdir(join(folder, 'posts'))).filter((name) => name.endsWith('.md'));
}

async function until(check: () => boolean): Promise<void> {
  while (!check()) await new Promise((resolve) => setTimeout(resolve, 5));
}
