import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { articleRoutes } from '../helpers/make-articles.ts';
import { blogger, newProject } from '../helpers/run-bin.ts';
import { TestSite } from '../helpers/test-site.ts';
import { startVendorServer, type VendorServer } from '../helpers/vendor-server/start.js';

const KEY = 'k3y-0123456789abcdef';
const vendors = [
  ['openai', ({ openaiBaseUrl }: VendorServer) => ({ OPENAI_API_KEY: `sk-${KEY}`, OPENAI_BASE_URL: openaiBaseUrl })],
  [
    'gemini',
    ({ geminiBaseUrl }: VendorServer) => ({ GEMINI_API_KEY: `AIza-${KEY}`, GOOGLE_GEMINI_BASE_URL: geminiBaseUrl }),
  ],
] as const;

/** Every file under a folder, as it lies on the disk. */
async function filesIn(folder: string): Promise<readonly { readonly name: string; readonly text: string }[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return Promise.all(files.map(async (name) => ({ name, text: await readFile(name, 'latin1') })));
}

test.each(vendors)(
  '%s: a vendor that repeats the key in all it refuses leaves it in nothing that a run prints or keeps',
  { timeout: 60_000 },
  async (provider, envOf) => {
    await using site = await TestSite.open(articleRoutes(4));
    const refusal = (status: number, times: number) => {
      const body = {
        error: { message: `the key sk-${KEY} or AIza-${KEY} may not do this`, code: status, status: 'REFUSED' },
      };
      return { kind: 'status', status, body, times } as const;
    };
    await using server = await startVendorServer({
      faults: [refusal(503, 1), refusal(400, 1), { kind: 'reset-mid' }, refusal(401, 50)],
    });
    await using project = await newProject({
      'urls.txt': [1, 2, 3, 4].map((n) => site.url(`/article-${n}`)).join('\n'),
    });
    const options = { cwd: project.folder, env: envOf(server) };
    const flags = [
      '--allow-private',
      '--provider',
      provider,
      '--batch-interval',
      '20',
      '--log-level',
      'debug',
      '--out',
      'posts',
    ];

    const run = await blogger(['generate', ...flags, '--json', '--log-file', 'run.log'], options);
    const background = await blogger(['generate', ...flags, '--detach'], options);
    expect(background.stderr).toContain('goes on in the background');
    const runId = background.stdout.trim();
    await expect
      .poll(async () => (await blogger(['jobs', '--run', runId, '--watch'], options)).exitCode, { timeout: 20_000 })
      .toBe(0);
    const looks = await Promise.all(
      [['jobs'], ['jobs', '--json'], ['stats', '--json'], ['config', 'print'], ['doctor']].map((args) =>
        blogger(args, options),
      ),
    );

    expect([run.exitCode, run.stdout]).toEqual([4, expect.stringContaining('PROVIDER_AUTH') as string]);
    const files = await filesIn(project.folder);
    expect(files.map(({ name }) => name)).toEqual(
      expect.arrayContaining([expect.stringContaining('state.db'), expect.stringMatching(/logs.+\.log$/)]),
    );
    expect(files.filter(({ text }) => text.includes(KEY)).map(({ name }) => name)).toEqual([]);
    const printed = [run, background, ...looks].flatMap(({ stdout, stderr }) => [stdout, stderr]);
    expect(printed.filter((text) => text.includes(KEY))).toEqual([]);
  },
);
