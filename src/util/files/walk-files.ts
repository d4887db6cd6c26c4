import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Paths below a folder, with `/`, in order. Hidden folders and installed packages are not looked into; a folder that cannot be read is empty. */
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
