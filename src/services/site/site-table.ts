import type { RelatedPost } from '../../core/types.ts';
import type { Db } from '../sqlite/db.ts';
import type { PostText } from './site-files.ts';
import { distinctiveWords } from './site-words.ts';

/** A post that shares words with the query. */
export interface SiteMatch extends Pick<RelatedPost, 'title' | 'draft' | 'terms' | 'address'> {
  readonly file: string;
}

/** Posts of the current blog and their word index; also keeps posts of other blogs that used the same state file. */
export interface SiteTable {
  /** True when the stored version of the file has this stamp. */
  knows(file: string, stamp: string): boolean;
  /** Stores a post and adds it to the index. */
  put(file: string, stamp: string, post: PostText): void;
  /** Differences between the index and this list of files. */
  misplaced(files: ReadonlySet<string>): readonly Misplaced[];
  /** Adds a stored post to the index, or removes it. */
  list(file: string, isListed: boolean): void;
  forget(file: string): void;
  /** The files of the blog whose pages have this address. */
  filesAt(address: string): readonly string[];
  /** True when a visible page of the blog has this address. */
  isShown(address: string): boolean;
  /** Number of posts that contain each word, counted up to `limit`. */
  postsWith(words: readonly string[], options: { readonly limit: number }): readonly WordCount[];
  /** The posts that share at least `atLeast` of the words, best first by BM25. */
  search(
    words: readonly string[],
    options: { readonly except: string; readonly atLeast: number; readonly limit: number },
  ): readonly SiteMatch[];
}

export interface Misplaced {
  readonly file: string;
  readonly isListed: boolean;
}

export interface WordCount {
  readonly word: string;
  readonly posts: number;
}

/** Opens the index in the state file; rebuilds one of an older format. */
export function openSiteTable(db: Db): SiteTable {
  const find = db.prepare('SELECT 1 FROM site_pages WHERE file = ? AND stamp = ?');
  const put = db.prepare(PUT);
  const all = db.prepare('SELECT file, listed FROM site_pages ORDER BY id');
  const list = db.prepare('UPDATE site_pages SET listed = ? WHERE file = ?');
  const forget = db.prepare('DELETE FROM site_pages WHERE file = ?');
  const at = db.prepare('SELECT file FROM site_pages WHERE address = ? AND listed = 1');
  const shown = db.prepare('SELECT 1 FROM site_pages WHERE address = ? AND listed = 1 AND draft = 0');
  const count = db.prepare(COUNT);
  const search = db.prepare(SEARCH);
  return {
    knows: (file, stamp) => find.get(file, stamp) !== undefined,
    put: (file, stamp, { title, text, draft, address }) =>
      void put.run(
        file,
        stamp,
        title,
        draft ? 1 : 0,
        address ?? '',
        distinctiveWords(title).join(' '),
        distinctiveWords(text).join(' '),
      ),
    misplaced(files) {
      const found: Misplaced[] = [];
      for (const { file, listed } of all.iterate() as Iterable<Listed>)
        if (files.has(file) !== (listed === 1)) found.push({ file, isListed: listed === 1 });
      return found;
    },
    list: (file, isListed) => void list.run(isListed ? 1 : 0, file),
    forget: (file) => void forget.run(file),
    filesAt: (address) => (at.all(address) as { file: string }[]).map(({ file }) => file),
    isShown: (address) => shown.get(address) !== undefined,
    postsWith: (words, { limit }) => count.all(limit, JSON.stringify(words)) as WordCount[],
    search: (words, { except, atLeast, limit }) =>
      (search.all(JSON.stringify(words), except, atLeast, limit) as Found[]).map(
        ({ file, title, draft, address, terms }) => ({
          file,
          title,
          draft: draft === 1,
          ...(address === '' ? {} : { address }),
          terms: words.filter((word) => terms.split(' ').includes(word)),
        }),
      ),
  };
}

interface Listed {
  readonly file: string;
  readonly listed: number;
}

interface Found {
  readonly file: string;
  readonly title: string;
  readonly draft: number;
  readonly address: string;
  readonly terms: string;
}

/** No `INSERT OR REPLACE`: the triggers below need the old row. */
const PUT = `INSERT INTO site_pages (file, stamp, title, draft, address, title_words, text_words, listed) VALUES (?, ?, ?, ?, ?, ?, ?, 1)
ON CONFLICT (file) DO UPDATE SET
  stamp = excluded.stamp, title = excluded.title, draft = excluded.draft, address = excluded.address, title_words = excluded.title_words, text_words = excluded.text_words, listed = 1`;

const QUOTED = `'"' || value || '"'`; // a word is letters and digits only
const COUNT = `SELECT value AS word, (SELECT count(*) FROM (SELECT 1 FROM site_page_words WHERE site_page_words MATCH ${QUOTED} LIMIT ?)) AS posts FROM json_each(?)`;

/** Queries each word separately, because the rank of a post is the sum of its words' ranks; title words count three times. */
const SEARCH = `
WITH hits AS MATERIALIZED (
  SELECT site_page_words.rowid AS id, bm25(site_page_words, 3, 1) AS rank, value AS word FROM json_each(?) CROSS JOIN site_page_words ON site_page_words MATCH ${QUOTED}
), best AS (
  SELECT id, sum(rank) AS rank, group_concat(word, ' ') AS terms FROM hits
  WHERE id IS NOT (SELECT id FROM site_pages WHERE file = ?) GROUP BY id HAVING count(*) >= ? ORDER BY rank, id LIMIT ?
)
SELECT file, title, draft, address, terms FROM best JOIN site_pages USING (id) ORDER BY rank, id`;
