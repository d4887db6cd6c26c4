import { access } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** Relative links of a post whose target does not exist. A target is the file, its page or its page folder, as generators produce them. */
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
  const target = decoded(link.split(/[?#]/, 1)[0] ?? '');
  const beside = resolve(dirname(path), target);
  // With a folder per page, `../other/` is the neighbouring file `other.md`.
  const below = resolve(path.replace(/\.\w+$/, ''), target);
  const stems = [...new Set([beside, below])].flatMap((one) => [one, one.replace(/\.html?$/i, '')]);
  return stems.flatMap((one) => [one, `${one}.md`, `${one}.markdown`, `${one}.html`]);
}

function decoded(text: string): string {
  try {
    return decodeURI(text);
  } catch {
    return text; // not a URL, but possibly a file name
  }
}
