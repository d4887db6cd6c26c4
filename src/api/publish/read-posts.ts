import { isUtf8 } from 'node:buffer';
import { readFile, realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { BloggerError } from '../../core/errors.ts';
import { isHeldByName } from '../../core/post-front.ts';
import { dayOf, timeOf } from '../../targets/plan-times.ts';
import { publicationKey, type ReadDocument, readDocument } from '../../targets/read-document.ts';
import type { TargetName } from '../../targets/targets.ts';
import { toUtf8 } from '../../util/charset/to-utf8.ts';
import { nodeErrorCode } from '../../util/files/node-errors.ts';
import { addressThere, dayInName, nameOf, pictureFile, placesOf } from './project-files.ts';
import { type FilePublication, failureOf, type PublishingRoom } from './publishing-room.ts';

export interface PostFile extends ReadDocument {
  /** Path as given by the user. */
  readonly file: string;
  readonly path: string;
  /** By what it is known if a person wrote it. */
  readonly place: string;
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
  const seen = new Set<string>();
  for (const file of files) {
    room.signal.throwIfAborted();
    const path = resolve(room.cwd, file);
    const real = await realpath(path).catch(() => path);
    if (seen.has(real)) continue;
    seen.add(real);
    try {
      const post = await readPostFile(file, place, room);
      const held = heldBecause(post, room);
      if (held !== undefined) refused.push({ file, target, outcome: 'held', detail: held });
      else posts.push(post);
    } catch (error) {
      refused.push(failureOf(file, target, error));
    }
  }
  return { posts, refused };
}

/** Why a post is published nowhere, whatever is asked for. */
function heldBecause(
  { path, text, front, document, lost, isHeld }: PostFile,
  { settings, timeZone, clock }: PublishingRoom,
): string | undefined {
  if (isHeld) return 'It is a draft, and drafts are published nowhere. `blogger review approve` finishes it.';
  if (isHeldByName(path))
    return `Its name says that it is a draft, and drafts are published nowhere. Move it out of the folder _drafts, or take the mark off its name.`;
  const line = mergeMark(text);
  if (line !== undefined)
    return `It has marks of a merge that is not finished (line ${line}). Choose one of the two versions.`;
  if (document.html === '' && document.cover === undefined)
    return lost.length === 0 ? 'It has no text.' : `Nothing of it is left without ${lost.join(', ')}.`;
  const end = timeOf(front.expiresAt, timeZone);
  if (end !== undefined && end <= clock.now())
    return `It expired on ${dayOf(end, timeZone)}, as its front matter says. Change that date to publish it.`;
  const isUnknown = front.publishAt !== undefined && timeOf(front.publishAt, timeZone) === undefined;
  const hasOwnTime = settings.publishAt === undefined && settings.perDay === undefined;
  // Such a date may be an embargo.
  return isUnknown && hasOwnTime && (settings.publishAs === 'schedule' || settings.publishAs === 'publish')
    ? `When it appears is not understood: its date is "${front.publishAt}". Write it as 2031-01-31T09:00.`
    : undefined;
}

/** Line of the first mark that git leaves where two versions differ, if the marks stand there in their order. */
function mergeMark(text: string): number | undefined {
  const marks = [/^<{7} \S/, /^={7}\r?$/, /^>{7} \S/];
  const lines = text.split('\n');
  const first = lines.findIndex((line) => marks[0]?.test(line));
  if (first === -1) return undefined;
  const middle = lines.findIndex((line, at) => at > first && marks[1]?.test(line));
  return middle > first && lines.some((line, at) => at > middle && marks[2]?.test(line)) ? first + 1 : undefined;
}

export async function readPostFile(file: string, target: string, room: PublishingRoom): Promise<PostFile> {
  const { cwd, project, publications } = room;
  const path = resolve(cwd, file);
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new BloggerError(`Cannot read ${file} (${nodeErrorCode(error) ?? 'unknown reason'})`, {
      code: 'NOT_FOUND',
      hint: 'Name Markdown files: blogger publish posts/*.md',
      cause: error,
    });
  });
  const text = Buffer.from(isUtf8(bytes) ? bytes : await toUtf8(bytes, undefined)).toString('utf8');
  const places = await placesOf(path, project);
  const isKnown = (one: string) => publications.find(target, publicationKey(`file ${one}`)) !== undefined;
  const place = places.find(isKnown) ?? places[0] ?? file;
  const read = await readDocument(text, {
    file,
    name: nameOf(path),
    place,
    urlOf: (link) => addressThere(link, path, project, { target, publications }),
    pathOf: (src) => pictureFile(src, path, project),
  });
  const day = dayInName(path);
  const front = day === undefined ? read.front : { publishAt: day, ...read.front };
  return { ...read, front, file, path, place, text };
}
