/**
 * Persistent hash table keyed by host name, for pure reducers: an update copies two short arrays, not the whole table.
 */

type Bucket<T> = readonly (readonly [name: string, value: T])[];
type Branch<T> = readonly (Bucket<T> | undefined)[];

export type HostTable<T> = readonly (Branch<T> | undefined)[];

const WIDTH = 64;
const MASK = WIDTH - 1;
const BITS = 6;

export function putHost<T>(table: HostTable<T>, name: string, change: (value: T | undefined) => T): HostTable<T> {
  const hash = hashOf(name);
  const high = (hash >>> BITS) & MASK;
  const low = hash & MASK;
  const branch = table[high] ?? [];
  const bucket = branch[low] ?? [];
  const at = bucket.findIndex(([known]) => known === name);
  const entry = [name, change(bucket[at]?.[1])] as const;
  return replaced(table, high, replaced(branch, low, at === -1 ? [...bucket, entry] : replaced(bucket, at, entry)));
}

/** All hosts as a record, in no particular order. */
export function hostRecord<T>(table: HostTable<T>): Record<string, T> {
  return Object.fromEntries(table.flatMap((branch) => (branch ?? []).flatMap((bucket) => bucket ?? [])));
}

function replaced<T>(list: readonly T[], at: number, item: T): T[] {
  const copy = list.slice();
  copy[at] = item;
  return copy;
}

/** FNV-1a. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return hash ^ (hash >>> 15);
}
