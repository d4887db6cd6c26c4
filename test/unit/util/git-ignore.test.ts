import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { exposedFiles, notIgnored } from '../../../src/util/files/git-ignore.ts';

const NAMES = ['.blogger/', '.env'];
const TEXTS = [
  '',
  '.blogger/\n.env\n',
  '.blogger\n.env\n',
  '/.blogger/\n/.env\n',
  '**/.blogger/\n**/.env\n',
  '.env*\n',
  '*.env\n.blog*/\n',
  '.*\n',
  '*\n',
  '*\n!.env\n',
  '.env\n!.env\n.env\n',
  '# .env\n',
  '.env/\n',
  '.envrc\n.blogger-old/\n',
  '.blogger/*\n',
  '.blogger/**\n',
  'node_modules/\r\n.env\r\n',
  '.en?\n',
  '.env   \n',
  'posts/.env\n',
  '!.blogger/\n',
];

test.each(TEXTS)('%j leaves out the same names as Git itself', async (text) => {
  const folder = await mkdtemp(join(tmpdir(), 'blogger-ignore-'));
  await execa('git', ['init', '-q'], { cwd: folder });
  await writeFile(join(folder, '.gitignore'), text);
  await mkdir(join(folder, '.blogger'));
  await writeFile(join(folder, '.blogger', 'state.db'), '');
  await writeFile(join(folder, '.env'), '');
  const { stdout } = await execa('git', ['ls-files', '-o', '--exclude-standard'], { cwd: folder });
  const committed = NAMES.filter((name) => stdout.split('\n').some((file) => file.startsWith(name)));

  expect(notIgnored(text, NAMES)).toEqual(committed);
  expect(await exposedFiles(folder, NAMES)).toEqual(committed);
});

test('a project below the top of a repository, and one outside of any', async () => {
  const top = await mkdtemp(join(tmpdir(), 'blogger-ignore-'));
  const project = join(top, 'sites', 'blog');
  await mkdir(project, { recursive: true });
  expect(await exposedFiles(project, NAMES)).toEqual([]);
  await execa('git', ['init', '-q'], { cwd: top });
  expect(await exposedFiles(project, NAMES)).toEqual(NAMES);
  await writeFile(join(top, '.gitignore'), '/sites/blog/.blogger/\n.env\n');
  expect(await exposedFiles(project, NAMES)).toEqual([]);
});
