import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { changesWithTime, describeFront, isHeldByName, isShown, type PostFront } from '../../core/post-front.ts';
import { walkFiles } from '../../util/files/walk-files.ts';
import { readFrontMatter } from '../../util/front/front-matter.ts';

/** Summary of a post for the index. */
export interface PostText {
  readonly title: string;
  /** Description, tags and headings, a line each. */
  readonly text: string;
  /** Not visible to readers: a draft, scheduled, expired or not built. */
  readonly draft: boolean;
  /** URL of its page relative to that of the output folder; undefined when it is the file's own path. */
  readonly address?: string | undefined;
}

/** A Markdown file of a blog. */
export interface PostFile {
  /** Absolute path. */
  readonly file: string;
  /** Path within its folder. */
  readonly name: string;
  /** In the folder that blogger writes to: there a file without front matter may be a post, elsewhere it is documentation. */
  readonly isOut: boolean;
}

/** Index entry of a file; with its text when it is new or changed. */
export interface PostReading {
  readonly file: string;
  /** Size and modification time. */
  readonly stamp: string;
  readonly post: PostText | undefined;
}

export interface ReadOptions {
  readonly isKnown: (file: string, stamp: string) => boolean;
  /** URL of the page that the generator builds from a file. */
  readonly addressOf: (file: string, front: PostFront) => string | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The Markdown files of these folders, each once, in order. */
export async function listPosts(site: string | undefined, out: string): Promise<readonly PostFile[]> {
  const found = [...(site === undefined ? [] : await listFolder(site, false)), ...(await listFolder(out, true))];
  return [...new Map(found.map((post) => [post.file, post])).values()].sort((a, b) => (a.file < b.file ? -1 : 1));
}

async function listFolder(folder: string, isOut: boolean): Promise<readonly PostFile[]> {
  const names = await walkFiles(folder, (name) => /\.(?:md|markdown|mdx)$/i.test(name));
  return names.map((name) => ({ file: join(folder, name), name, isOut }));
}

/** An unchanged file costs one `stat`. Undefined for files that are not posts or cannot be read. */
export async function readPost(
  { file, name, isOut }: PostFile,
  { isKnown, addressOf, now }: ReadOptions,
): Promise<PostReading | undefined> {
  const stats = await stat(file).catch(() => undefined);
  if (stats?.isFile() !== true) return undefined;
  const stamp = `${VERSION} ${stats.size} ${stats.mtimeMs}`;
  if (isKnown(file, stamp)) return { file, stamp, post: undefined };
  const markdown = await readFile(file, 'utf8').catch(() => undefined);
  if (markdown === undefined) return undefined;
  const { syntax, data, body } = readFrontMatter(markdown);
  if (syntax === 'none' && !isOut) return undefined;
  const front = describeFront(data);
  const headings = await readHeadings(body);
  const post = {
    title: front.title ?? headings[0] ?? name,
    text: [front.description ?? '', ...front.tags, ...headings].join('\n'),
    draft: !isShown(front, now) || isHeldByName(name),
    address: addressOf(file, front),
  };
  // Posts whose visibility depends on time are read again by each run.
  return { file, stamp: changesWithTime(front, now) ? `${stamp} until ${now}` : stamp, post };
}

/** Stamp of a post known from records only: title and state identify it. Differs from every file's stamp. */
export function stampOfPost({ title, draft, address = '' }: PostText): string {
  return `${VERSION} ${draft} ${address} ${title}`;
}

async function readHeadings(body: string): Promise<string[]> {
  // Possibly a heading; the parser decides, because it may be in a code block.
  if (!/^ {0,3}(?:#{1,3}\s|[-=]+\s*$)/m.test(body)) return [];
  const { boundedMarkdown, headingsOf, parseBounded } = await import('../../util/text/markdown.ts');
  return headingsOf(parseBounded(boundedMarkdown(body)))
    .filter(({ depth }) => depth <= 3)
    .map(({ text }) => text);
}

/** Part of each stamp: a new version of the reader or of the word splitter reads all files again. */
const VERSION = 4;
