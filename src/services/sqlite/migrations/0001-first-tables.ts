import type { Db } from '../db.ts';
import { DROP_LEDGER_SUMS, LEDGER_SUMS } from './0001-ledger-sums.ts';

/**
 * The tables of 0.1.0. A store of that time has no version, and its tables were created when they were first needed: each may be
 * missing, or lack a column that was added later.
 */
export function createFirstTables(db: Db): void {
  for (const sql of [DROP_LEDGER_SUMS, LEDGER, BATCHES, RUNS, POSTS, JOBS, CACHE, SITE, SOURCES]) db.exec(sql);
  if (addColumn(db, 'ledger_calls', "work_id TEXT NOT NULL DEFAULT ''"))
    db.exec('UPDATE ledger_calls SET work_id = run_id');
  addColumn(db, 'shards', 'intended_at INTEGER NOT NULL DEFAULT 0');
  db.exec(LEDGER_SUMS);
}

/** False when the table has the column already. */
function addColumn(db: Db, table: string, column: string): boolean {
  const columns = db.prepare(`PRAGMA table_info(${table})`).all() as readonly { readonly name: string }[];
  if (columns.some(({ name }) => column.startsWith(`${name} `))) return false;
  db.exec(`ALTER TABLE ${table} ADD COLUMN ${column}`);
  return true;
}

/**
 * `lost_usd`: cost of earlier attempts of the same call whose outcome never became known; it stays spent. `run_id`: the run that
 * settled the call. `work_id`: the work whose cap applies. `ledger_holds`: money reserved for later calls of a post, across runs.
 */
const LEDGER = `
CREATE TABLE IF NOT EXISTS ledger_calls (
  id TEXT PRIMARY KEY,
  run_id TEXT NOT NULL,
  work_id TEXT NOT NULL DEFAULT '',
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  tier TEXT NOT NULL,
  state TEXT NOT NULL,
  reserved_usd REAL,
  cost_usd REAL,
  lost_usd REAL NOT NULL DEFAULT 0,
  usage TEXT,
  reply TEXT,
  at INTEGER NOT NULL,
  pid INTEGER
);
CREATE INDEX IF NOT EXISTS ledger_calls_run ON ledger_calls (run_id, state);
CREATE TABLE IF NOT EXISTS ledger_holds (holder TEXT PRIMARY KEY, work_id TEXT NOT NULL, usd REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS works (id TEXT PRIMARY KEY, list TEXT NOT NULL, cap_usd REAL, state TEXT NOT NULL, touched_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS works_list ON works (list, touched_at);
`;

const BATCHES = `
CREATE TABLE IF NOT EXISTS shards (id TEXT PRIMARY KEY, provider TEXT NOT NULL, model TEXT NOT NULL, batch_id TEXT, attempt INTEGER NOT NULL, state TEXT NOT NULL, intended_at INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS shard_requests (request_id TEXT PRIMARY KEY, shard_id TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS shard_requests_shard ON shard_requests (shard_id);
`;

const RUNS = `
CREATE TABLE IF NOT EXISTS runs (id TEXT PRIMARY KEY, started_at INTEGER NOT NULL, ended_at INTEGER, head TEXT NOT NULL, summary TEXT, stopped_by TEXT);
CREATE TABLE IF NOT EXISTS run_details (id TEXT PRIMARY KEY, details TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS run_stops (id TEXT PRIMARY KEY);
CREATE INDEX IF NOT EXISTS runs_started ON runs (started_at);
CREATE TABLE IF NOT EXISTS folder_lock (id INTEGER PRIMARY KEY CHECK (id = 1), host TEXT NOT NULL, pid INTEGER NOT NULL, run_id TEXT NOT NULL, at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS queue_run (id INTEGER PRIMARY KEY CHECK (id = 1), project_id TEXT NOT NULL, started_at INTEGER NOT NULL, open INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS anew (reason TEXT PRIMARY KEY, name TEXT NOT NULL, begun_at INTEGER NOT NULL);
`;

const POSTS = `
CREATE TABLE IF NOT EXISTS posts (source_key TEXT PRIMARY KEY, key TEXT NOT NULL, slug TEXT NOT NULL, record TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS posts_key ON posts (key);
CREATE INDEX IF NOT EXISTS posts_slug ON posts (slug);
CREATE TABLE IF NOT EXISTS own_files (path TEXT PRIMARY KEY, file TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS source_keys (base TEXT NOT NULL, variant TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (base, variant)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS copies (content_hash TEXT PRIMARY KEY, primary_hash TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS publications (target TEXT NOT NULL, key TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (target, key));
CREATE TABLE IF NOT EXISTS published_pictures (target TEXT NOT NULL, key TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (target, key));
`;

