import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { BloggerError } from '../../core/errors.ts';
import { type ReadDocument, readDocument } from '../../targets/read-document.ts';
import type { TargetName } from '../../targets/targets.ts';
import { nodeErrorCode } from '../../util/files/node-errors.ts';
import { addressThere, nameOf, pictureFile, placeOf } from './project-files.ts';
import { type FilePublication, failureOf, type PublishingRoom } from './publishing-room.ts';

export interface PostFile extends ReadDocument {
  /** Path as given by the user. */
  readonly file: string;
  readonly path: string;
  readonly text: string;
}

export interface PostsRead {
  readonly posts: readonly PostFile[];
  /** Held or unreadable posts. */
  readonly refused: readonly FilePublication[];
}

/** Reads the posts as this target takes them. */
export async function readPosts(
  files: readonly string[],
  { name: target, place }: { readonly name: TargetName; readonly place: string },
  room: PublishingRoom,
): Promise<PostsRead> {
  const posts: PostFile[] = [];
  const refused: FilePublication[] = [];
  for (const file of new Set(files)) {
    room.signal.throwIfAborted();
    try {
      const post = await readPostFile(file, place, room);
      if (post.isHeld) refused.push({ file, target, outcome: 'held', detail: HELD_DETAIL });
      else posts.push(post);
    } catch (error) {
      refused.push(failureOf(file, target, error));
    }
  }
  return { posts, refused };
}

const HELD_DETAIL = 'It is a draft, and drafts are published nowhere. `blogger review approve` finishes it.';

export async function readPostFile(file: string, target: string, room: PublishingRoom): Promise<PostFile> {
  const { cwd, project, publications } = room;
  const path = resolve(cwd, file);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new BloggerError(`Cannot read ${file} (${nodeErrorCode(error) ?? 'unknown reason'})`, {
      code: 'NOT_FOUND',
      hint: 'Name Markdown files: blogger publish posts/*.md',
      cause: error,
    });
  });
  const read = await readDocument(text, {
    file,
    name: nameOf(path),
    place: placeOf(path, project),
    urlOf: (link) => addressThere(link, path, project, { target, publications }),
    pathOf: (src) => pictureFile(src, path, project),
  });
  return { ...read, file, path, text, isHeld: read.isHeld || file.endsWith('.draft') };
}
