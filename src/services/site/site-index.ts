import type Database from 'libsql';
import MiniSearch from 'minisearch';
import type { RelatedPost } from '../../core/types.ts';
import { readPosts, type SitePost } from './site-files.ts';

export interface SiteIndex {
  /** Posts that share telling words with this text, best first; never the one at `except`. */
  related(text: string, except: string): readonly RelatedPost[];
  /** The post that is about the same by its title; never the one at `except`. */
  twinOf(title: string, except: string): RelatedPost | undefined;
  add(post: SitePost): void;
}

export interface SiteIndexOptions {
  /** Absolute path of a folder of posts that are there already. */
  readonly site: string | undefined;
  /** Absolute path of the output folder. */
  readonly out: string;
  readonly db: Database.Database;
  /** Posts that are no Markdown files. */
  readonly posts?: readonly SitePost[];
}

/** More than are linked: some of them may not be linked to. */
const MOST_RELATED = 15;
/** Telling words that two posts have to share; one is chance. */
const LEAST_SHARED = 2;
/** Share of the telling words of two titles that makes them the same subject. */
const TWIN_SHARE = 0.6;
const TWIN_WORDS = 3;
/** Entries of the index that one question may look at: the words that most posts hold tell least and cost most. */
const MOST_LOOKED_AT = 2000;
const STOP_WORDS = new Set(
  'about after also been before being between could does every first from have into just last made make many more most much next only other over same should some such than that their them then there these they this those through what when where which while will with without would year years your'.split(
    ' ',
  ),
);

/** Null for words that tell nothing of a subject. */
function tellingWord(term: string): string | null {
  const word = term.toLowerCase().replace(/(?:은|는|이|가|을|를|의|에|와|과|로|으로)$/, '');
  const isLong = /[^\u0000-\u024f]/.test(word) ? word.length >= 2 : word.length >= 4;
  return isLong && !STOP_WORDS.has(word) && !/^\d+$/.test(word) ? word : null;
}

/** Indexes the posts of a blog's folders, by BM25 over titles, descriptions, tags and headings. */
export async function openSiteIndex({ site, out, db, posts = [] }: SiteIndexOptions): Promise<SiteIndex> {
  const search = new MiniSearch<SitePost>({
    idField: 'path',
    fields: ['title', 'text'],
    storeFields: ['title', 'path', 'draft'],
    processTerm: tellingWord,
    searchOptions: { boost: { title: 3 }, prefix: false, fuzzy: false },
  });
  const postsWith = new Map<string, number>();
  function add(post: SitePost): void {
    if (search.has(post.path)) {
      search.replace(post); // of nearly the same words
      return;
    }
    for (const word of tellingWords(`${post.title}\n${post.text}`)) postsWith.set(word, (postsWith.get(word) ?? 0) + 1);
    search.add(post);
  }
  for (const folder of new Set([...(site === undefined ? [] : [site]), out])) for (const post of await readPosts({ folder, out, db })) add(post);
  for (const post of posts) add(post);
  const related: SiteIndex['related'] = (text, except) =>
    search
      .search(rarest(tellingWords(text), postsWith).join(' '), { filter: ({ path }) => path !== except })
      .map(({ path, title, draft, terms }) => ({ path: String(path), title: String(title), draft: draft === true, terms: [...new Set(terms)] }))
      .filter(({ terms }) => terms.length >= LEAST_SHARED)
      .slice(0, MOST_RELATED);
  return {
    related,
    twinOf: (title, except) => related(title, except).find((other) => isTwin(title, other.title)),
    add,
  };
}

/** The rarest of the words, as many as may be looked at; those that no post holds tell nothing. */
function rarest(words: ReadonlySet<string>, postsWith: ReadonlyMap<string, number>): readonly string[] {
  let left = MOST_LOOKED_AT;
  return [...words]
    .map((word) => ({ word, posts: postsWith.get(word) ?? 0 }))
    .filter(({ posts }) => posts > 0)
    .sort((a, b) => a.posts - b.posts)
    .filter(({ posts }) => {
      left -= posts;
      return left >= 0;
    })
    .map(({ word }) => word);
}

function isTwin(title: string, other: string): boolean {
  const [a, b] = [tellingWords(title), tellingWords(other)];
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared >= TWIN_WORDS && shared / (a.size + b.size - shared) >= TWIN_SHARE;
}

function tellingWords(text: string): ReadonlySet<string> {
  return new Set(text.split(/[^\p{L}\p{N}]+/u).flatMap((term) => tellingWord(term) ?? []));
}
