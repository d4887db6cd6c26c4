import { mkdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSiteServer } from '../../scripts/site-server.js';
import { newProject } from '../helpers/run-bin.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
const examples = [...readme.matchAll(/```js\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');
let site: Awaited<ReturnType<typeof startSiteServer>>;

beforeAll(async () => {
  site = await startSiteServer();
});
afterAll(() => site.close());

test.each(examples.map((code) => [/import \{ ([^}]+) \}/.exec(code)?.[1] ?? '', code] as const))(
  'the example of %s runs and prints what its comments say',
  async (_names, code) => {
    await using project = await newProject({ 'example.mjs': code.replaceAll('127.0.0.1:4173', `127.0.0.1:${site.port}`) });
    await mkdir(join(project.folder, 'node_modules'));
    await symlink(ROOT, join(project.folder, 'node_modules', 'ai-seo-blogger'));

    const { stdout, stderr, exitCode } = await execa(process.execPath, ['example.mjs'], { cwd: project.folder, reject: false });

    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
    for (const [, said = ''] of code.matchAll(/console\.log\(.*\); \/\/ (?:… )?(.+)$/gm)) expect(stdout).toContain(said);
  },
);

test('there is an example of each part', () => {
  for (const part of ['generate', 'PriorityCrawler', 'Cache', 'BatchProcessor', 'JobQueue']) expect(examples.some((code) => code.includes(part))).toBe(true);
});

test('the generated parts of the documents are up to date', async () => {
  const { exitCode, stderr } = await execa(process.execPath, ['scripts/write-docs.js', '--check'], { cwd: ROOT, reject: false });
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
});

test('the demo prints what the README shows', { timeout: 60_000 }, async () => {
  const { stderr, exitCode } = await execa(process.execPath, ['scripts/demo.js'], { cwd: ROOT, reject: false });
  const shown = /<!-- demo:start -->\n```\n([\s\S]*?)```\n<!-- demo:end -->/.exec(readme)?.[1] ?? '';

  expect(exitCode).toBe(0);
  expect(lasting(stderr)).toBe(lasting(shown));
});

/** Without what changes from run to run: ids, times, ports, the folder. */
function lasting(output: string): string {
  return output
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')
    .replace(/^ {2}(Time|Slowest).*$/gm, '')
    .replace(/ in [\d.]+ m?s$/gm, '')
    .replace(/127\.0\.0\.1:\d+/g, 'SITE')
    .replace(/(?:fixtures|\.demo)\/urls\.txt/g, 'LIST')
    .replace(/\S*demo-posts$/m, 'demo-posts')
    .replace(/^[=-]{20} .*\n/gm, '')
    .trim();
}
