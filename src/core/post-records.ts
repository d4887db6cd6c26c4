/** What is remembered of saved posts and of the files that blogger wrote, over runs. Types alone. */

import type { Post } from './types.ts';

/** One for each set of sources and format. */
export interface PostRecord {
  readonly post: Post;
  readonly sourceKey: string;
  /** Where the files of this folder lie and how they are named: another layout gives other files. */
  readonly layout?: string;
  /** All settings that shape the file. */
  readonly form: string;
  /** ISO time of the first save. */
  readonly date: string;
  readonly categories?: readonly string[];
  /** The post is one of several in other languages. */
  readonly translation?: { readonly key: string; readonly lang: string };
  /** Addresses of the blog's pages that it links to. */
  readonly links?: readonly string[];
  /** The brief that its sources would give by now, where a person's decision keeps the post as it is. */
  readonly offered?: string;
}

export interface PostRecords {
  byKey(key: string): PostRecord | undefined;
  bySourceKey(sourceKey: string): PostRecord | undefined;
  /** True when a post of other sources has this slug. */
  isSlugTaken(slug: string, sourceKey: string): boolean;
  save(record: PostRecord): void;
  list(): readonly PostRecord[];
}

export interface OwnFile {
  /** The sources of the post that it belongs to. */
  readonly sourceKey: string;
  /** Hashes of the text that was written last and of the one that it took the place of. */
  readonly hashes: readonly string[];
}

/** The files that blogger wrote, by absolute path. */
export interface OwnFiles {
  find(path: string): OwnFile | undefined;
  claim(path: string, file: OwnFile): void;
}
