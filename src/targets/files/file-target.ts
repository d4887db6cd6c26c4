import { dirname, join } from 'node:path';
import type { Clock, Emit, Publisher } from '../../core/ports.ts';
import type { CheckedDraft, Post } from '../../core/types.ts';
import { cleanLine } from '../../stages/publish/render/clean-text.ts';
import type { PostFacts } from '../../stages/publish/render/front-matter.ts';
import type { LinkStyle } from '../../stages/publish/render/markdown/render-markdown.ts';
import { type FrontMatterPreset, PRESET_TABLE } from '../../stages/publish/render/presets.ts';
import { webAddress } from '../../stages/publish/render/public-address.ts';
import type { PostFormat } from '../../stages/publish/render/render-post.ts';
import { type SlugForm, slugOf, uniqueSlug } from '../../stages/publish/render/slug.ts';
import { isoNow } from '../../util/clock.ts';
import { sweepLeftovers } from '../../util/files.ts';
import { isForeign, isThere, type OwnFiles, refuseEdited, saveOwn } from './own-files.ts';
import { saveLists } from './save-lists.ts';

/** What is remembered of a saved post, over runs. */
export interface PostRecord {
  readonly post: Post;
  readonly sourceKey: string;
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
  /** Overwrites what a person edited, and an index or a feed of somebody else's. */
  readonly force: boolean;
  /** Language of the index and the feed. */
  readonly lang: string;
  readonly generator: string;
  readonly runId: string;
  readonly records: PostRecords;
  readonly files: OwnFiles;
  readonly clock: Clock;
  readonly emit: Emit;
}

/** Saves posts as files, each whole or not at all; the same sources keep the same file. */
export function createPublisher(options: PublisherOptions): Publisher {
  const { records, files, out } = options;
  const swept = new Map<string, Promise<void>>();
  const sweepOnce = (folder: string) => {
    const sweeping = swept.get(folder) ?? sweepLeftovers(folder);
    swept.set(folder, sweeping);
    return sweeping;
  };
  /** Slugs of posts that are being saved: several are at once, and the records know only what is done. */
  const reserved = new Map<string, string>();
  const reserveSlug = (wished: string, sourceKey: string, isTaken: (slug: string) => boolean): string => {
    const isOthers = (candidate: string) =>
      records.isSlugTaken(candidate, sourceKey) || (reserved.get(candidate) ?? sourceKey) !== sourceKey;
    const slug = uniqueSlug(wished, (candidate) => isTaken(candidate) || isOthers(candidate));
    reserved.set(slug, sourceKey);
    return slug;
  };
  let hasWarned = false; // once for all of them
  /** A slug whose files are nobody else's. It is reserved before they are looked for, since others look at the same time. */
  const freeSlug = async (
    wished: string,
    sourceKey: string,
    filesOf: (slug: string) => readonly string[],
  ): Promise<string> => {
    const foreign = new Set<string>();
    for (;;) {
      const slug = reserveSlug(wished, sourceKey, (candidate) => foreign.has(candidate));
      const there = await Promise.all(filesOf(slug).map((file) => isForeign(join(out, file), sourceKey, files)));
      if (!there.includes(true)) return slug;
      foreign.add(slug);
      if (!hasWarned) options.emit(foreignPost(join(out, filesOf(slug)[there.indexOf(true)] ?? slug)));
      hasWarned = true;
    }
  };
  const hasReview = options.format === 'html' && options.reviewPages;
  const form = `${out} ${options.format} ${options.preset} ${options.slug}`;
  return {
    async publish(checked, signal) {
      signal.throwIfAborted();
      const { brief } = checked.draft;
      const before = records.bySourceKey(brief.sourceKey);
      const sameForm = before?.form === form ? before : undefined;
      const wish = await slugOf(checked.draft.content.slug || checked.draft.content.title, options.slug);
      const now = isoNow(options.clock);
      const date = before?.date ?? now;
      const fileOf = (name: string) => PRESET_TABLE[options.preset].file(name, date, options.format);
      const slug =
        sameForm?.post.slug ??
        (await freeSlug(wish, brief.sourceKey, (name) => [fileOf(name), ...(hasReview ? [reviewFileOf(name)] : [])]));
      const file = sameForm?.post.file ?? fileOf(slug);
      const facts = factsOf(checked, { slug, file, date, lastmod: now }, options);
      const { renderPost } = await import('../../stages/publish/render/render-post.ts'); // with the first post: a crawl has no use for it
      const pages = new Map([[join(out, file), await renderPost(checked, facts, file, options)]]);
      if (hasReview) {
        const { renderReview } = await import('../../stages/publish/render/pages/render-review.ts');
        pages.set(join(out, reviewFileOf(slug)), await renderReview(checked, file));
      }
      if (!options.force) for (const path of pages.keys()) await refuseEdited(path, brief.sourceKey, files);
      for (const [path, text] of pages) {
        await sweepOnce(dirname(path));
        await saveOwn(path, text, brief.sourceKey, files);
      }
      const post = toPost(checked, slug, file, facts.draft);
      records.save({ post, sourceKey: brief.sourceKey, form, date: facts.date, categories: brief.categories ?? [] });
      return post;
    },
    async finish() {
      if (options.format !== 'html') return;
      const remembered = records.list().filter((record) => record.form === form);
      if (remembered.length === 0) return;
      const there = await Promise.all(remembered.map(({ post }) => isThere(join(out, post.file))));
      const saved = remembered.filter((_, index) => there[index]); // a person may have taken some away
      const posts = saved.map(({ post, date }) => ({
        title: post.title,
        file: post.file,
        date,
        draft: post.draft,
        ...(options.reviewPages ? { reviewFile: reviewFileOf(post.slug) } : {}),
      }));
      await saveLists(posts, options);
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
  const address =
    format === 'html' ? file : PRESET_TABLE[preset].address(dates.slug, dates.date, brief.categories ?? []);
  const own =
    siteUrl === undefined
      ? undefined
      : new URL(`./${encodeURI(address)}`, siteUrl.endsWith('/') ? siteUrl : `${siteUrl}/`).href;
  const canonicalUrl = own ?? webAddress(source.canonicalUrl ?? source.finalUrl);
  return {
    ...dates,
    draft: holdAsDraft || digest,
    ...(canonicalUrl === undefined ? {} : { canonicalUrl }),
    generator,
    runId,
  };
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

function foreignPost(path: string) {
  return {
    type: 'run:warning',
    code: 'FILE_KEPT',
    message: `${path} is there and blogger does not know it as its own: it is left alone, and the post is saved beside it with a number in its name`,
    hint: 'If it is an earlier post that was edited and whose state folder is gone, keep one of the two; the next runs know the new one.',
  } as const;
}