const JOBS = `
CREATE TABLE IF NOT EXISTS jobs (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  run_id TEXT NOT NULL,
  status TEXT NOT NULL,
  priority INTEGER NOT NULL,
  payload TEXT NOT NULL,
  result TEXT,
  error TEXT,
  attempts INTEGER NOT NULL,
  max_attempts INTEGER NOT NULL,
  percent REAL NOT NULL,
  message TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  run_at INTEGER NOT NULL,
  lease_until INTEGER,
  worker TEXT,
  cancel_requested INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS job_history (
  job_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  status TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  worker TEXT,
  error TEXT
);
CREATE INDEX IF NOT EXISTS job_history_of ON job_history (job_id);
CREATE TRIGGER IF NOT EXISTS job_added AFTER INSERT ON jobs BEGIN
  INSERT INTO job_history VALUES (new.id, new.updated_at, new.status, new.attempts, new.worker, new.error);
END;
CREATE TRIGGER IF NOT EXISTS job_moved AFTER UPDATE OF status ON jobs WHEN old.status <> new.status OR old.worker IS NOT new.worker BEGIN
  INSERT INTO job_history VALUES (new.id, new.updated_at, new.status, new.attempts, new.worker, new.error);
END;
CREATE TRIGGER IF NOT EXISTS job_forgotten AFTER DELETE ON jobs BEGIN
  DELETE FROM job_history WHERE job_id = old.id;
END;
CREATE INDEX IF NOT EXISTS jobs_next ON jobs (status, priority, created_at, id);
CREATE INDEX IF NOT EXISTS jobs_run ON jobs (run_id, status);
`;

/** Values are in the last column and sizes have an index, so that counting and evicting do not read values. */
const CACHE = `
DROP TABLE IF EXISTS cache_entries;
CREATE TABLE IF NOT EXISTS cache_values (
  key TEXT PRIMARY KEY,
  bytes INTEGER NOT NULL,
  expires INTEGER,
  at INTEGER NOT NULL,
  used_at INTEGER NOT NULL,
  value BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS cache_values_expires ON cache_values (expires) WHERE expires IS NOT NULL;
CREATE INDEX IF NOT EXISTS cache_values_use ON cache_values (used_at, at, bytes);
CREATE TABLE IF NOT EXISTS cache_waiting (key TEXT PRIMARY KEY, until INTEGER, stamp INTEGER NOT NULL) WITHOUT ROWID;
`;

/** Words are prepared beforehand: the `ascii` tokenizer only splits at spaces. The dropped tables are earlier formats. */
const SITE = `
DROP TABLE IF EXISTS site_posts; DROP TABLE IF EXISTS site_texts; DROP TABLE IF EXISTS site_words;
CREATE TABLE IF NOT EXISTS site_pages (
  id INTEGER PRIMARY KEY, file TEXT NOT NULL UNIQUE, stamp TEXT NOT NULL, title TEXT NOT NULL, draft INTEGER NOT NULL, address TEXT NOT NULL,
  title_words TEXT NOT NULL, text_words TEXT NOT NULL, listed INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS site_pages_address ON site_pages (address);
CREATE VIRTUAL TABLE IF NOT EXISTS site_page_words USING fts5(title_words, text_words, content='', tokenize='ascii');
CREATE TRIGGER IF NOT EXISTS site_pages_added AFTER INSERT ON site_pages BEGIN
  INSERT INTO site_page_words (rowid, title_words, text_words) SELECT NEW.id, NEW.title_words, NEW.text_words WHERE NEW.listed;
END;
CREATE TRIGGER IF NOT EXISTS site_pages_gone AFTER DELETE ON site_pages BEGIN
  INSERT INTO site_page_words (site_page_words, rowid, title_words, text_words) SELECT 'delete', OLD.id, OLD.title_words, OLD.text_words WHERE OLD.listed;
END;
CREATE TRIGGER IF NOT EXISTS site_pages_changed AFTER UPDATE OF title_words, text_words, listed ON site_pages BEGIN
  INSERT INTO site_page_words (site_page_words, rowid, title_words, text_words) SELECT 'delete', OLD.id, OLD.title_words, OLD.text_words WHERE OLD.listed;
  INSERT INTO site_page_words (rowid, title_words, text_words) SELECT NEW.id, NEW.title_words, NEW.text_words WHERE NEW.listed;
END;
`;

const SOURCES = `
CREATE TABLE IF NOT EXISTS watched_sources (
  url TEXT PRIMARY KEY, kind TEXT NOT NULL, title TEXT, etag TEXT, last_modified TEXT,
  looked_at INTEGER NOT NULL, read_at INTEGER, interval_ms INTEGER NOT NULL DEFAULT 0, due_at INTEGER NOT NULL,
  last_new INTEGER NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0, error_code TEXT, error_message TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS watched_keys (key TEXT NOT NULL, source TEXT NOT NULL, PRIMARY KEY (key, source)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS watched_items (
  source TEXT NOT NULL, id TEXT NOT NULL, url TEXT NOT NULL, payload TEXT NOT NULL, state TEXT NOT NULL,
  attempts INTEGER NOT NULL, taken_at INTEGER NOT NULL, PRIMARY KEY (source, id)
);
CREATE INDEX IF NOT EXISTS watched_items_by_url ON watched_items (url);
`;
