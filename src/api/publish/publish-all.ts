import type { Target } from '../../core/publishing.ts';
import { type PublishOutcome, publishOnce } from '../../targets/publish-once.ts';
import type { TargetName } from '../../targets/targets.ts';
import type { PlannedPost } from './plan-showing.ts';
import { type FilePublication, failureOf, lostIn, type PublishingRoom } from './publishing-room.ts';
import { readPostFile } from './read-posts.ts';
import { traitsOf } from './same-post.ts';
import { writeDown } from './write-down.ts';

/** Publishes posts to a site, each once; then updates those whose links now have addresses. */
export async function publishAll(
  posts: readonly PlannedPost[],
  target: Target,
  name: TargetName,
  room: PublishingRoom,
): Promise<void> {
  const { publications, force, clock, random, signal, onResult } = room;
  const once = (post: PlannedPost, isForced: boolean) =>
    publishOnce(
      post.document,
      { target, publications, showing: post.showing, written: post.written(target), force: isForced, clock, random },
      signal,
    );
  const arrived: PlannedPost[] = [];
  const results: FilePublication[] = [];
  for (const post of posts) {
    signal.throwIfAborted();
    try {
      const outcome = await once(post, force);
      if (outcome.kind !== 'kept') arrived.push(post);
      rememberTraits(post, target.place, room);
      results.push(resultOf(post, name, outcome));
    } catch (error) {
      results.push(failureOf(post.file, name, error));
    }
    onResult(results.at(-1) as FilePublication); // pushed above
  }
  for (const post of arrived) {
    const { document } = await readPostFile(post.file, target.place, room);
    const again = { ...post, document };
    try {
      if (document.hash !== post.document.hash) await once(again, false);
      rememberTraits(again, target.place, room);
      await writeDown(again, target, publications.find(target.place, document.key)?.remote);
    } catch (error) {
      onResult(failureOf(post.file, name, error));
    }
  }
}

function rememberTraits(post: PlannedPost, target: string, { publications }: PublishingRoom): void {
  const known = publications.find(target, post.document.key);
  const traits = traitsOf(post);
  if (known === undefined || (known.file === traits.file && known.words === traits.words)) return;
  publications.save({ ...known, ...traits });
}

function resultOf({ file, showing, lost }: PlannedPost, target: TargetName, outcome: PublishOutcome): FilePublication {
  if (outcome.kind === 'kept')
    return {
      file,
      target,
      outcome: 'kept',
      detail: `It was ${outcome.because} at ${target} and is not changed there. --force replaces it.`,
    };
  const at = outcome.kind === 'created' && showing.as === 'schedule' ? { at: new Date(showing.at).toISOString() } : {};
  return { file, target, outcome: outcome.kind, detail: outcome.remote.url, ...at, ...lostIn({ lost }) };
}
