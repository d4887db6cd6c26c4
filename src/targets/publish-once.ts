/** Brings a post to a target once, however often it is tried and whatever answer is lost. */

import { BloggerError } from '../core/errors.ts';
import type { Clock, Random } from '../core/ports.ts';
import type { PostDocument, Publication, Publications, RemotePost, Showing, Target } from '../core/publishing.ts';
import { retry } from '../util/async/retry.ts';
import { withRemotePictures } from './upload-once.ts';

export type PublishOutcome =
  | { readonly kind: 'created' | 'updated' | 'unchanged'; readonly remote: RemotePost }
  | { readonly kind: 'kept'; readonly because: 'changed' | 'deleted' };

export interface PublishOnceOptions {
  readonly target: Target;
  readonly publications: Publications;
  readonly showing: Showing;
  /** What the post's own file says that the target has, where nothing else is known. */
  readonly written?: RemotePost | undefined;
  /** Takes the place of what was changed at the target. */
  readonly force: boolean;
  readonly clock: Clock;
  readonly random: Random;
}

/** Calls that got no clear answer, before it is given up. */
const RETRIES = { attempts: 6, baseMs: 500, capMs: 120_000 } as const;

export async function publishOnce(
  document: PostDocument,
  options: PublishOnceOptions,
  signal: AbortSignal,
): Promise<PublishOutcome> {
  try {
    // A call may have been done though its answer was lost: each attempt begins with a look at what is there.
    return await retry(() => tryOnce(document, options, signal), { ...RETRIES, ...options }, signal);
  } catch (error) {
    if (!BloggerError.is(error) || error.code !== 'TARGET_CHANGED') throw error;
    return keep(knownOf(document, options), 'changed', options);
  }
}

async function tryOnce(
  document: PostDocument,
  options: PublishOnceOptions,
  signal: AbortSignal,
): Promise<PublishOutcome> {
  const { target, publications, force } = options;
  const known = knownOf(document, options);
  const isSettled = known?.remote !== undefined && known.intended === undefined;
  if (isSettled && known.hash === document.hash && !force) return { kind: 'unchanged', remote: known.remote };
  const there =
    known?.remote === undefined
      ? await findFirst(document, known, options, signal)
      : await target.read(known.remote.id, signal);
  if (there === undefined || there.isGone === true) {
    if ((known?.remote !== undefined || there?.isGone === true) && !force) return keep(known, 'deleted', options);
    return await create(document, options, signal);
  }
  if (there.sentHash === document.hash) return await settleSame(document, there, known, options, signal);
  if (!isOurs(there, known, document) && !force) return keep(known, 'changed', options);
  publications.save({ ...known, target: target.place, key: document.key, remote: there, intended: document.hash });
  const sent = await withRemotePictures(document, options, signal);
  return await settle(document, await target.update(there, sent, signal), 'updated', options, signal);
}

/** The post that was created first. Later duplicates come from a create request whose answer was lost, or whose process was killed. */
async function findFirst(
  document: PostDocument,
  known: Publication | undefined,
  { target }: PublishOnceOptions,
  signal: AbortSignal,
): Promise<RemotePost | undefined> {
  const found = await target.find(document.key, signal, known?.intended !== undefined);
  const [first, ...later] = found.filter(({ isGone }) => isGone !== true);
  for (const post of later) {
    const isLeft = known?.intended !== undefined && post.sentHash === known.intended;
    if (isLeft || post.textHash === first?.textHash) await target.discard(post.id, signal);
  }
  return first ?? found[0];
}

/** Another machine has sent this version. Where a person may have changed it since, what is known of it stays, so that nothing is written over. */
async function settleSame(
  document: PostDocument,
  there: RemotePost,
  known: Publication | undefined,
  options: PublishOnceOptions,
  signal: AbortSignal,
): Promise<PublishOutcome> {
  if (isOurs(there, known, document)) return await settle(document, there, 'unchanged', options, signal);
  if (known?.remote !== undefined) record(document, known.remote, options);
  return { kind: 'unchanged', remote: there };
}

function knownOf(
  { key }: PostDocument,
  { target, publications, written }: PublishOnceOptions,
): Publication | undefined {
  const known = publications.find(target.place, key);
  if (known?.remote !== undefined || written === undefined) return known;
  return { ...known, target: target.place, key, remote: written };
}

/** Nobody but blogger has written this version: the target has the one that it answered with, or the one that was on its way. */
function isOurs(there: RemotePost, known: Publication | undefined, document: PostDocument): boolean {
  const { remote, intended, hash } = known ?? {};
  // Another version from another machine; where it is the version that is known, what changed lies beside the text.
  if (there.isSealed === true && (remote === undefined || there.sentHash !== hash)) return true;
  if (remote !== undefined && there.revision === remote.revision) return true;
  // Shown or put off by a person, with the text as it was.
  if (remote?.textHash !== undefined && there.textHash === remote.textHash) return true;
  if (intended !== undefined && there.sentHash === intended) return true;
  // Where nothing is remembered of it, the post's own mark is all there is: a seal that does not fit is an edit.
  return remote === undefined && there.sentHash === document.hash && there.isSealed !== false;
}

async function create(
  document: PostDocument,
  options: PublishOnceOptions,
  signal: AbortSignal,
): Promise<PublishOutcome> {
  const { target, publications, showing } = options;
  publications.save({ target: target.place, key: document.key, intended: document.hash, ...timeOf(showing) });
  const made = await target.create(await withRemotePictures(document, options, signal), showing, signal);
  // Another machine, or an earlier call whose answer was lost, may have made one meanwhile: the first one stays.
  const [first = made] = (await target.find(document.key, signal)).filter(({ isGone }) => isGone !== true);
  if (first.id !== made.id) await target.discard(made.id, signal);
  return await settle(document, first.id === made.id ? made : first, 'created', options, signal);
}

async function settle(
  document: PostDocument,
  there: RemotePost,
  kind: 'created' | 'updated' | 'unchanged',
  options: PublishOnceOptions,
  signal: AbortSignal,
): Promise<PublishOutcome> {
  const { target } = options;
  const isBare = there.sentHash === document.hash && there.isSealed === undefined;
  const remote = isBare && target.seal !== undefined ? await target.seal(there, document, signal) : there;
  record(document, remote, options);
  return { kind, remote };
}

function record(document: PostDocument, remote: RemotePost, { target, publications }: PublishOnceOptions): void {
  const { intended: _, ...known } = publications.find(target.place, document.key) ?? {};
  publications.save({ ...known, target: target.place, key: document.key, remote, hash: document.hash });
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

function timeOf(showing: Showing): { readonly at?: number } {
  return showing.as === 'schedule' ? { at: showing.at } : {};
}
