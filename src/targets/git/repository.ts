/** What git is asked of the repository: which files it has, a commit on top, a new branch for it. Never a force push. */

import { access, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BloggerError } from '../../core/errors.ts';
import { type CommitFile, commitStream, type Identities } from './commit-stream.ts';
import { type Git, withoutUser } from './git-command.ts';
import { BRANCHES, newestFirst } from './standing.ts';

export interface Branch {
  readonly name: string;
  readonly commit: string;
}

export interface RemoteState {
  readonly base: Branch;
  /** Of blogger, the newest first. */
  readonly branches: readonly Branch[];
}

/** Branches that are looked into: what waits longer than so many runs is not found there. */
const MAX_BRANCHES = 100;

export interface Repository {
  /** Fetches the base and the branches of blogger. */
  fetch(signal: AbortSignal): Promise<RemoteState>;
  /** Hashes of the files at these paths, by path. */
  filesAt(commit: string, paths: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, string>>;
  textOf(blob: string, signal: AbortSignal): Promise<string>;
  /** One process for all files, and one for each of the two identities. */
  commit(base: string, files: ReadonlyMap<string, CommitFile>, message: string, signal: AbortSignal): Promise<string>;
  /** False where the branch is there already. */
  push(commit: string, branch: string, signal: AbortSignal): Promise<boolean>;
}

export function openRepository(
  git: Git,
  { folder, url, base }: { readonly folder: string; readonly url: string; readonly base: string | undefined },
): Repository {
  const ready = (signal: AbortSignal) =>
    access(join(folder, 'HEAD')).catch(async () => {
      await git(['init', '--quiet', '--bare', folder], signal);
    });
  return {
    async fetch(signal) {
      await ready(signal);
      const state = readRefs(await git(['ls-remote', '--symref', url], signal), base, url);
      const looked = state.branches.slice(0, MAX_BRANCHES);
      const wanted = [state.base, ...looked].map(({ name }) => `+refs/heads/${name}:refs/there/${name}`);
      const fetching = ['fetch', '--quiet', '--no-tags', '--depth=1', '--no-write-fetch-head', url, ...wanted];
      await git(fetching, signal).catch(async (error: unknown) => {
        if (!/\.lock|corrupt|bad object|loose object/.test(String(error))) throw error;
        // A process that was killed left the copy half written; it is only a copy.
        await rm(folder, { recursive: true, force: true });
        await ready(signal);
        await git(fetching, signal);
      });
      return state;
    },
    async filesAt(commit, paths, signal) {
      const listed = await git(['ls-tree', '-r', '-z', commit, '--', ...paths], signal);
      return new Map(
        listed.split('\0').flatMap((line): [string, string][] => {
          const [, blob, path] = /^\d+ blob ([0-9a-f]+)\t([\s\S]*)$/.exec(line) ?? [];
          return blob === undefined || path === undefined ? [] : [[path, blob]];
        }),
      );
    },
    textOf: (blob, signal) => git(['cat-file', 'blob', blob], signal),
    async commit(parent, files, message, signal) {
      const identities = await identitiesOf(git, signal);
      const input = commitStream({ parent, files, message, ...identities });
      return (await git(['fast-import', '--quiet', '--done'], signal, { input })).trim();
    },
    async push(commit, branch, signal) {
      const ref = `refs/heads/${branch}`;
      try {
        await git(['push', '--quiet', '--porcelain', '--no-verify', url, `${commit}:${ref}`], signal);
        return true;
      } catch (error) {
        if (/\[rejected\]|fetch first|non-fast-forward|already exists|cannot lock ref/.test(String(error)))
          return false;
        throw error;
      }
    },
  };
}

/** A person's name where git knows it. */
async function identitiesOf(git: Git, signal: AbortSignal): Promise<Identities> {
  const read = async (env: Readonly<Record<string, string>>): Promise<Identities> => ({
    author: (await git(['var', 'GIT_AUTHOR_IDENT'], signal, { env })).trim(),
    committer: (await git(['var', 'GIT_COMMITTER_IDENT'], signal, { env })).trim(),
  });
  const [name, email] = ['blogger', 'blogger@localhost'];
  const own = { GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email };
  return await read({}).catch(() => read(own));
}

function readRefs(listed: string, wanted: string | undefined, url: string): RemoteState {
  const head = /^ref: refs\/heads\/(\S+)\tHEAD$/m.exec(listed)?.[1];
  const heads = [...listed.matchAll(/^([0-9a-f]{40,64})\trefs\/heads\/(\S+)$/gm)].map(([, commit = '', name = '']) => ({
    name,
    commit,
  }));
  const name = wanted ?? head;
  const base = heads.find((branch) => branch.name === name);
  if (base === undefined)
    throw new BloggerError(`${withoutUser(url)} has no branch ${name ?? 'to begin from'}`, {
      code: 'TARGET_REFUSED',
      hint: 'Make a first commit there, or name the branch with --git-branch.',
    });
  const branches = heads.filter((branch) => branch.name.startsWith(BRANCHES) && branch.name !== base.name);
  return { base, branches: branches.sort((a, b) => newestFirst(a.name, b.name)) };
}
