import type { Db } from '../sqlite/db.ts';

export interface WaitingKey {
  readonly key: string;
  /** Expiry in milliseconds since the epoch. */
  readonly until: number | undefined;
}

/** An entry being pushed; `stamp` distinguishes it from a later write of the same key. */
export interface WaitingTurn extends WaitingKey {
  readonly stamp: number;
}

/** Keys written or deleted during an outage that the shared store has not received yet. */
export interface Waiting {
  /** False only if there are none. */
  readonly any: boolean;
  add(entry: WaitingKey): void;
  has(key: string): boolean;
  delete(key: string): void;
  /** Returns one pending entry. */
  next(): WaitingTurn | undefined;
  /** Removes a pushed entry, unless its key was written again since. */
  pushed(turn: WaitingTurn): void;
  count(): number;
  clear(): void;
}

/** In memory: lives as long as the in-memory values. */
export function waitInMemory(): Waiting {
  const keys = new Map<string, WaitingTurn>();
  let stamps = 0;
  return {
    get any() {
      return keys.size > 0;
    },
    add({ key, until }) {
      stamps += 1;
      keys.set(key, { key, until, stamp: stamps });
    },
    has: (key) => keys.has(key),
    delete: (key) => void keys.delete(key),
    next() {
      for (const turn of keys.values()) return turn;
      return undefined;
    },
    pushed({ key, stamp }) {
      if (keys.get(key)?.stamp === stamp) keys.delete(key);
    },
    count: () => keys.size,
    clear: () => keys.clear(),
  };
}

/** In the state file: if the process ends before the shared store is back, the next one pushes them. */
export function waitInFile(db: Db): Waiting {
  const first = db.prepare('SELECT key, until, stamp FROM cache_waiting LIMIT 1');
  const found = db.prepare('SELECT 1 FROM cache_waiting WHERE key = ?');
  const add = db.prepare(
    'INSERT INTO cache_waiting (key, until, stamp) VALUES (?, ?, abs(random() % 1000000007)) ON CONFLICT (key) DO UPDATE SET until = excluded.until, stamp = excluded.stamp',
  );
  const remove = db.prepare('DELETE FROM cache_waiting WHERE key = ?');
  const removeTurn = db.prepare('DELETE FROM cache_waiting WHERE key = ? AND stamp = ?');
  // Checked after every answer of the shared store, so it is cached here.
  let any = first.get() !== undefined;
  return {
    get any() {
      return any;
    },
    add({ key, until }) {
      any = true;
      add.run(key, until ?? null);
    },
    has: (key) => any && found.get(key) !== undefined,
    delete(key) {
      if (any) remove.run(key);
    },
    next() {
      const row = first.get() as
        | { readonly key: string; readonly until: number | null; readonly stamp: number }
        | undefined; // the table above
      any = row !== undefined;
      return row === undefined ? undefined : { key: row.key, until: row.until ?? undefined, stamp: row.stamp };
    },
    pushed({ key, stamp }) {
      removeTurn.run(key, stamp);
    },
    count: () => (db.prepare('SELECT count(*) AS count FROM cache_waiting').get() as { readonly count: number }).count,
    clear() {
      any = false;
      db.exec('DELETE FROM cache_waiting');
    },
  };
}
