/** The identity of a post's sources: it determines the file, so that a changed text replaces its own post and not another post of the same page. */

import { pageIdentity, postVariant } from '../../core/identity.ts';
import type { Entry } from '../../core/types.ts';
import { stableHash } from '../../util/stable-hash.ts';

export interface KnownVariant {
  readonly variant: string;
  readonly key: string;
}

/** Remembers across runs which posts were made from the same sources. `base` is the hash of the source addresses. */
export interface SourceKeyStore {
  of(base: string): readonly KnownVariant[];
  /** `replaced`: the variant whose key is reused. */
  remember(base: string, known: KnownVariant, replaced?: string): void;
}

/** Option sets requested in this run for the same sources, by `base`. */
export type WantedVariants = ReadonlyMap<string, ReadonlySet<string>>;

/** Hash of the source addresses, independent of order. */
export function baseKeyOf(urls: readonly string[]): string {
  return stableHash(urls.map(pageIdentity).sort());
}

/** The options of a post: for each, the first value given by one of its entries. */
export function variantOf(entries: readonly Entry[]): string {
  return postVariant(Object.assign({}, ...[...entries].reverse()));
}

/** Counts the variants of a run's entries; `groups` has the addresses of each named post. */
export function countVariants(
  entries: readonly Entry[],
  groups: ReadonlyMap<string, readonly string[]>,
): Map<string, Set<string>> {
  const wanted = new Map<string, Set<string>>();
  const add = (urls: readonly string[], members: readonly Entry[]) => {
    const base = baseKeyOf(urls);
    wanted.set(base, (wanted.get(base) ?? new Set()).add(variantOf(members)));
  };
  const byPost = new Map<string, Entry[]>();
  for (const entry of entries) {
    if (entry.post === undefined) add([entry.url], [entry]);
    else byPost.set(entry.post, [...(byPost.get(entry.post) ?? []), entry]);
  }
  for (const [post, members] of byPost) add(groups.get(post) ?? members.map(({ url }) => url), members);
  return wanted;
}

/**
 * The key of one variant. A variant without options has the plain key of its sources. When the list has exactly one unknown variant,
 * and exactly one known variant is missing from it, the line was edited: the new variant takes over the key, and with it the file.
 */
export function sourceKeyOf(base: string, variant: string, wanted: WantedVariants, store: SourceKeyStore): string {
  const known = store.of(base);
  const own = known.find((other) => other.variant === variant);
  if (own !== undefined) return own.key;
  const wantedNow = wanted.get(base) ?? new Set([variant]);
  const added = [...wantedNow].filter((other) => known.every((one) => one.variant !== other));
  const left = known.filter((one) => !wantedNow.has(one.variant));
  const [edited] = added.length === 1 && left.length === 1 ? left : [];
  const key = edited?.key ?? freeKey(base, variant, known);
  store.remember(base, { variant, key }, edited?.variant);
  return key;
}

function freeKey(base: string, variant: string, known: readonly KnownVariant[]): string {
  const isTaken = (key: string) => known.some((one) => one.key === key);
  let key = variant === '' ? base : stableHash([base, variant]);
  for (let count = 2; isTaken(key); count += 1) key = stableHash([base, variant, count]);
  return key;
}
