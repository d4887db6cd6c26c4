import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Sorted paths below a folder, with `/`. Skips hidden folders and installed packages; an unreadable folder counts as empty. */
export async function walkFiles(folder: string, isWanted: (name: string) => boolean): Promise<string[]> {
  const found: string[] = [];
  const visit = async (below: string): Promise<void> => {
    const entries = await readdir(join(folder, below), { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      if (entry.isDirectory()) await visit(path);
      else if (isWanted(entry.name)) found.push(path);
    }
  };
  await visit('');
  return found.sort();
}
