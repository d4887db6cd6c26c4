/** Matches names at the top of a project against `.gitignore` files. */

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

/** The names that a `.gitignore` in the project's folder does not ignore. Pure. */
export function notIgnored(gitignore: string, names: readonly string[]): string[] {
  const lines = gitignore
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .filter((line) => line !== '' && !line.startsWith('#'));
  return names.filter((name) => lines.reduce((ignored, line) => decide(line, name, ignored), false) === false);
}

/** The last line that matches decides, as in Git. */
function decide(line: string, name: string, ignored: boolean): boolean {
  const isNegated = line.startsWith('!');
  const pattern = (isNegated ? line.slice(1) : line).replace(/^\\(?=[#!])/, '').replace(/^(?:\*\*\/)+|^\//, '');
  const isFolderOnly = pattern.endsWith('/');
  if (isFolderOnly && !name.endsWith('/')) return ignored;
  const glob = pattern.replace(/\/(?:\*\*?)?$/, '');
  const source = glob
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replace(/\*+/g, '[^/]*')
    .replace(/\?/g, '[^/]');
  try {
    return new RegExp(`^${source}$`).test(name.replace(/\/$/, '')) ? !isNegated : ignored;
  } catch {
    return ignored; // an unclosed character class
  }
}

/** The private files that `git add .` would commit; empty outside of a Git repository. */
export async function exposedFiles(cwd: string, names: readonly string[]): Promise<string[]> {
  const folders = repositoryFolders(cwd);
  let exposed = folders.length === 0 ? [] : [...names];
  for (const folder of folders) {
    const text = await readFile(join(folder, '.gitignore'), 'utf8').catch(() => '');
    const path = relative(folder, cwd).replaceAll('\\', '/');
    exposed = exposed.filter((name) => notIgnored(rebased(text, path), [name]).length > 0);
  }
  return exposed;
}

/** Rewrites the lines of a parent's `.gitignore` that concern this folder relative to it; a line without a folder applies at every depth. */
function rebased(text: string, path: string): string {
  if (path === '') return text;
  return text
    .split(/\r?\n/)
    .flatMap((line) => {
      const plain = line.replace(/^\//, '');
      if (plain.startsWith(`${path}/`)) return [plain.slice(path.length + 1)];
      return /^[^/]+\/?$/.test(line.trimEnd()) || line.startsWith('**/') ? [line] : [];
    })
    .join('\n');
}

/** The folders from this one up to the one with `.git`; empty if there is none. */
function repositoryFolders(cwd: string): string[] {
  const folders: string[] = [];
  for (let folder = cwd; ; folder = dirname(folder)) {
    folders.push(folder);
    if (existsSync(join(folder, '.git'))) return folders;
    if (dirname(folder) === folder) return [];
  }
}
