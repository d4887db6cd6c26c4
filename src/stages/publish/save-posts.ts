import { access, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { BloggerError } from '../../core/errors.ts';
import type { Clock, Publisher } from '../../core/ports.ts';
import type { CheckedDraft, Post } from '../../core/types.ts';
import { isoNow } from '../../util/clock.ts';
import { sweepLeftovers } from '../../util/files.ts';
import { nodeErrorCode } from '../../util/node-errors.ts';
import { hashText } from '../../util/stable-hash.ts';
import { cleanLine } from './clean-text.ts';
import type { PostFacts } from './front-matter.ts';
import { type FrontMatterPreset, PRESET_TABLE } from './presets.ts';
import { webAddress } from './public-address.ts';
import type { LinkStyle } from './render-markdown.ts';
import type { PostFormat } from './render-post.ts';
import { saveFile } from './save-file.ts';
import { type SlugForm, slugOf, uniqueSlug } from './slug.ts';

/** What is remembered of a saved post, over runs. */
export interface PostRecord {
  readonly post: Post;
  readonly sourceKey: string;
  /** Hash of the file as we wrote it: a person's later edits show. */
  readonly fileHash: string;
  /** Form and layout it was saved in. */
  readonly form: string;
  /** ISO time of the first save. */
  readonly date: string;
  readonly categories?: readonly string[];
}

export interface PostRecords {
  byKey(key: string): PostRecord | undefined;
  bySourceKey(sourceKey: string): PostRecord | undefined;
  /** True when a post of other sources has this slug. */
  isSlugTaken(slug: string, sourceKey: string): boolean;
  save(record: PostRecord): void;
  list(): readonly PostRecord[];
}

export interface PublisherOptions {
  /** Absolute path of the output folder. */
  readonly out: string;
  readonly format: PostFormat;
  readonly preset: FrontMatterPreset;
  readonly slug: SlugForm;
  readonly internalLinks: LinkStyle;
  /** With `html`: a page beside each post that shows it next to its sources. */
  readonly reviewPages: boolean;
  /** Public address of the blog; canonical links go there, else to the source. */
  readonly siteUrl?: string;
  /** Overwrites what a person edited. */
  readonly force: boolean;
  /** Language of the index and the feed. */
  readonly lang: string;
  readonly generator: string;
  readonly runId: string;
  readonly records: PostRecords;
  readonly clock: Clock;
}

/** Saves posts as files, each whole or not at all; the same sources keep the same file. */
export function createPublisher(options: PublisherOptions): Publisher {
  const { records, out } = options;
  const swept = new Map<string, Promise<void>>();
  const sweepOnce = (folder: string) => {
    const sweeping = swept.get(folder) ?? sweepLeftovers(folder);
    swept.set(folder, sweeping);
    return sweeping;
  };
  /** Slugs of posts that are being saved: several are at once, and the records know only what is done. */
  const reserved = new Map<string, string>();
  const reserveSlug = (wished: string, sourceKey: string): string => {
    const slug = uniqueSlug(wished, (candidate) => records.isSlugTaken(candidate, sourceKey) || (reserved.get(candidate) ?? sourceKey) !== sourceKey);
    reserved.set(slug, sourceKey);
    return slug;
  };
  const form = `${out} ${options.format} ${options.preset} ${options.slug}`;
  return {
    async publish(checked, signal) {
      signal.throwIfAborted();
      const { brief } = checked.draft;
      const before = records.bySourceKey(brief.sourceKey);
      const sameForm = before?.form === form ? before : undefined;
      const wish = await slugOf(checked.draft.content.slug || checked.draft.content.title, options.slug);
      const slug = sameForm?.post.slug ?? reserveSlug(wish, brief.sourceKey);
      const now = isoNow(options.clock);
      const date = before?.date ?? now;
      const file = sameForm?.post.file ?? PRESET_TABLE[options.preset].file(slug, date, options.format);
      const facts = factsOf(checked, { slug, file, date, lastmod: now }, options);
      const { renderPost } = await import('./render-post.ts'); // with the first post: a crawl has no use for it
      const text = await renderPost(checked, facts, file, options);
      if (sameForm !== undefined && !options.force) await refuseEdited(join(out, file), sameForm.fileHash);
      await sweepOnce(dirname(join(out, file)));
      await saveFile(join(out, file), text);
      if (options.format === 'html' && options.reviewPages) {
        const { renderReview } = await import('./render-review.ts');
        await saveFile(join(out, reviewFileOf(slug)), await renderReview(checked, file));
      }
      const post = toPost(checked, slug, file, facts.draft);
      records.save({ post, sourceKey: brief.sourceKey, fileHash: hashText(text), form, date: facts.date, categories: brief.categories ?? [] });
      return post;
    },
    async finish() {
      if (options.format !== 'html') return;
      const remembered = records.list().filter((record) => record.form === form);
      if (remembered.length === 0) return;
      const there = await Promise.all(remembered.map(({ post }) => isThere(join(out, post.file))));
      const saved = remembered.filter((_, index) => there[index]); // a person may have taken some away
      const { renderFeed, renderIndex } = await import('./render-index.ts');
      const posts = saved.map(({ post, date }) => ({
        title: post.title,
        file: post.file,
        date,
        draft: post.draft,
        ...(options.reviewPages ? { reviewFile: reviewFileOf(post.slug) } : {}),
      }));
      await saveFile(join(out, 'index.html'), renderIndex(posts, options.lang, options.siteUrl !== undefined));
      // A feed names its posts by absolute addresses; without the blog's own there is none to name.
      if (options.siteUrl !== undefined) await saveFile(join(out, 'feed.xml'), renderFeed(posts, options.siteUrl, options.lang));
    },
    async find({ key, categories = [] }) {
      const record = records.byKey(key);
      if (record?.form !== form || String(record.categories ?? []) !== String(categories)) return undefined;
      return (await isThere(join(out, record.post.file))) ? record.post : undefined;
    },
  };
}

function factsOf(
  { draft: { brief, digest }, holdAsDraft }: CheckedDraft,
  { file, ...dates }: Pick<PostFacts, 'slug' | 'date' | 'lastmod'> & { readonly file: string },
  { siteUrl, generator, runId, format, preset }: PublisherOptions,
): PostFacts {
  const [source] = brief.articles;
  // A page of ours is its own address; of a generator's pages we know the generator's habit.
  const address = format === 'html' ? file : PRESET_TABLE[preset].address(dates.slug, dates.date, brief.categories ?? []);
  const own = siteUrl === undefined ? undefined : new URL(`./${encodeURI(address)}`, siteUrl.endsWith('/') ? siteUrl : `${siteUrl}/`).href;
  const canonicalUrl = own ?? webAddress(source.canonicalUrl ?? source.finalUrl);
  return { ...dates, draft: holdAsDraft || digest, ...(canonicalUrl === undefined ? {} : { canonicalUrl }), generator, runId };
}

function toPost({ draft, score }: CheckedDraft, slug: string, file: string, isDraft: boolean): Post {
  return {
    key: draft.brief.key,
    slug,
    title: cleanLine(draft.content.title),
    file,
    urls: draft.brief.entries.map(({ url }) => url),
    draft: isDraft,
    costUsd: draft.provenance.costUsd,
    ...(score === undefined ? {} : { score }),
  };
}

function reviewFileOf(slug: string): string {
  return `review/${slug}.html`;
}

/** A file that is not as we wrote it belongs to a person now. */
async function refuseEdited(path: string, fileHash: string): Promise<void> {
  const current = await readIfThere(path);
  if (current === undefined || hashText(current) === fileHash) return;
  throw new BloggerError(`${path} was expected to be as blogger wrote it, but it was edited since; it is left alone`, {
    code: 'CHECK_FAILED',
    hint: 'Move your version elsewhere, or overwrite it with --force.',
  });
}

async function isThere(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (nodeErrorCode(error) === 'ENOENT' || nodeErrorCode(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}
