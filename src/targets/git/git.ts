/** A git repository: the posts of a run are one commit on a branch of their own, offered by one pull or merge request. */

import { posix } from 'node:path';
import { BloggerError } from '../../core/errors.ts';
import type { Clock, Random } from '../../core/ports.ts';
import type { OutgoingPost, Outlet, RemotePost, SentPost } from '../../core/publishing.ts';
import { isSealed } from '../../stages/publish/render/seal.ts';
import { zonedTime } from '../../stages/publish/render/zoned-time.ts';
import { retry } from '../../util/async/retry.ts';
import { plural } from '../../util/text/plural.ts';
import { blobHash, type CommitFile } from './commit-stream.ts';
import type { Forge } from './forges.ts';
import type { RemoteState, Repository } from './repository.ts';
import { type BranchFile, nextBranch, type RepositoryStanding, standingOf } from './standing.ts';

export interface GitOutletOptions {
  readonly place: string;
  readonly repository: Repository;
  /** Undefined where no requests are opened. */
  readonly forge: Forge | undefined;
  /** Folder of the posts in the repository. */
  readonly folder: string;
  readonly timeZone: string;
  readonly clock: Clock;
  readonly random: Random;
}

const RETRIES = { attempts: 5, baseMs: 1000, capMs: 60_000 } as const;
/** Attempts to push; when another machine has taken the branch name, the next number is tried. */
const PUSHES = 10;

interface FileToSend {
  readonly post: OutgoingPost;
  readonly path: string;
  readonly text: string;
  readonly blob: string;
  /** The pictures beside it, by path. */
  readonly others: ReadonlyMap<string, CommitFile>;
  readonly standing: RepositoryStanding;
}

export function createGitOutlet(options: GitOutletOptions): Outlet {
  const { repository, forge } = options;
  return {
    name: 'git',
    place: options.place,
    async send(posts, { force, settle }, signal) {
      refuseSamePaths(posts, options);
      const sending = { ...options, force, settle, requests: new Map<string, string>() };
      for (let push = 1; push <= PUSHES; push += 1) if (await sendOnce(posts, sending, signal)) return;
      throw new BloggerError('No name for a branch was free: others push at the same time', {
        code: 'TARGET_UNREACHABLE',
        hint: 'Run the same command again.',
      });
    },
    async check(signal) {
      await repository.fetch(signal);
      await forge?.check(signal);
      return { problems: [] };
    },
  };
}

interface Sending extends GitOutletOptions {
  readonly force: boolean;
  readonly settle: (post: OutgoingPost, sent: SentPost) => void;
  /** Addresses of requests, by branch. */
  readonly requests: Map<string, string>;
}

/** False where somebody else took the name of the branch meanwhile. */
async function sendOnce(posts: readonly OutgoingPost[], sending: Sending, signal: AbortSignal): Promise<boolean> {
  const { repository, settle, clock, timeZone } = sending;
  const there = await patiently(() => repository.fetch(signal), sending, signal);
  const due: FileToSend[] = [];
  for (const file of await lookAt(posts, there, sending, signal)) {
    if (file.standing.kind === 'due') due.push(file);
    else settle(file.post, await sentOf(file, file.standing, there, sending, signal));
  }
  if (due.length === 0) return true;
  const commit = await commitOf(due, there, repository, signal);
  const day = zonedTime(new Date(clock.now()).toISOString(), timeZone).slice(0, 10);
  const branch = nextBranch(day, new Set(there.branches.map(({ name }) => name)));
  // A push whose answer was lost is seen by the next look.
  if (!(await patiently(() => repository.push(commit, branch, signal), sending, signal))) return false;
  const offered = due.map(({ post }) => post);
  const url = await requestFor({ branch, commit }, offered, there, sending, signal);
  for (const { post, blob, standing } of due)
    if (standing.kind === 'due')
      settle(post, { kind: standing.as, remote: { id: branch, url, revision: commit }, hash: blob });
  return true;
}

function patiently<T>(
  work: () => Promise<T>,
  { clock, random }: Pick<Sending, 'clock' | 'random'>,
  signal: AbortSignal,
): Promise<T> {
  return retry(work, { ...RETRIES, clock, random }, signal);
}

async function sentOf(
  { post, blob }: FileToSend,
  standing: Exclude<RepositoryStanding, { readonly kind: 'due' }>,
  there: RemoteState,
  sending: Sending,
  signal: AbortSignal,
): Promise<SentPost> {
  const { requests } = sending;
  if (standing.kind === 'kept') return standing;
  const known = post.known?.remote;
  if (standing.kind === 'taken')
    return { kind: 'unchanged', hash: blob, remote: known ?? remoteOf(there.base.name, there.base.commit) };
  const { branch, commit } = standing.on;
  const isKnown = known?.id === branch && known.url !== '' && post.known?.intended === undefined;
  const url =
    (isKnown ? known.url : requests.get(branch)) ??
    (await requestFor({ branch, commit }, [post], there, sending, signal));
  requests.set(branch, url);
  return { kind: 'unchanged', hash: blob, remote: { id: branch, url, revision: commit } };
}

async function commitOf(
  due: readonly FileToSend[],
  there: RemoteState,
  repository: Repository,
  signal: AbortSignal,
): Promise<string> {
  const files = new Map(due.flatMap(({ path, text, others }) => [[path, text] as const, ...others]));
  const { title, body } = describe(due.map(({ post }) => post));
  return await repository.commit(there.base.commit, files, `${title}\n\n${body}`, signal);
}

