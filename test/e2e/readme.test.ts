import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asShown, lasting } from '../../scripts/demo-output.js';
import { startSiteServer } from '../../scripts/site-server.js';
import { readBlocks } from '../helpers/readme-blocks.ts';
import { newProject } from '../helpers/run-bin.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
const koreanReadme = await readFile(join(ROOT, 'README.ko.md'), 'utf8');
const library = await readFile(join(ROOT, 'docs/library.md'), 'utf8');
const guides = await Promise.all(
  readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map(async (name) => [`docs/${name}`, await readFile(join(ROOT, 'docs', name), 'utf8')] as const),
);
const examples = [readme, library].flatMap((text) =>
  [...text.matchAll(/```js\n([\s\S]*?)```/g)].map((match) => match[1] ?? ''),
);
let site: Awaited<ReturnType<typeof startSiteServer>>;

beforeAll(async () => {
  site = await startSiteServer();
});
afterAll(() => site.close());

test.each(examples.map((code) => [/import \{ ([^}]+) \}/.exec(code)?.[1] ?? '', code] as const))(
  'the example of %s runs and prints what its comments say',
  async (_names, code) => {
    await using project = await newProject({
      'example.mjs': code.replaceAll('127.0.0.1:4173', `127.0.0.1:${site.port}`),
    });
    await mkdir(join(project.folder, 'node_modules'));
    await symlink(ROOT, join(project.folder, 'node_modules', 'ai-seo-blogger'));

    const { stdout, stderr, exitCode } = await execa(process.execPath, ['example.mjs'], {
      cwd: project.folder,
      reject: false,
    });

    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
    for (const [, said = ''] of code.matchAll(/console\.log\(.*\); \/\/ (?:… )?(.+)$/gm))
      expect(stdout).toContain(said);
  },
);

test('there is an example of each part', () => {
  for (const part of ['generate', 'PriorityCrawler', 'Cache', 'BatchProcessor', 'JobQueue'])
    expect(examples.some((code) => code.includes(part))).toBe(true);
});

test('the Korean README has the same blocks, sections and table rows, with comments of its own', () => {
  const shape = (text: string) => ({
    blocks: readBlocks(text).map(({ language, file, note, text }) => ({
      language,
      file,
      note,
      text: text.replace(/ +# .*$/gm, ''),
    })),
    headings: [...text.matchAll(/^#+(?= )/gm)].map(([level]) => level),
    rows: [...text.matchAll(/^\| (`[^|]*`|\d[^|]*) \|/gm)].map(([, cell]) => cell),
    links: [...text.matchAll(/\]\(([^)]+)\)/g)]
      .map(([, address]) => address)
      .filter((address) => !address?.startsWith('README')),
  });

  expect(shape(koreanReadme)).toEqual(shape(readme));
});

test('every file that the documents name is there', () => {
  const documents = [['README.md', readme], ['README.ko.md', koreanReadme], ...guides] as const;
  const missing = documents.flatMap(([file, text]) =>
    [...text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)]
      .map(([, address = '']) => address)
      .filter((address) => !address.startsWith('http') && !existsSync(join(ROOT, dirname(file), address)))
      .map((address) => `${file}: ${address}`),
  );
  expect(missing).toEqual([]);
});

test('every script that the documents tell to run is there, and CONTRIBUTING names each that tests', async () => {
  const contributing = await readFile(join(ROOT, 'CONTRIBUTING.md'), 'utf8');
  const { scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const named = [readme, koreanReadme, contributing].flatMap((text) =>
    [...text.matchAll(/npm run ([a-z:]+)/g)].map(([, name = '']) => name),
  );

  expect(named.filter((name) => !(name in scripts))).toEqual([]);
  expect(
    Object.keys(scripts).filter((name) => name.startsWith('test:') && !contributing.includes(`npm run ${name}`)),
  ).toEqual([]);
});

test('every command of the command line is in the table of commands', async () => {
  const { stdout } = await execa(process.execPath, ['bin/blogger.js', '--help'], { cwd: ROOT });
  const names = [...(stdout.split('Commands:')[1] ?? '').matchAll(/^ {2}([a-z]+)/gm)]
    .map(([, name]) => name)
    .filter((name) => name !== 'help');

  expect(names.length).toBeGreaterThan(10);
  const table = /^## Commands\n([\s\S]*?)^##/m.exec(readme)?.[1];
  for (const name of names) expect(table).toContain(`\`blogger ${name}`);
});

test('the generated parts of the documents are up to date', async () => {
  const { exitCode, stderr } = await execa(process.execPath, ['scripts/write-docs.js', '--check'], {
    cwd: ROOT,
    reject: false,
  });
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
});

test('the demo prints what the README shows', { timeout: 60_000 }, async () => {
  const { stderr, exitCode } = await execa(process.execPath, ['scripts/demo.js'], { cwd: ROOT, reject: false });
  const shown = /<!-- demo:start -->\n```text\n([\s\S]*?)```\n<!-- demo:end -->/.exec(readme)?.[1] ?? '';

  expect(exitCode).toBe(0);
  expect(lasting(asShown(stderr, { root: ROOT }))).toBe(lasting(shown));
});
