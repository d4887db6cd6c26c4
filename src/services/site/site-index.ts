import { readdir, readFile } from 'node:fs/promises';
import { join, posix, relative, sep } from 'node:path';
import MiniSearch from 'minisearch';

/** A post that can be linked to. */
export interface SitePost {
  /** Path relative to the output folder, with forward slashes. */
  readonly path: string;
  readonly title: string;
  readonly text: string;
}

export interface RelatedPost {
  readonly path: string;
  readonly title: string;
}

export interface SiteIndex {
  /** Posts that share telling words with this text, best first; never the one at `except`. */
  related(text: string, except: string, count: number): readonly RelatedPost[];
  add(post: SitePost): void;
}

/** Telling words that two posts have to share; one is chance. */
const LEAST_SHARED = 2;
const STOP_WORDS = new Set(
  'about after also been before being between could does every first from have into just last made make many more most much next only other over same should some such than that their them then there these they this those through what when where which while will with without would year years your'.split(
    ' ',
  ),
);

/** Undefined for words that tell nothing of a subject. */
function tellingWord(term: string): string | null {
  const word = term.toLowerCase().replace(/(?:은|는|이|가|을|를|의|에|와|과|로|으로)$/, '');
  const isLong = /[^\u0000-\u024f]/.test(word) ? word.length >= 2 : word.length >= 4;
  return isLong && !STOP_WORDS.has(word) && !/^\d+$/.test(word) ? word : null;
}

/** Indexes the posts of a blog's folder, by BM25 over titles, tags and descriptions. */
export async function openSiteIndex({ site, out }: { readonly site: string | undefined; readonly out: string }): Promise<SiteIndex> {
  const search = new MiniSearch<SitePost>({
    idField: 'path',
    fields: ['title', 'text'],
    storeFields: ['title', 'path'],
    processTerm: tellingWord,
    searchOptions: { boost: { title: 3 }, prefix: false, fuzzy: false },
  });
  for (const folder of new Set([out, ...(site === undefined ? [] : [site])]))
    search.addAll((await readPosts(folder, out)).filter(({ path }) => !search.has(path)));
  return {
    related(text, except, count) {
      return search
        .search(text, { filter: ({ path }) => path !== except })
        .filter(({ terms }) => new Set(terms).size >= LEAST_SHARED)
        .slice(0, count)
        .map(({ path, title }) => ({ path: String(path), title: String(title) }));
    },
    add(post) {
      if (search.has(post.path)) search.replace(post);
      else search.add(post);
    },
  };
}

async function readPosts(folder: string, out: string): Promise<SitePost[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => []); // no folder yet: nothing to link to
  const files = names.filter((name) => /\.(?:md|markdown)$/i.test(name) && !name.split(sep).some((part) => part.startsWith('.')));
  return Promise.all(
    files.map(async (name) => {
      const path = join(folder, name);
      return toSitePost(relative(out, path).split(sep).join(posix.sep), await readFile(path, 'utf8'));
    }),
  );
}

/** Title, tags and description of a Markdown post: what it is about, in few words. */
export function toSitePost(path: string, markdown: string): SitePost {
  const front = /^---\r?\n([\s\S]*?)\r?\n---/.exec(markdown)?.[1] ?? '';
  const title = /^title:\s*["']?(.+?)["']?\s*$/m.exec(front)?.[1] ?? /^#\s+(.+)$/m.exec(markdown)?.[1] ?? path;
  const tags = [...front.matchAll(/^\s+-\s+(.+)$/gm)].map((match) => match[1] ?? '').filter((tag) => !/[:/]/.test(tag));
  const description = /^description:\s*(.+)$/m.exec(front)?.[1] ?? '';
  return { path, title, text: [description, ...tags].join('\n') };
}