/** The request of a branch: the one that is there, else a new one; empty where there is no forge. */
async function requestFor(
  { branch, commit }: Pick<BranchFile, 'branch' | 'commit'>,
  posts: readonly OutgoingPost[],
  { base }: RemoteState,
  sending: Sending,
  signal: AbortSignal,
): Promise<string> {
  const { forge } = sending;
  if (forge === undefined) return '';
  const find = async () => {
    const found = await forge.find(branch, signal);
    const own = found.find(({ isOpen }) => isOpen) ?? found.find((request) => request.commit === commit);
    if (own !== undefined) return own.url;
    const made = await forge.open({ branch, base: base.name, ...describe(posts) }, signal);
    if (made !== undefined) return made.url;
    throw new BloggerError(`The forge has a request for ${branch} but does not list it yet`, {
      code: 'TARGET_UNREACHABLE',
      hint: 'Run the same command again.',
    });
  };
  return await patiently(find, sending, signal);
}

async function lookAt(
  posts: readonly OutgoingPost[],
  { base, branches }: RemoteState,
  { repository, folder, force }: GitOutletOptions & { readonly force: boolean },
  signal: AbortSignal,
): Promise<FileToSend[]> {
  const pathOf = ({ file }: OutgoingPost) => posix.join(folder, file);
  const paths = posts.map(pathOf);
  const atBase = await repository.filesAt(base.commit, paths, signal);
  const onBranches: (RemoteState['base'] & { readonly files: ReadonlyMap<string, string> })[] = [];
  for (const branch of branches.slice(0, 100))
    onBranches.push({ ...branch, files: await repository.filesAt(branch.commit, paths, signal) });
  const files: FileToSend[] = [];
  for (const post of posts) {
    const path = pathOf(post);
    const before = atBase.get(path);
    const text = await textToSend(post.text, before, base.commit, repository, signal);
    const blob = blobHash(text, base.commit);
    const holders = onBranches.flatMap(({ name, commit, files: there }): BranchFile[] => {
      const held = there.get(path);
      return held === undefined || held === before ? [] : [{ branch: name, commit, blob: held }];
    });
    const sent = new Set([post.known?.hash, ...(post.known?.former ?? [])]);
    const sealedThere = new Set<string>();
    const isThere = [before, ...holders.map((held) => held.blob)].includes(blob);
    for (const other of isThere ? [] : [before, holders[0]?.blob])
      if (other !== undefined && post.sourceKey !== undefined)
        if (isSealed(await repository.textOf(other, signal), post.sourceKey)) sealedThere.add(other);
    const standing = standingOf({
      blob,
      base: before,
      branches: holders,
      wasSent: post.known?.remote !== undefined,
      isOurs: (one) => sent.has(one) || sealedThere.has(one),
      force,
    });
    files.push({ post, path, text, blob, others: picturesOf(post, path), standing });
  }
  return files;
}

/** With the line ends that the file has there, and those of git where it is new: an editor or a checkout may have changed them here. */
async function textToSend(
  text: string,
  before: string | undefined,
  commit: string,
  repository: Repository,
  signal: AbortSignal,
): Promise<string> {
  const plain = text.replaceAll('\r\n', '\n');
  if (before === undefined || before === blobHash(plain, commit)) return plain;
  const isCrlf = (await repository.textOf(before, signal)).includes('\r\n');
  return isCrlf ? plain.replaceAll('\n', '\r\n') : plain;
}

/** Pictures go where the post looks for them, or where the project has them, if that is in the repository. */
function picturesOf({ document }: OutgoingPost, path: string): ReadonlyMap<string, CommitFile> {
  const files = new Map<string, CommitFile>();
  for (const picture of document.pictures) {
    // An address from the root of the site says nothing of the folder that its generator serves: the project has it.
    const place = posix.isAbsolute(picture.src)
      ? (picture.inProject ?? '..')
      : posix.join(posix.dirname(path), safeDecode(picture.src));
    if (!place.startsWith('..') && !/(?:^|\/)\.git(?:\/|$)/i.test(place)) files.set(place, picture);
  }
  return files;
}

function safeDecode(text: string): string {
  try {
    return decodeURI(text);
  } catch {
    return text;
  }
}

function refuseSamePaths(posts: readonly OutgoingPost[], { folder }: GitOutletOptions): void {
  const seen = new Set<string>();
  for (const { file } of posts) {
    if (seen.has(file))
      throw new BloggerError(`Two posts would be the file ${posix.join(folder, file)}`, {
        code: 'USAGE',
        hint: 'Rename one of them, or publish them from the output folder.',
      });
    seen.add(file);
  }
}

function describe(posts: readonly OutgoingPost[]): { readonly title: string; readonly body: string } {
  const [first] = posts;
  const title = posts.length === 1 ? `Publish “${first?.document.title}”` : `Publish ${plural(posts.length, 'post')}`;
  return {
    title: title.slice(0, 200),
    body: posts.map(({ document, file }) => `- ${document.title} (${file})`).join('\n'),
  };
}

function remoteOf(id: string, revision: string): RemotePost {
  return { id, url: '', revision };
}
