import { join } from 'node:path';
import type { Standing } from '../../core/ports.ts';
import type { PostRecord } from '../../core/post-records.ts';
import type { Brief } from '../../core/types.ts';
import type { FileTargetOptions } from './file-options.ts';
import { formOf, layoutOf } from './file-options.ts';
import { isEdited } from './own-files.ts';
import type { FoundPost, OwnPosts } from './own-posts.ts';

/** What of a brief tells its post; the articles are kept where a change is offered. */
type Sought = Pick<Brief, 'key' | 'sourceKey' | 'categories'> & Partial<Pick<Brief, 'articles'>>;

/** Status of a post, read before anything is paid for it. A person's decision is in the post's file. */
export async function lookAt(brief: Sought, posts: OwnPosts, options: FileTargetOptions): Promise<Standing> {
  const found = await posts.find(brief.sourceKey);
  if (found === undefined) return { kind: 'due' };
  const standing = await judge(brief, found, posts, options);
  remember(brief, found.record, standing, options);
  return standing;
}

async function judge(
  brief: Pick<Brief, 'key' | 'sourceKey' | 'categories'>,
  { record, own, text }: FoundPost,
  posts: OwnPosts,
  options: FileTargetOptions,
): Promise<Standing> {
  const { post } = record;
  if (own === undefined || text === undefined)
    return (await posts.hasNeighbours(brief.sourceKey, post.file))
      ? { kind: 'kept', post, because: 'deleted' }
      : { kind: 'due' };
  const decision = /^(approved|rejected)\b/.exec(own.review)?.[1];
  const isTouched = isEdited(join(options.out, post.file), text, brief.sourceKey, options.files);
  const isSameText = post.key === brief.key;
  const isSameForm =
    record.form === formOf(options) && String(record.categories ?? []) === String(brief.categories ?? []);
  if (isSameText && (isSameForm || decision !== undefined || isTouched)) return { kind: 'unchanged', post };
  if (decision === 'rejected') return { kind: 'kept', post, because: 'rejected' };
  if (isTouched) return { kind: 'kept', post, because: 'edited' };
  if (decision === 'approved' && !options.updateApproved) return { kind: 'kept', post, because: 'approved' };
  return { kind: 'due' };
}

/** What was found in the files after the state folder was lost is known from now on; so is a change that a person may take. */
function remember(
  brief: Sought,
  record: PostRecord,
  standing: Standing,
  { records, ...options }: FileTargetOptions,
): void {
  if (standing.kind === 'due') return;
  const { offered: _, ...known } = { ...record, layout: layoutOf({ records, ...options }) };
  if (standing.kind === 'kept' && brief.articles !== undefined)
    options.texts?.keep(brief.sourceKey, 'offered', brief.articles);
  records.save(standing.kind === 'kept' ? { ...known, offered: brief.key } : known);
}
