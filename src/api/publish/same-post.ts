/** Which of several files is the post that a target knows: a copy never takes the place of its original, and a renamed file stays the same post. */

import { stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Publication } from '../../core/publishing.ts';
import { readOwn } from '../../targets/files/read-own.ts';
import { publicationKey } from '../../targets/read-document.ts';
import type { TargetName } from '../../targets/targets.ts';
import { stableHash } from '../../util/stable-hash.ts';
import type { FilePublication, PublishingRoom } from './publishing-room.ts';
import type { PostFile, PostsRead } from './read-posts.ts';

/** Without the copies that would replace the post of another file. */
export async function withoutCopies(
  posts: readonly PostFile[],
  target: TargetName,
  room: PublishingRoom,
): Promise<PostsRead> {
  const copies = await copiesIn(posts, room);
  const refused = posts.flatMap(({ file, path }): FilePublication[] => {
    const original = copies.get(path);
    if (original === undefined) return [];
    const name = relative(room.cwd, original);
    const detail = `It names the same sources as ${name}, whose post it would replace. Publish that one; if this is a post of its own, take "provenance" out of its front matter.`;
    return [{ file, target, outcome: 'failed', detail, code: 'USAGE' }];
  });
  return { posts: posts.filter(({ path }) => !copies.has(path)), refused };
}

/** By the path of each copy, the file whose post it would replace. */
async function copiesIn(posts: readonly PostFile[], { project }: PublishingRoom): Promise<ReadonlyMap<string, string>> {
  const copies = new Map<string, string>();
  for (const [key, files] of groupedByKey(posts)) {
    const record = project.posts.find(({ sourceKey }) => publicationKey(sourceKey) === key);
    const recorded = record === undefined ? undefined : join(project.out, record.post.file);
    const isThere = recorded !== undefined && (await stat(recorded).catch(() => undefined))?.isFile() === true;
    const own = files.filter(({ text, file }) => readOwn(text, file).isUntouched);
    const original = isThere
      ? recorded
      : files.length === 1 || own.length === 1
        ? (own[0] ?? files[0])?.path
        : undefined;
    for (const { path } of files)
      if (path !== original) copies.set(path, original ?? files.find((other) => other.path !== path)?.path ?? path);
  }
  return copies;
}

function groupedByKey(posts: readonly PostFile[]): ReadonlyMap<string, readonly PostFile[]> {
  const groups = new Map<string, PostFile[]>();
  for (const post of posts)
    if (post.sourceKey !== undefined) groups.set(post.document.key, [...(groups.get(post.document.key) ?? []), post]);
  return groups;
}

/** By what a hand-written post is known under another name. */
export function traitsOf({ place, sourceKey, document }: PostFile): Pick<Publication, 'file' | 'words'> {
  if (sourceKey !== undefined) return {};
  const words = document.html
    .replace(/<[^<>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return { file: place, words: stableHash([document.title, words]).slice(0, 24) };
}

/** A hand-written post that is new under this name, and whose words were published from a file that is not there any more: what is known of that one is its own. */
export async function adoptRenamed(
  post: PostFile,
  target: string,
  { publications, project }: PublishingRoom,
): Promise<void> {
  const { file, words } = traitsOf(post);
  const { key } = post.document;
  if (file === undefined || publications.find(target, key) !== undefined) return;
  const same = publications
    .list(target)
    .filter((one) => one.words === words && one.file !== undefined && one.file !== file);
  for (const before of same) {
    if ((await stat(join(project.cwd, before.file ?? '')).catch(() => undefined)) !== undefined) continue;
    // Without its hash it is sent once more: the post gets the mark of its new name.
    const { hash: _, ...known } = before;
    publications.save({ ...known, key, file });
    publications.save({ target, key: before.key });
    return;
  }
}
