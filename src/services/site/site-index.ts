import { existsSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import type { PostFront } from '../../core/post-front.ts';
import type { RelatedPost } from '../../core/types.ts';
import { mapConcurrent } from '../../util/async/map-concurrent.ts';
import type { Db } from '../sqlite/db.ts';
import { inTransaction } from '../sqlite/in-transaction.ts';
import {
  listPosts,
  type PostFile,
  type PostReading,
  type PostText,
  type ReadOptions,
  readPost,
  stampOfPost,
} from './site-files.ts';
import { type Misplaced, openSiteTable, type SiteTable } from './site-table.ts';
import { distinctiveWords, isTwin } from './site-words.ts';

export interface SitePost extends PostText {
  /** Path relative to the output folder, with forward slashes. */
  readonly path: string;
}

export interface SiteIndex {
  /** Posts that share distinctive words with this text, best first; never the one at `except`. */
  related(text: string, except: string): readonly RelatedPost[];
  /** The post with the same subject by its title; never the one at `except`. */
  twinOf(title: string, except: string): RelatedPost | undefined;
  add(post: SitePost): void;
  /** The file, relative to the output folder, of another post whose page has this address. */
  fileAt(address: string, except: string): string | undefined;
  /** True where readers find a page at this address. */
  isShown(address: string): boolean;
}

export interface SiteIndexOptions {
  /** Absolute path of a folder of existing posts. */
  readonly site: string | undefined;
  /** Absolute path of the output folder. */
  readonly out: string;
  readonly db: Db;
  /** Posts in other formats than Markdown. */
  readonly posts?: readonly SitePost[];
  /** Address of the page that the generator makes of a file, whose path is relative to the output folder. */
  readonly addressOf?: (path: string, front: PostFront) => string;
  /** Milliseconds since 1970: a post may be scheduled or expired. */
  readonly now: number;
}

/** More candidates than links: some cannot be linked. */
const MAX_RELATED = 15;
/** Minimum number of shared distinctive words; one may be a coincidence. */
const MIN_SHARED = 2;
/** Maximum index entries read per query: the most common words cost most and distinguish least. */
const MAX_LOOKED_AT = 2000;
const FILES_AT_ONCE = 16;
/** Posts per write transaction, to keep the database lock short. */
const POSTS_A_WRITE = 250;

/** The posts of a blog's folders, found by BM25 over titles, descriptions, tags and headings. The index is in the state file and is updated here. */
export async function openSiteIndex({
  site,
  out,
  db,
  posts = [],
  addressOf = (path) => path,
  now,
}: SiteIndexOptions): Promise<SiteIndex> {
  const table = openSiteTable(db);
  const fileOf = (path: string) => join(out, path);
  const pathOf = (file: string) => relative(out, file).split(sep).join(posix.sep);
  const add = (post: SitePost) => table.put(fileOf(post.path), stampOfPost(post), post);
  const present = await readChanged(db, table, await listPosts(site, out), {
    isKnown: table.knows,
    addressOf: (file, front) => addressOf(pathOf(file), front),
    now,
  });
  for (const { path } of posts) present.add(fileOf(path));
  const unknown = posts.filter((post) => !table.knows(fileOf(post.path), stampOfPost(post)));
  inPortions(db, unknown, add);
  inPortions(db, table.misplaced(present), (post) => replace(table, post));

  const related: SiteIndex['related'] = (text, except) =>
    table
      .search(rarest(table, distinctiveWords(text)), {
        except: fileOf(except),
        atLeast: MIN_SHARED,
        limit: MAX_RELATED,
      })
      .map(({ file, ...post }) => ({ path: pathOf(file), ...post }));
  return {
    related,
    twinOf: (title, except) => related(title, except).find((other) => isTwin(title, other.title)),
    add,
    fileAt(address, except) {
      const file = table.filesAt(address).find((one) => one !== fileOf(except));
      return file === undefined ? undefined : pathOf(file);
    },
    isShown: (address) => table.isShown(address),
  };
}

/** Updates changed files in the index; returns the existing files. */
async function readChanged(
  db: Db,
  table: SiteTable,
  files: readonly PostFile[],
  options: ReadOptions,
): Promise<Set<string>> {
  const present = new Set<string>();
  for (let at = 0; at < files.length; at += POSTS_A_WRITE) {
    const changed: PostReading[] = [];
    const portion = files.slice(at, at + POSTS_A_WRITE);
    for await (const reading of mapConcurrent(portion, (file) => readPost(file, options), {
      concurrency: FILES_AT_ONCE,
    })) {
      if (reading === undefined) continue;
      present.add(reading.file);
      if (reading.post !== undefined) changed.push(reading);
    }
    // In file order, which breaks ties between equal matches.
    changed.sort((a, b) => (a.file < b.file ? -1 : 1));
    inPortions(db, changed, ({ file, stamp, post }) => post !== undefined && table.put(file, stamp, post));
  }
  return present;
}

/** Deletes posts whose files are gone; existing files belong to another blog of this state file, or again to this one. */
function replace(table: SiteTable, { file, isListed }: Misplaced): void {
  if (isListed && !existsSync(file)) table.forget(file);
  else table.list(file, !isListed);
}

function inPortions<T>(db: Db, items: readonly T[], write: (item: T) => void): void {
  for (let at = 0; at < items.length; at += POSTS_A_WRITE)
    inTransaction(db, () => items.slice(at, at + POSTS_A_WRITE).forEach(write));
}

/** The rarest words within the read limit, without those in no post. */
function rarest(table: SiteTable, words: readonly string[]): readonly string[] {
  let left = MAX_LOOKED_AT;
  return table
    .postsWith([...new Set(words)], { limit: left + 1 })
    .filter(({ posts }) => posts > 0)
    .toSorted((a, b) => a.posts - b.posts)
    .filter(({ posts }) => {
      left -= posts;
      return left >= 0;
    })
    .map(({ word }) => word);
}
