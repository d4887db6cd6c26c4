/** Writes what a look at a watched source found. */

import type { LookOutcome, SourceLook } from '../../core/ports.ts';
import type { Db } from '../sqlite/db.ts';

const DAY_MS = 86_400_000;
/** A schedule is never exact: a feed that asks for an hour is due a little earlier. What its server says of the answer is exact. */
const EARLY = 0.9;

export function recordLook(db: Db, { url, kind, title, movedTo, outcome }: SourceLook, now: number): void {
  db.prepare('INSERT OR IGNORE INTO watched_sources (url, kind, looked_at, due_at) VALUES (?, ?, ?, 0)').run(
    url,
    kind,
    now,
  );
  if (outcome.kind === 'failed') recordFailure(db, url, outcome, now);
  if (outcome.kind === 'unchanged')
    db.prepare(
      'UPDATE watched_sources SET looked_at = ?, due_at = ? + max(interval_ms, ?), last_new = 0, failures = 0, error_code = NULL, error_message = NULL WHERE url = ?',
    ).run(now, now, Math.min(outcome.freshMs ?? 0, DAY_MS), url);
  if (outcome.kind === 'read') {
    recordItems(db, url, outcome, now);
    recordRead(db, { url, kind, title }, outcome, now);
  }
  if (outcome.kind === 'read' || outcome.kind === 'unchanged')
    db.prepare('UPDATE watched_sources SET moved_to = ? WHERE url = ?').run(movedTo ?? null, url);
}

function recordFailure(db: Db, url: string, failed: OutcomeOf<'failed'>, now: number): void {
  const dueAt = failed.retryAfterMs === undefined ? 0 : now + Math.min(failed.retryAfterMs, DAY_MS);
  db.prepare(
    'UPDATE watched_sources SET looked_at = ?, due_at = ?, failures = failures + 1, last_new = 0, error_code = ?, error_message = ? WHERE url = ?',
  ).run(now, dueAt, failed.code, failed.message, url);
}

function recordRead(
  db: Db,
  { url, kind, title }: { readonly url: string; readonly kind: string; readonly title: string | undefined },
  { validators, taken, intervalMs: statedMs = 0, freshMs = 0, isEmpty = false }: OutcomeOf<'read'>,
  now: number,
): void {
  const intervalMs = Math.max(Math.min(statedMs, DAY_MS) * EARLY, Math.min(freshMs, DAY_MS));
  db.prepare(
    `UPDATE watched_sources SET kind = ?, title = ?, etag = ?, last_modified = ?, looked_at = ?, read_at = coalesce(?, read_at), interval_ms = ?, due_at = ?,
      last_new = ?, failures = 0, error_code = NULL, error_message = NULL WHERE url = ?`,
  ).run(
    kind,
    title ?? null,
    validators.etag ?? null,
    validators.lastModified ?? null,
    now,
    isEmpty ? null : now,
    intervalMs,
    now + intervalMs,
    taken.length,
    url,
  );
}

function recordItems(db: Db, source: string, { taken, passed }: OutcomeOf<'read'>, now: number): void {
  const addKey = db.prepare('INSERT OR IGNORE INTO watched_keys (key, source) VALUES (?, ?)');
  const addItem = db.prepare(
    "INSERT OR IGNORE INTO watched_items (source, id, url, payload, state, attempts, taken_at) VALUES (?, ?, ?, ?, 'taken', 0, ?)",
  );
  for (const key of passed) addKey.run(key, source);
  for (const item of taken) {
    for (const key of item.keys) addKey.run(key, source);
    addItem.run(source, item.keys[0] ?? item.entry.url, item.entry.url, JSON.stringify(item), now);
  }
}

type OutcomeOf<Kind extends LookOutcome['kind']> = Extract<LookOutcome, { readonly kind: Kind }>;
