/** Optional, because it builds another commit: `BLOGGER_UPGRADE_FROM=HEAD~1 npm run test:upgrade`. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { articleRoutes } from '../helpers/make-articles.ts';
import { BIN, newProject } from '../helpers/run-bin.ts';
import { SHARED_SERVERS } from '../helpers/shared-servers.ts';
import { TestSite } from '../helpers/test-site.ts';
import { startVendorServer } from '../helpers/vendor-server/start.js';

const FROM = process.env['BLOGGER_UPGRADE_FROM'];
const ROOT = new URL('../../', import.meta.url).pathname;
const COUNT = 200;
/** Calls that a killed worker may have on the wire. */
const IN_FLIGHT = 2;
const FLAGS = [
  '--allow-private',
  '--json',
  '--workers',
  `${IN_FLIGHT}`,
  '--batch-size',
  '1',
  '--per-host',
  '6',
  '--lease',
  '15000',
];

/** The program as it was at a commit, built beside this one. */
function buildAt(commit: string): { readonly bin: string } & Disposable {
  const folder = mkdtempSync(join(tmpdir(), 'blogger-before-'));
  execFileSync('tar', ['-x', '-C', folder], {
    input: execFileSync('git', ['archive', commit], { cwd: ROOT, maxBuffer: 1 << 30 }),
  });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  execFileSync('npx', ['tsc', '-p', 'tsconfig.build.json'], { cwd: folder, stdio: 'pipe' });
  return {
    bin: join(folder, 'bin', 'blogger.js'),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

test.skipIf(FROM === undefined).each(SHARED_SERVERS.filter(({ isMissing }) => !isMissing))(
  'on $name, workers of an earlier commit are exchanged one by one, one by a kill: nothing is lost',
  { timeout: 600_000 },
  async ({ open, queue }) => {
    using before = buildAt(FROM ?? 'HEAD~1');
    await using server = await open();
    await using site = await TestSite.open(articleRoutes(COUNT));
    await using vendor = await startVendorServer({
      latencyMs: 300,
      limits: { requestsPerMinute: 100_000, tokensPerMinute: 500_000_000 },
    });
    const env = { OPENAI_API_KEY: 'sk-test-0123456789', OPENAI_BASE_URL: vendor.openaiBaseUrl, REDIS_URL: server.url };
    await using stack = await openFolders(7);
    const start = (bin: string, index: number, args: readonly string[]) =>
      execa(process.execPath, [bin, ...args, ...FLAGS], {
        cwd: stack.folders[index] ?? '',
        env,
        reject: false,
        stdin: 'ignore',
        timeout: 500_000,
      });
    const old = [1, 2, 3].map((index) => start(before.bin, index, ['worker']));
    await using producer = await newProject({
      'urls.txt': Array.from({ length: COUNT }, (_, index) => site.url(`/article-${index + 1}`)).join('\n'),
    });
    const running = execa(process.execPath, [BIN, 'generate', 'urls.txt', '--queue', queue, ...FLAGS], {
      cwd: producer.folder,
      env,
      reject: false,
      stdin: 'ignore',
      timeout: 500_000,
    });
    const billed = (count: number) =>
      expect.poll(() => vendor.log.billed().length, { timeout: 200_000, interval: 20 }).toBeGreaterThan(count);
    const young: ReturnType<typeof start>[] = [];
    for (const [index, signal] of (['SIGTERM', 'SIGKILL', 'SIGTERM'] as const).entries()) {
      await billed(30 + index * 45);
      old[index]?.kill(signal);
      young.push(start(BIN, 4 + index, ['worker']));
    }
    const { exitCode, stderr, stdout } = await running;
    for (const worker of young) worker.kill('SIGTERM');
    await Promise.all([...old, ...young]);

    const failures = stdout.split('\n').filter((line) => line.includes('"entry:fail"'));
    expect(failures).toEqual([]);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`"written":${COUNT}`);
    expect((await readdir(join(producer.folder, 'posts'))).filter((name) => name.endsWith('.md'))).toHaveLength(COUNT);
    console.log(`${queue}: ${vendor.log.billed().length} answers billed for ${COUNT} posts`);
    // What was on the wire of the killed worker is asked again, and nothing else.
    expect(vendor.log.billed().length).toBeLessThanOrEqual(COUNT + IN_FLIGHT);
  },
);

async function openFolders(count: number) {
  const projects = await Promise.all(Array.from({ length: count }, () => newProject()));
  return {
    folders: projects.map(({ folder }) => folder),
    async [Symbol.asyncDispose]() {
      for (const project of projects) await project[Symbol.asyncDispose]();
    },
  };
}
