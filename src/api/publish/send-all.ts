import { basename, dirname, relative } from 'node:path';
import type { OutgoingPost, Outlet, SentPost } from '../../core/publishing.ts';
import type { TargetName } from '../../targets/targets.ts';
import type { PlannedPost } from './plan-showing.ts';
import { pathInOut } from './project-files.ts';
import { type FilePublication, failureOf, lostIn, type PublishingRoom } from './publishing-room.ts';

/** Number of versions of a post to remember. */
const MAX_FORMER = 20;

/** Sends posts to an outlet. If it fails, every post that has not arrived gets the error. */
export async function sendAll(
  posts: readonly PlannedPost[],
  outlet: Outlet,
  name: TargetName,
  room: PublishingRoom,
): Promise<void> {
  const { publications, project, force, signal, onResult } = room;
  const waiting = new Map<string, PlannedPost>(posts.map((post) => [post.document.key, post]));
  const outgoing = posts.map((post): OutgoingPost => {
    const { document, path, text, showing, sourceKey } = post;
    const pictures = document.pictures.map((picture) => ({
      ...picture,
      inProject: relative(project.cwd, picture.path).replaceAll('\\', '/'),
    }));
    return {
      document: { ...document, pictures },
      file: pathInOut(path, project) ?? nameElsewhere(path),
      text,
      showing,
      known: publications.find(outlet.place, document.key),
      ...(sourceKey === undefined ? {} : { sourceKey }),
    };
  });
  for (const { document, known } of outgoing)
    if (known?.remote === undefined)
      publications.save({ ...known, target: outlet.place, key: document.key, intended: document.hash });
  const settle = ({ document: { key }, known }: OutgoingPost, sent: SentPost) => {
    const post = waiting.get(key);
    waiting.delete(key);
    if (sent.kind !== 'kept') {
      const { remote, hash } = sent;
      const former = [...new Set([known?.hash, ...(known?.former ?? [])])].filter(
        (one) => one !== undefined && one !== hash,
      );
      publications.save({ target: outlet.place, key, remote, hash, former: former.slice(0, MAX_FORMER) as string[] });
    }
    if (post !== undefined) onResult(resultOf(post, name, sent));
  };
  try {
    await outlet.send(outgoing, { force, settle }, signal);
  } catch (error) {
    for (const { file } of waiting.values()) onResult(failureOf(file, name, error));
  }
}

/** The file's own name; with its folder where that is what the post is called. */
function nameElsewhere(path: string): string {
  const name = basename(path);
  return /^_?index\./.test(name) ? `${basename(dirname(path))}/${name}` : name;
}

function resultOf({ file, lost }: PlannedPost, target: TargetName, sent: SentPost): FilePublication {
  if (sent.kind === 'kept')
    return {
      file,
      target,
      outcome: 'kept',
      detail: `It was ${sent.because} there and is not changed. --force replaces it.`,
    };
  // A repository gets the file itself.
  const left = target === 'git' ? {} : lostIn({ lost });
  return { file, target, outcome: sent.kind, detail: sent.remote.url || sent.remote.id, ...left };
}
