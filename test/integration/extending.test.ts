import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { execa } from 'execa';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isLong } from '../helpers/long-form.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const GUIDE = 'docs/extending.md';
let copy: string;
let examples: readonly Example[];

interface Example {
  readonly title: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly edits: readonly { readonly path: string; readonly lines: readonly string[] }[];
}

beforeAll(async () => {
  examples = readExamples(await readFile(join(ROOT, GUIDE), 'utf8'));
  copy = await mkdtemp(join(ROOT, 'node_modules/.extending-'));
  await cp(join(ROOT, 'dist'), join(copy, 'dist'), { recursive: true });
  await cp(join(ROOT, 'package.json'), join(copy, 'package.json'));
  await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  const sources = await editedSources();
  for (const [path, text] of sources) await compile(path, text);
  if (isLong) await checkTypes(sources);
}, 180_000);

/** The files of the guide, new ones and those of the project with its edits, by their paths. */
async function editedSources(): Promise<ReadonlyMap<string, string>> {
  const sources = new Map<string, string>();
  for (const { files, edits } of examples) {
    for (const { path, text } of files) {
      expect([path, existsSync(join(ROOT, path))]).toEqual([path, false]);
      sources.set(path, text);
    }
    for (const { path, lines } of edits)
      sources.set(path, applied(sources.get(path) ?? (await readFile(join(ROOT, path), 'utf8')), lines, path));
  }
  return sources;
}

/** Into the copy of the build, without looking at types. */
async function compile(path: string, text: string): Promise<void> {
  const { outputText } = ts.transpileModule(text, {
    fileName: path,
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2023,
      rewriteRelativeImportExtensions: true,
    },
  });
  const built = join(copy, path.replace(/^src/, 'dist').replace(/\.ts$/, '.js'));
  await mkdir(dirname(built), { recursive: true });
  await writeFile(built, outputText);
}

async function checkTypes(sources: ReadonlyMap<string, string>): Promise<void> {
  await cp(join(ROOT, 'src'), join(copy, 'src'), { recursive: true });
  for (const [path, text] of sources) {
    await mkdir(dirname(join(copy, path)), { recursive: true });
    await writeFile(join(copy, path), text);
  }
  const compilerOptions = { rootDir: 'src', noEmit: true, incremental: false, tsBuildInfoFile: null };
  const config = { extends: join(ROOT, 'tsconfig.json'), compilerOptions, include: ['src'] };
  await writeFile(join(copy, 'tsconfig.json'), JSON.stringify(config));
  await execa(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', copy], { all: true });
}

afterAll(() => rm(copy, { recursive: true, force: true }));

test('the guide has an example for each table, each with at most three lines outside of its own file', () => {
  expect(examples.map(({ title }) => title)).toEqual([
    'A provider',
    'A target',
    'A list kind',
    'A preset for a site generator',
    'A document kind',
    'A setting',
  ]);
  for (const { title, edits } of examples) {
    const touched = edits.flatMap(({ lines }) => lines.filter((line) => line.startsWith('+')));
    expect([title, touched.length]).toEqual([title, expect.toSatisfy((count: number) => count <= 3)]);
  }
});

test('a new provider answers', async () => {
  const { providerOf } = await built('services/models/providers.js');
  const model = providerOf('acme').create({ model: 'acme-1', apiKey: 'k' });
  const reply = await model.answer({ prompt: { maxOutputTokens: 7 }, tier: 'standard' });
  expect(JSON.parse(reply.text)).toEqual({ title: 'Acme', length: 7 });
});

test('a new target opens by its name and keeps a post', async () => {
  const { openTarget } = await built('targets/targets.js');
  const target = await openTarget('shelf', { settings: {}, secrets: {} });
  const made = await target.create({ key: 'k', hash: 'h' }, 'draft');
  expect(await target.find('k')).toEqual([expect.objectContaining({ id: made.id, sentHash: 'h' })]);
});

test('a new list kind is recognised by its content', async () => {
  const { sniffKind, kindNamed } = await built('stages/list/kinds.js');
  const text = '[InternetShortcut]\nURL=https://example.org/a\n';
  expect(sniffKind('list.txt', text)).toBe('shortcut');
  expect((await kindNamed('shortcut').parse(text, {})).rows).toMatchObject([{ target: 'https://example.org/a' }]);
});

test('a new preset and a new setting are taken by the schema', async () => {
  const { settingsSchema } = await built('config/schema.js');
  const { presetOf } = await built('stages/publish/render/presets/presets.js');
  const settings = settingsSchema.parse({ frontMatter: 'lume', byline: 'Ann Lee', publish: ['shelf'] });
  expect(settings).toMatchObject({ frontMatter: 'lume', byline: 'Ann Lee', publish: ['shelf'] });
  expect(presetOf('lume').shape({ slug: 'a' })).toMatchObject({ url: '/a/' });
});

test('a new document kind is read', async () => {
  const { toReadable } = await built('stages/extract/documents/readers.js');
  const page = { contentType: 'application/rtf', body: '{\\rtf1 Hello \\b world\\b0 .}' };
  expect(await toReadable(page)).toMatchObject({ contentType: 'text/plain', body: 'Hello world.' });
});

const built = (path: string) => import(/* @vite-ignore */ pathToFileURL(join(copy, 'dist', path)).href);

/** The examples of the guide: sections with code blocks whose info string names a file. */
function readExamples(guide: string): Example[] {
  const sections = guide.split(/^## /m).slice(1);
  return sections.flatMap((section) => {
    const blocks = [...section.matchAll(/^```(ts|diff) (\S+)\n([\s\S]*?)^```$/gm)];
    if (blocks.length === 0) return [];
    const of = (kind: string) => blocks.filter(([, language]) => language === kind);
    return {
      title: section.slice(0, section.indexOf('\n')),
      files: of('ts').map(([, , path = '', text = '']) => ({ path, text })),
      edits: of('diff').map(([, , path = '', text = '']) => ({ path, lines: text.split('\n').slice(0, -1) })),
    };
  });
}

/** The text after an edit; the kept and removed lines of the edit must stand in it, next to each other. */
function applied(text: string, lines: readonly string[], path: string): string {
  const strip = (marks: string) => lines.filter((line) => marks.includes(line[0] ?? '')).map((line) => line.slice(1));
  const before = `${strip(' -').join('\n')}\n`;
  const at = text.indexOf(before);
  if (at < 0) throw new Error(`${GUIDE} edits lines of ${path} that are not there:\n${before}`);
  return `${text.slice(0, at)}${strip(' +').join('\n')}\n${text.slice(at + before.length)}`;
}
