/** Brings a post to a target once, however often it is tried and whatever answer is lost. */

import { BloggerError, isAbortError } from '../core/errors.ts';
import type { Clock } from '../core/ports.ts';
import type { PostDocument, Publication, Publications, PublishAs, RemotePost, Target } from '../core/publishing.ts';

export type PublishOutcome =
  | { readonly kind: 'created' | 'updated' | 'unchanged'; readonly remote: RemotePost }
  | { readonly kind: 'kept'; readonly because: 'changed' | 'deleted' };

export interface PublishOnceOptions {
  readonly target: Target;
  readonly publications: Publications;
  readonly as: PublishAs;
  /** Takes the place of what was changed at the target. */
  readonly force: boolean;
  readonly clock: Clock;
}

/** Calls that got no clear answer, before it is given up. */
const ATTEMPTS = 5;
const PAUSE_MS = 500;

export async function publishOnce(
  document: PostDocument,
  options: PublishOnceOptions,
  signal: AbortSignal,
): Promise<PublishOutcome> {
  const { target, publications, clock } = options;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await tryOnce(document, options, signal);
    } catch (error) {
      if (isAbortError(error) || !BloggerError.is(error)) throw error;
      if (error.code === 'TARGET_CHANGED')
        return keep(publications.find(target.name, document.key), 'changed', options);
      if (!error.retryable || attempt === ATTEMPTS) throw error;
      // The call may have been done: the next attempt begins with a look at what is there.
      await clock.sleep(error.retryAfterMs ?? PAUSE_MS * 2 ** (attempt - 1), signal);
    }
  }
}

async function tryOnce(
  document: PostDocument,
  options: PublishOnceOptions,
  signal: AbortSignal,
): Promise<PublishOutcome> {
  const { target, publications } = options;
  const known = publications.find(target.name, document.key);
  const isSettled = known?.remote !== undefined && known.intended === undefined;
  if (isSettled && known.hash === document.hash && !options.force) return { kind: 'unchanged', remote: known.remote };
  const there =
    known?.remote === undefined
      ? (await target.find(document.key, signal))[0]
      : await target.read(known.remote.id, signal);
  if (there === undefined) {
    if (known?.remote !== undefined && !options.force) return keep(known, 'deleted', options);
    return await create(document, options, signal);
  }
  if (there.sentHash === document.hash && isOurs(there, known, document))
    return settle(document, there, 'unchanged', options);
  if (!isOurs(there, known, document) && !options.force) return keep(known, 'changed', options);
  publications.save({
    target: target.name,
    key: document.key,
    remote: there,
    intended: document.hash,
    ...hashOf(known),
  });
  return settle(document, await target.update(there, document, signal), 'updated', options);
}

/** Nobody but blogger has written this version: the target has the one that it answered with, or the one that was on its way. */
function isOurs(there: RemotePost, known: Publication | undefined, document: PostDocument): boolean {
  if (known?.remote !== undefined && there.revision === known.remote.revision) return true;
  if (known?.intended !== undefined && there.sentHash === known.intended) return true;
  // Where nothing is remembered of it, the post's own mark is all there is.
  return known?.remote === undefined && there.sentHash === document.hash;
}

async function create(
  document: PostDocument,
  options: PublishOnceOptions,
  signal: AbortSignal,
): Promise<PublishOutcome> {
  const { target, publications, as } = options;
  publications.save({ target: target.name, key: document.key, intended: document.hash });
  const made = await target.create(document, as, signal);
  // Another machine, or an earlier call whose answer was lost, may have made one meanwhile: the first one stays.
  const [first = made] = await target.find(document.key, signal);
  if (first.id !== made.id) await target.discard(made.id, signal);
  return settle(document, first.id === made.id ? made : first, 'created', options);
}

function settle(
  document: PostDocument,
  remote: RemotePost,
  kind: 'created' | 'updated' | 'unchanged',
  { target, publications }: PublishOnceOptions,
): PublishOutcome {
  publications.save({ target: target.name, key: document.key, remote, hash: document.hash });
  return { kind, remote };
}

function keep(
  known: Publication | undefined,
  because: 'changed' | 'deleted',
  { publications }: PublishOnceOptions,
): PublishOutcome {
  if (known?.intended !== undefined) {
    const { intended: _, ...rest } = known;
    publications.save(rest);
  }
  return { kind: 'kept', because };
}

function hashOf(known: Publication | undefined): { readonly hash?: string } {
  return known?.hash === undefined ? {} : { hash: known.hash };
}
