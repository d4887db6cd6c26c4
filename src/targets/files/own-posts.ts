/** The posts of an output folder: by what is remembered, and by what their files say where the state folder was lost. */

import { dirname, join } from 'node:path';
import type { PostRecord, PostRecords } from '../../core/post-records.ts';
import { HELD } from '../../stages/publish/render/presets/preset.ts';
import { walkFiles } from '../../util/files/walk-files.ts';
import { isThere, readIfThere } from './own-files.ts';
import { pictureNameIn } from './pictures.ts';
import { type OwnPost, readOwn } from './read-own.ts';

export interface FoundPost {
  readonly record: PostRecord;
  /** Undefined where the file is gone. */
  readonly own: OwnPost | undefined;
  readonly text: string | undefined;
}

export interface OwnPostsOptions {
  readonly out: string;
  readonly layout: string;
  readonly format: string;
  readonly records: PostRecords;
}

export interface OwnPosts {
  /** The post of these sources in this layout. */
  find(sourceKey: string): Promise<FoundPost | undefined>;
  /** True where other posts of the same folder are still there: one that is not was taken away. */
  hasNeighbours(sourceKey: string, file: string): Promise<boolean>;
}

export function openOwnPosts({ out, layout, format, records }: OwnPostsOptions): OwnPosts {
  let scanned: Promise<ReadonlyMap<string, PostRecord>> | undefined;
  const scan = async () => {
    const found = new Map<string, PostRecord>();
    for (const file of await walkFiles(out, (name) => isPostFile(name, format))) {
      const text = (await readIfThere(join(out, file))) ?? '';
      const own = readOwn(text, file);
      const picture = pictureNameIn(text);
      if (own.sourceKey !== undefined && !found.has(own.sourceKey))
        found.set(own.sourceKey, {
          ...recordOf(own, own.sourceKey, file, layout),
          ...(picture === undefined ? {} : { picture }),
        });
    }
    return found;
  };
  const remembered = async (sourceKey: string): Promise<PostRecord | undefined> => {
    const record = records.bySourceKey(sourceKey);
    if (record?.layout === layout) return record;
    if (record !== undefined && record.layout === undefined && (await isThere(join(out, record.post.file))))
      return { ...record, layout };
    return undefined;
  };
  const inFiles = async (sourceKey: string): Promise<PostRecord | undefined> => {
    scanned ??= scan();
    return (await scanned).get(sourceKey);
  };
  const hasNeighbours: OwnPosts['hasNeighbours'] = async (sourceKey, file) => {
    const folder = dirname(join(out, file));
    for (const other of records.list()) {
      if (other.sourceKey === sourceKey || dirname(join(out, other.post.file)) !== folder) continue;
      if (await isThere(join(out, other.post.file))) return true;
    }
    return false;
  };
  return {
    async find(sourceKey) {
      const record = (await remembered(sourceKey)) ?? (await inFiles(sourceKey));
      if (record === undefined) return undefined;
      // A decision changes the name where the generator builds drafts.
      const name = record.post.file.replace(HELD, '');
      for (const file of [record.post.file, name, name + HELD]) {
        const text = await readIfThere(join(out, file));
        if (text === undefined) continue;
        const own = readOwn(text, file);
        return { record: { ...record, post: { ...record.post, file, draft: own.hidden } }, own, text };
      }
      // One that is gone alone was taken away; where the whole folder is, its posts may have been moved.
      if (await hasNeighbours(sourceKey, record.post.file)) return { record, own: undefined, text: undefined };
      const file = (await inFiles(sourceKey))?.post.file;
      const text = file === undefined ? undefined : await readIfThere(join(out, file));
      if (file === undefined || text === undefined) return { record, own: undefined, text: undefined };
      const own = readOwn(text, file);
      return { record: { ...record, post: { ...record.post, file, draft: own.hidden } }, own, text };
    },
    hasNeighbours,
  };
}

function recordOf(own: OwnPost, sourceKey: string, file: string, layout: string): PostRecord {
  const name = file
    .replace(HELD, '')
    .replace(/^.*\//, '')
    .replace(/\.\w+$/, '');
  const time = Date.parse(own.date ?? '');
  return {
    post: {
      key: own.briefKey ?? '',
      slug: own.slug ?? name,
      title: own.title ?? name,
      file,
      urls: [],
      draft: own.hidden,
      costUsd: undefined,
    },
    sourceKey,
    layout,
    form: own.form ?? '',
    date: Number.isNaN(time) ? new Date(0).toISOString() : new Date(time).toISOString(),
    categories: own.categories,
    ...(own.translationKey === undefined ? {} : { translation: { key: own.translationKey, lang: own.lang ?? '' } }),
  };
}

function isPostFile(name: string, format: string): boolean {
  return name.endsWith(`.${format}`) || name.endsWith(`.${format}${HELD}`);
}
