import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { isLong } from '../helpers/long-form.ts';
import { makeArticle } from '../helpers/make-articles.ts';
import { newProject } from '../helpers/run-bin.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const bin = (name: string) => join(ROOT, 'node_modules/.bin', name);

interface LockedPackage {
  readonly dev?: boolean;
  readonly devOptional?: boolean;
}

/** Names at the top of node_modules that a user gets, too. */
function production(): string[] {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockedPackage>;
  };
  return Object.entries(packages)
    .filter(
      ([path, { dev, devOptional }]) =>
        /^node_modules\/(?!.*\/node_modules\/)/.test(path) &&
        dev !== true &&
        devOptional !== true &&
        existsSync(join(ROOT, path)),
    )
    .map(([path]) => path.replace('node_modules/', ''));
}

/** Unpacks a tarball into an empty folder as an install would, with the locked production dependencies beside it and nothing else; no registry is asked. */
async function install(tarball: string, folder: string): Promise<string> {
  await execa('tar', ['-xzf', tarball, '-C', folder]);
  const modules = join(folder, 'node_modules');
  for (const name of production()) {
    await mkdir(dirname(join(modules, name)), { recursive: true });
    await symlink(join(ROOT, 'node_modules', name), join(modules, name), 'dir');
  }
  const home = join(modules, 'ai-seo-blogger');
  await rename(join(folder, 'package'), home);
  return home;
}

test('the packed project passes publint and attw, and writes a post in an empty folder with only its own dependencies', {
  timeout: 180_000,
}, async () => {
  await using project = await newProject();
  const { folder } = project;
  await execa('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], { cwd: ROOT });
  const tarball = join(folder, (await readdir(folder)).find((name) => name.endsWith('.tgz')) ?? '');

  const lint = await execa(bin('publint'), ['run', tarball, '--strict'], { reject: false, all: true });
  expect(lint.exitCode, lint.all).toBe(0);
  if (isLong)
    await execa('npm', ['run', '--silent', 'attw', '--', tarball, '--profile', 'esm-only', '--no-color'], {
      cwd: ROOT,
    });

  const home = await install(tarball, folder);
  expect(await readdir(home)).not.toEqual(expect.arrayContaining(['test']));
  await writeFile(join(folder, 'page.html'), makeArticle(1));
  await writeFile(join(folder, 'urls.txt'), 'page.html\n');
  const run = await execa(
    process.execPath,
    [join(home, 'bin/blogger.js'), 'generate', '--provider', 'extractive', '--plain'],
    {
      cwd: folder,
      env: { PATH: process.env['PATH'] ?? '' },
      extendEnv: false,
      reject: false,
      stdin: 'ignore',
    },
  );
  expect([run.exitCode, run.stderr]).toEqual([0, expect.stringContaining('1 written')]);
  expect(await readdir(join(folder, 'posts'))).toHaveLength(1);

  await writeFile(
    join(folder, 'library.mjs'),
    "import { generate, PriorityCrawler } from 'ai-seo-blogger'; console.log(typeof generate, typeof PriorityCrawler);\n",
  );
  expect((await execa(process.execPath, ['library.mjs'], { cwd: folder })).stdout).toBe('function function');
  expect(await compileExamples(folder)).toEqual(isLong ? ['', ''] : ['']);
});

/** What TypeScript says of the examples in README and docs/library.md, in both kinds of resolution that projects use. */
async function compileExamples(folder: string): Promise<string[]> {
  const texts = ['README.md', 'docs/library.md'].map((name) => readFileSync(join(ROOT, name), 'utf8')).join('\n');
  const examples = [...texts.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code = '']) => code);
  await Promise.all(examples.map((code, index) => writeFile(join(folder, `example-${index}.ts`), code)));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  const nodeTypes = join(folder, 'node_modules/@types/node');
  await mkdir(dirname(nodeTypes), { recursive: true });
  if (!existsSync(nodeTypes)) await symlink(join(ROOT, 'node_modules/@types/node'), nodeTypes, 'dir');
  const said: string[] = [];
  for (const [module, moduleResolution] of [['node16', 'node16'], ...(isLong ? [['esnext', 'bundler']] : [])]) {
    await writeFile(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        compilerOptions: {
          ...{ module, moduleResolution, noEmit: true, strict: true, skipLibCheck: false },
          ...{ target: 'es2022', lib: ['es2023', 'esnext.disposable'], types: ['node'] },
        },
        files: examples.map((_, index) => `example-${index}.ts`),
      }),
    );
    said.push((await execa(bin('tsc'), ['-p', folder], { reject: false })).stdout);
  }
  return said;
}

test('every import of the build names a file of the build', async () => {
  const dist = join(ROOT, 'dist');
  const files = (await readdir(dist, { recursive: true })).filter((name) => name.endsWith('.js'));
  const named = await Promise.all(
    files.map(async (file) => {
      const code = await readFile(join(dist, file), 'utf8');
      return [...code.matchAll(/\b(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g)].map(([, to = '']) => ({ file, to }));
    }),
  );
  const all = named.flat();

  expect(all.length).toBeGreaterThan(1000);
  expect(all.filter(({ file, to }) => !existsSync(join(dist, dirname(file), to)))).toEqual([]);
});

test('in a clone that is not built, the command says what to run', async () => {
  await using project = await newProject({ 'package.json': '{"type":"module"}' });
  await cp(join(ROOT, 'bin'), join(project.folder, 'bin'), { recursive: true });
  const { exitCode, stderr } = await execa(process.execPath, ['bin/blogger.js'], {
    cwd: project.folder,
    reject: false,
  });

  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('npm ci && npm run build')]);
});
