import { access } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** Those of a post's relative links that lead to no file. Generators make pages of files, and folders of pages: each form counts. */
export async function findDeadLinks(links: readonly string[], path: string): Promise<string[]> {
  const there = await Promise.all(links.map((link) => leadsSomewhere(link, path)));
  return links.filter((_, index) => !there[index]);
}

async function leadsSomewhere(link: string, path: string): Promise<boolean> {
  for (const candidate of candidatesOf(link, path)) {
    const isThere = await access(candidate).then(
      () => true,
      () => false,
    );
    if (isThere) return true;
  }
  return false;
}

function candidatesOf(link: string, path: string): string[] {
  const target = decoded(link.replace(/[?#].*$/, ''));
  const beside = resolve(dirname(path), target);
  // A page in a folder of its own lies one level below its file: `../other/` is the file `other.md` beside it.
  const below = resolve(path.replace(/\.\w+$/, ''), target);
  const stems = [...new Set([beside, below])].flatMap((one) => [one, one.replace(/\.html?$/i, '')]);
  return stems.flatMap((one) => [one, `${one}.md`, `${one}.markdown`, `${one}.html`]);
}

function decoded(text: string): string {
  try {
    return decodeURI(text);
  } catch {
    return text; // no address, but perhaps a name
  }
}
