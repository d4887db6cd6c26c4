import { join } from 'node:path';
import type { Emit } from '../../core/ports.ts';
import {
  type IndexedPost,
  isOurList,
  renderFeed,
  renderIndex,
} from '../../stages/publish/render/pages/render-index.ts';
import { readIfThere } from './own-files.ts';
import { saveFile } from './save-file.ts';

export interface SaveListsOptions {
  /** Absolute path of the output folder. */
  readonly out: string;
  readonly siteUrl?: string;
  readonly lang: string;
  /** Overwrites an index or a feed of somebody else's. */
  readonly force: boolean;
  readonly emit: Emit;
}

/** Saves what lists all posts: an index, and a feed where the blog's own address is known. One that somebody else wrote is left alone. */
export async function saveLists(posts: readonly IndexedPost[], options: SaveListsOptions): Promise<void> {
  const { siteUrl, lang } = options;
  await saveList('index.html', renderIndex(posts, lang, siteUrl !== undefined), options);
  // A feed names its posts by absolute addresses; without the blog's own there is none to name.
  if (siteUrl !== undefined) await saveList('feed.xml', renderFeed(posts, siteUrl, lang), options);
}

async function saveList(name: string, text: string, { out, force, emit }: SaveListsOptions): Promise<void> {
  const path = join(out, name);
  const current = await readIfThere(path);
  if (current === undefined || isOurList(current) || force) return await saveFile(path, text);
  emit({
    type: 'run:warning',
    code: 'FILE_KEPT',
    message: `${path} is not blogger's: it is left alone and does not list the posts`,
    hint: 'Name a folder for the posts alone with --out, or move the file elsewhere; --force replaces it.',
  });
}
