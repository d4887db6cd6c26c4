/** Where a post stands in a repository. Pure. */

export interface BranchFile {
  readonly branch: string;
  readonly commit: string;
  /** Hash of the file at the post's path. */
  readonly blob: string;
}

export interface PostInRepository {
  /** Hash of the file as it is now. */
  readonly blob: string;
  readonly base: string | undefined;
  /** Branches of blogger that have the file, the newest first. */
  readonly branches: readonly BranchFile[];
  /** True where the file was sent before. */
  readonly wasSent: boolean;
  /** Whether a file with this hash is as blogger sent it. */
  readonly isOurs: (blob: string) => boolean;
  readonly force: boolean;
}

export type RepositoryStanding =
  | { readonly kind: 'due'; readonly as: 'created' | 'updated' }
  /** Waits on this branch for a person to take it. */
  | { readonly kind: 'waiting'; readonly on: BranchFile }
  | { readonly kind: 'taken' }
  | { readonly kind: 'kept'; readonly because: 'changed' | 'deleted' };

export function standingOf({ blob, base, branches, wasSent, isOurs, force }: PostInRepository): RepositoryStanding {
  if (base === blob) return { kind: 'taken' };
  const on = branches.find((branch) => branch.blob === blob);
  if (on !== undefined) return { kind: 'waiting', on };
  const there = [base, branches[0]?.blob].filter((one) => one !== undefined);
  if (there.length === 0) return wasSent && !force ? kept('deleted') : { kind: 'due', as: 'created' };
  return there.every(isOurs) || force ? { kind: 'due', as: 'updated' } : kept('changed');
}

function kept(because: 'changed' | 'deleted'): RepositoryStanding {
  return { kind: 'kept', because };
}

export const BRANCHES = 'blogger/';

/** `blogger/2026-11-29`, and with a number where that is taken. */
export function nextBranch(day: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const name = `${BRANCHES}${day}${number === 1 ? '' : `-${number}`}`;
    if (!taken.has(name)) return name;
  }
}

/** Branches by day and number, the newest first. */
export function newestFirst(a: string, b: string): number {
  return b.localeCompare(a, 'en', { numeric: true });
}
