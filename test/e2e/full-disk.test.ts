import { sampleOf } from '../helpers/long-form.ts';
/** Real file systems of a few hundred kilobytes under the state folder; they need the right to mount. */

import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { articleRoutes } from '../helpers/make-articles.ts';
import { newProject, spawnBlogger } from '../helpers/run-bin.ts';
import { TestSite } from '../helpers/test-site.ts';
import { startVendorServer, type VendorServer } from '../helpers/vendor-server/start.js';

const ENTRIES = 12;
const FLAGS = [
  'generate',
  '--allow-private',
  '--batch-interval',
  '20',
  '--crawl-concurrency',
  '20',
  '--per-host',
  '20',
];
let site: TestSite;

beforeAll(async () => {
  site = await TestSite.open(articleRoutes(ENTRIES));
});
afterAll(async () => {
  await site[Symbol.asyncDispose]();
});

const mount = (args: readonly string[]) => execa('mount', args, { reject: false });

/** A state folder on a file system of its own; undefined where mounting is not allowed. */
async function openSmallDisk(folder: string, size: string) {
  await mkdir(folder);
  const { exitCode } = await mount(['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]);
  if (exitCode !== 0) return undefined;
  return {
    remount: (options: string) => mount(['-o', `remount,${options}`, folder]),
    async [Symbol.asyncDispose]() {
      await execa('umount', ['-l', folder], { reject: false });
    },
  };
}

const probe = await (async () => {
  await using project = await newProject();
  await using disk = await openSmallDisk(join(project.folder, 'probe'), '100k');
  return disk !== undefined;
})();

const envOf = (server: VendorServer) => ({ OPENAI_API_KEY: 'sk-test', OPENAI_BASE_URL: server.openaiBaseUrl });
const urls = () => Array.from({ length: ENTRIES }, (_, index) => site.url(`/article-${index + 1}`)).join('\n');

describe.skipIf(!probe)('a disk that fills while answers are pending', () => {
  test('a disk that is full before the first call: no request is sent', async () => {
    await using project = await newProject({ 'urls.txt': urls() });
    await using disk = await openSmallDisk(join(project.folder, '.blogger'), '1m');
    const server = await startVendorServer();
    const full = await spawnBlogger(FLAGS, { cwd: project.folder, env: envOf(server) });
    await disk?.remount('size=60m');
    const again = await spawnBlogger(FLAGS, { cwd: project.folder, env: envOf(server) });
    await server.close();

    expect(full.stderr).toContain('DISK_FULL');
    expect(full.exitCode).toBe(5);
    expect(again.exitCode).toBe(0);
    expect(server.log.billed()).toHaveLength(ENTRIES);
  });

  test.each(sampleOf([1, 6], 1))(
    'filled by others at call %i: the run stops, and no answer is paid for again when there is room',
    async (call) => {
      await using project = await newProject({ 'urls.txt': urls() });
      const folder = join(project.folder, '.blogger');
      await using _disk = await openSmallDisk(folder, '40m');
      const server = await startVendorServer({ latencyMs: 800 });
      const run = () =>
        spawnBlogger([...FLAGS, '--workers', '2', '--batch-size', '4'], { cwd: project.folder, env: envOf(server) });

      const running = run();
      while (server.log.calls.length < call) await new Promise((resolve) => setTimeout(resolve, 10));
      await execa('dd', ['if=/dev/zero', `of=${join(folder, 'filler')}`, 'bs=1k'], { reject: false });
      const full = await running;
      await rm(join(folder, 'filler'));
      const again = await run();
      await server.close();

      expect(full.stderr).toContain('DISK_FULL');
      expect(full.exitCode).toBe(5);
      expect(again.exitCode).toBe(0);
      expect(server.log.billed()).toHaveLength(ENTRIES);
    },
  );
});
