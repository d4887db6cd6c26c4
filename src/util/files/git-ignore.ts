/** What Git leaves out of a repository: reads `.gitignore` as far as a name at the top of a project needs it. */

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

/** The names of these that a `.gitignore` in the project's folder does not leave out. Pure. */
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
    return ignored; // an unfinished class of signs
  }
}

/** Of the project's private files, those that a commit of everything would take along; empty outside of a Git repository. */
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

/** Lines that name this folder, as its own `.gitignore` would have them; a line without a folder holds at every depth. */
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

/** From this folder up to the one that holds `.git`; empty where none does. */
function repositoryFolders(cwd: string): string[] {
  const folders: string[] = [];
  for (let folder = cwd; ; folder = dirname(folder)) {
    folders.push(folder);
    if (existsSync(join(folder, '.git'))) return folders;
    if (dirname(folder) === folder) return [];
  }
}
