import { readdir, readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { isMap, parseDocument } from 'yaml';
import { BloggerError } from '../core/errors.ts';
import { writeFileAtomic } from '../util/files.ts';
import { nodeErrorCode } from '../util/node-errors.ts';

export interface ReviewedPost {
  readonly file: string;
  readonly title: string;
  readonly draft: boolean;
  /** `none`, or who decided what and when. */
  readonly review: string;
}

export interface ReviewDecision {
  readonly verdict: 'approve' | 'reject';
  readonly reviewer: string;
  /** ISO time. */
  readonly at: string;
  readonly note?: string;
}

export interface ReviewList {
  readonly posts: readonly ReviewedPost[];
  /** Markdown files without front matter, which hold no review. */
  readonly others: readonly string[];
}

/** Whether a person has yet to decide. */
export function isWaiting({ draft, review }: ReviewedPost): boolean {
  return draft && review === 'none';
}

/** The posts of a folder and where their review stands. */
export async function listForReview(out: string, cwd: string): Promise<ReviewList> {
  const folder = resolve(cwd, out);
  const names = await readdir(folder, { recursive: true }).catch((error: unknown) => {
    throw new BloggerError(
      `Expected a folder of posts, but ${folder} cannot be read (${nodeErrorCode(error) ?? 'unknown reason'})`,
      {
        code: 'NOT_FOUND',
        hint: 'Name it with --out.',
        cause: error,
      },
    );
  });
  const posts: ReviewedPost[] = [];
  const others: string[] = [];
  for (const name of names.filter((one) => one.endsWith('.md')).sort()) {
    const path = join(folder, name);
    const file = relative(cwd, path);
    const { document } = split(await readFile(path, 'utf8'));
    if (document === undefined) {
      others.push(file);
      continue;
    }
    posts.push({
      file,
      title: String(document.get('title') ?? ''),
      draft: document.get('draft') === true || document.get('published') === false,
      review: String(document.getIn(['provenance', 'review']) ?? 'none'),
    });
  }
  return { posts, others };
}

/** Writes the decision into the front matter: an approved post is no draft any more. The rest of the file stays as it is. */
export async function reviewPost(
  file: string,
  cwd: string,
  { verdict, reviewer, at, note }: ReviewDecision,
): Promise<void> {
  const path = resolve(cwd, file);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new BloggerError(
      `Expected a post, but ${file} cannot be read (${nodeErrorCode(error) ?? 'unknown reason'})`,
      {
        code: 'NOT_FOUND',
        hint: '`blogger review` lists the posts.',
        cause: error,
      },
    );
  });
  const { document, body } = split(text);
  if (document === undefined) {
    throw new BloggerError(`${path} was expected to begin with front matter between --- lines`, {
      code: 'USAGE',
      hint: 'Only Markdown posts with front matter can be reviewed; those of other formats have a page in the review folder beside them.',
    });
  }
  document.set('draft', verdict !== 'approve');
  if (document.has('published')) document.set('published', verdict === 'approve');
  document.setIn(
    ['provenance', 'review'],
    `${verdict === 'approve' ? 'approved' : 'rejected'} by ${reviewer} at ${at}${note === undefined ? '' : `: ${note}`}`,
  );
  await writeFileAtomic(path, `---\n${document.toString({ lineWidth: 0 })}---\n${body}`);
}

/** No document where there is no front matter. */
function split(text: string): {
  readonly document: ReturnType<typeof parseDocument> | undefined;
  readonly body: string;
} {
  const parts = /^---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/.exec(text);
  const document = parts === null ? undefined : parseDocument(parts[1] ?? '');
  const isFrontMatter = document !== undefined && document.errors.length === 0 && isMap(document.contents);
  return { document: isFrontMatter ? document : undefined, body: parts?.[2] ?? '' };
}
