/** Records of saved posts and of files that blogger wrote, across runs. Types only. */

import type { Post } from './types.ts';

/** A saved post; one record for each set of sources and format. */
export interface PostRecord {
  readonly post: Post;
  readonly sourceKey: string;
  /** Folder and naming scheme of the files; another layout means other files. */
  readonly layout?: string;
  /** Hash of all settings that affect the file. */
  readonly form: string;
  /** ISO time of the first save. */
  readonly date: string;
  readonly categories?: readonly string[];
  /** The post is one of several in other languages. */
  readonly translation?: { readonly key: string; readonly lang: string };
  /** Addresses of the blog's pages that it links to. */
  readonly links?: readonly string[];
  /** Name of its picture. */
  readonly picture?: string;
  /** Brief of the current sources, if a person's decision keeps the post unchanged. */
  readonly offered?: string;
}

export interface PostRecords {
  byKey(key: string): PostRecord | undefined;
  bySourceKey(sourceKey: string): PostRecord | undefined;
  /** True if a post of other sources has this slug. */
  isSlugTaken(slug: string, sourceKey: string): boolean;
  save(record: PostRecord): void;
  list(): readonly PostRecord[];
}

/** The text of a source. */
export interface SourceText {
  readonly url: string;
  readonly text: string;
}

/** Texts of sources, to show a person what changed. `written`: the post was written from it; `offered`: the current text, if a decision keeps the post. */
export interface SourceTexts {
  /** `written` deletes the offered text. */
  keep(sourceKey: string, moment: 'written' | 'offered', texts: readonly SourceText[]): void;
  find(sourceKey: string, moment: 'written' | 'offered'): readonly SourceText[] | undefined;
}

export interface OwnFile {
  /** Key of the sources of the file's post. */
  readonly sourceKey: string;
  /** Hashes of the last written text and of the text before it. */
  readonly hashes: readonly string[];
}

/** The files that blogger wrote, by absolute path. */
export interface OwnFiles {
  find(path: string): OwnFile | undefined;
  claim(path: string, file: OwnFile): void;
}
