import { readdir, readFile, stat } from 'node:fs/promises';
import { join, posix, relative, sep } from 'node:path';
import type Database from 'libsql';
import { parse } from 'yaml';
import { mapConcurrent } from '../../util/map-concurrent.ts';
import { inTransaction } from '../sqlite/in-transaction.ts';

/** What a post is about, in few words. */
export interface SitePost {
  /** Path relative to the output folder, with forward slashes. */
  readonly path: string;
  readonly title: string;
  /** Description, tags and headings, a line each. */
  readonly text: string;
  readonly draft: boolean;
}

export interface ReadPostsOptions {
  readonly folder: string;
  /** Folder that the paths are relative to. */
  readonly out: string;
  readonly db: Database.Database;
}

const FILES_AT_ONCE = 16;

/** The Markdown posts of a folder. A file that is as it was is not read again. */
export async function readPosts({ folder, out, db }: ReadPostsOptions): Promise<SitePost[]> {
  db.exec(TABLE);
  const known = new Map((db.prepare('SELECT file, stamp, post FROM site_posts WHERE folder = ?').all(folder) as Row[]).map((row) => [row.file, row]));
  const names = await readdir(folder, { recursive: true }).catch(() => []); // no folder yet: nothing to link to
  const files = names.filter((name) => /\.(?:md|markdown)$/i.test(name) && !name.split(sep).some((part) => part.startsWith('.'))).sort();
  const posts: SitePost[] = [];
  const read: Row[] = [];
  for await (const { row, isNew } of mapConcurrent(files, (file) => readRow(folder, file, known.get(file)), { concurrency: FILES_AT_ONCE })) {
    if (row === undefined) continue;
    if (isNew) read.push(row);
    const path = relative(out, join(folder, row.file)).split(sep).join(posix.sep);
    posts.push({ ...(JSON.parse(row.post) as Omit<SitePost, 'path'>), path }); // written below only
  }
  remember(db, folder, read, new Set(files));
  return posts.sort((a, b) => (a.path < b.path ? -1 : 1));
}

interface Row {
  readonly file: string;
  /** Size and time of the last change. */
  readonly stamp: string;
  readonly post: string;
}

/** No row for a link that leads nowhere, or a file that is gone by now. */
async function readRow(folder: string, file: string, known: Row | undefined): Promise<{ readonly row: Row | undefined; readonly isNew: boolean }> {
  const stats = await stat(join(folder, file)).catch(() => undefined);
  if (stats === undefined) return { row: undefined, isNew: false };
  const { size, mtimeMs } = stats;
  const stamp = `${VERSION} ${size} ${mtimeMs}`;
  if (known?.stamp === stamp) return { row: known, isNew: false };
  const post = describePost(await readFile(join(folder, file), 'utf8'), file);
  return { row: { file, stamp, post: JSON.stringify(post) }, isNew: true };
}

function remember(db: Database.Database, folder: string, read: readonly Row[], present: ReadonlySet<string>): void {
  const insert = db.prepare('INSERT OR REPLACE INTO site_posts (folder, file, stamp, post) VALUES (?, ?, ?, ?)');
  const remove = db.prepare('DELETE FROM site_posts WHERE folder = ? AND file = ?');
  const gone = (db.prepare('SELECT file FROM site_posts WHERE folder = ?').all(folder) as Row[]).filter(({ file }) => !present.has(file));
  inTransaction(db, () => {
    for (const { file, stamp, post } of read) insert.run(folder, file, stamp, post);
    for (const { file } of gone) remove.run(folder, file);
  });
}

/** Title, description, tags and headings of a Markdown post; its name where it has no title. */
export function describePost(markdown: string, file: string): Omit<SitePost, 'path'> {
  const [, yaml = '', body = markdown] = /^---\r?\n([\s\S]*?)\r?\n---\r?\n?([\s\S]*)$/.exec(markdown) ?? [];
  const front = readFront(yaml);
  const headings = [...body.matchAll(/^#{1,3}\s+(.+)$/gm)].map((match) => match[1] ?? '');
  const tags = Array.isArray(front['tags']) ? front['tags'].map(String) : [];
  return {
    title: typeof front['title'] === 'string' ? front['title'] : (headings[0] ?? file),
    text: [String(front['description'] ?? ''), ...tags, ...headings].join('\n'),
    draft: front['draft'] === true || front['published'] === false,
  };
}

/** A person's file may hold anything: what is not a map of YAML says nothing. */
function readFront(yaml: string): Readonly<Record<string, unknown>> {
  try {
    const front: unknown = parse(yaml, { maxAliasCount: 0 });
    return typeof front === 'object' && front !== null ? (front as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** Part of each stamp: another way of reading reads all files anew. */
const VERSION = 1;
const TABLE =
  'CREATE TABLE IF NOT EXISTS site_posts (folder TEXT NOT NULL, file TEXT NOT NULL, stamp TEXT NOT NULL, post TEXT NOT NULL, PRIMARY KEY (folder, file))';
