import { readdir, readFile, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { parse } from 'yaml';

/** What a post is about, in few words. */
export interface PostText {
  readonly title: string;
  /** Description, tags and headings, a line each. */
  readonly text: string;
  readonly draft: boolean;
}

/** A Markdown file of a blog. */
export interface PostFile {
  /** Absolute path. */
  readonly file: string;
  /** Path within its folder. */
  readonly name: string;
}

/** What is to be kept of a file: with its text where it is not known as it is. */
export interface PostReading {
  readonly file: string;
  /** Size and time of the last change. */
  readonly stamp: string;
  readonly post: PostText | undefined;
}

/** The Markdown files of these folders, each once, in order. */
export async function listPosts(folders: readonly string[]): Promise<readonly PostFile[]> {
  const found = (await Promise.all(folders.map(listFolder))).flat();
  return [...new Map(found.map((post) => [post.file, post])).values()].sort((a, b) => (a.file < b.file ? -1 : 1));
}

async function listFolder(folder: string): Promise<readonly PostFile[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => []); // no folder yet: nothing to link to
  const isPost = (name: string) =>
    /\.(?:md|markdown)$/i.test(name) && !name.split(sep).some((part) => part.startsWith('.'));
  return names.filter(isPost).map((name) => ({ file: join(folder, name), name }));
}

/** A file that is known as it is costs no more than a look at its stamp. Undefined for a link that leads nowhere, and for what cannot be read. */
export async function readPost(
  { file, name }: PostFile,
  isKnown: (file: string, stamp: string) => boolean,
): Promise<PostReading | undefined> {
  const stats = await stat(file).catch(() => undefined);
  if (stats?.isFile() !== true) return undefined;
  const stamp = `${VERSION} ${stats.size} ${stats.mtimeMs}`;
  if (isKnown(file, stamp)) return { file, stamp, post: undefined };
  const markdown = await readFile(file, 'utf8').catch(() => undefined);
  return markdown === undefined ? undefined : { file, stamp, post: describePost(markdown, name) };
}

/** Stands for a post whose file says nothing of it: the same title and state are the same post. No file's stamp is like it. */
export function stampOfPost({ title, draft }: PostText): string {
  return `${VERSION} ${draft} ${title}`;
}

/** Title, description, tags and headings of a Markdown post; its name where it has no title. */
function describePost(markdown: string, name: string): PostText {
  const [, yaml = '', body = markdown] = /^---\r?\n([\s\S]*?)\r?\n---\r?\n?([\s\S]*)$/.exec(markdown) ?? [];
  const front = readFront(yaml);
  const headings = [...body.matchAll(/^#{1,3}\s+(.+)$/gm)].map((match) => match[1] ?? '');
  const tags = Array.isArray(front['tags']) ? front['tags'].map(String) : [];
  return {
    title: typeof front['title'] === 'string' ? front['title'] : (headings[0] ?? name),
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

/** Part of each stamp: another way of reading, or of telling words, reads all files anew. */
const VERSION = 2;
