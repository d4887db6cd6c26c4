import { rm } from 'node:fs/promises';
import { dirname, join, posix, relative } from 'node:path';
import type { Publisher } from '../../core/ports.ts';
import type { CheckedDraft } from '../../core/types.ts';
import { HELD, type Preset, plain } from '../../stages/publish/render/presets/preset.ts';
import { presetOf } from '../../stages/publish/render/presets/presets.ts';
import { zonedTime } from '../../stages/publish/render/zoned-time.ts';
import { isoNow } from '../../util/clock.ts';
import { sweepLeftovers } from '../../util/files/files.ts';
import { readFrontMatter } from '../../util/text/front-matter.ts';
import { linkLanguages } from './alternates.ts';
import { type ChooseSlug, createSlugChooser } from './choose-slug.ts';
import { type FileTargetOptions, factsOf, formOf, layoutOf, toPost } from './file-options.ts';
import { lookAt } from './look.ts';
import { mendSaved, resolveLink } from './mend-saved.ts';
import { isForeign, isThere, keepEdited, NameTaken, refuseEdited, saveOwn } from './own-files.ts';
import { type OwnPosts, openOwnPosts } from './own-posts.ts';
import { saveLists } from './save-lists.ts';
import { createTwinFinder, type FindTwin } from './twins.ts';

/** Saves posts as files, each whole or not at all; the same sources keep the same file, and what a person decided or edited stays. */
export function createFileTarget(options: FileTargetOptions): Publisher {
  const { records, out, format, emit } = options;
  const posts = openOwnPosts({ out, layout: layoutOf(options), format, records });
  let hasWarned = false; // once for all of them
  const chooseSlug = createSlugChooser({
    form: options.slug,
    isTaken: (slug, sourceKey) => records.isSlugTaken(slug, sourceKey),
    onForeign(path) {
      if (!hasWarned) emit(foreignPost(path));
      hasWarned = true;
    },
  });
  const findTwin = createTwinFinder();
  const sweep = onceEach(sweepLeftovers);

  /** Saves the post under a name that is free; where another project takes that name meanwhile, under the next one. */
  async function savePages(checked: CheckedDraft) {
    const { sourceKey } = checked.draft.brief;
    for (;;) {
      const place = await placeOf(checked, posts, { chooseSlug, findTwin }, options);
      const { pages, links } = await renderPages(checked, place, options);
      const former = place.names.map((name) => join(out, name)).filter((path) => !pages.has(path));
      const made: string[] = [];
      try {
        if (place.isNew) await refuseTaken([...pages.keys()], sourceKey, options);
        for (const path of [...pages.keys(), ...former]) await makeRoom(path, sourceKey, options);
        for (const [path, text] of pages) {
          await sweep(dirname(path));
          if (!(await isThere(path))) made.push(path);
          await saveOwn(path, text, sourceKey, options.files);
        }
        return { place, links, former };
      } catch (error) {
        if (!(error instanceof NameTaken)) throw error;
        for (const path of made) if (path !== error.message) await rm(path, { force: true });
      }
    }
  }

  return {
    async publish(checked, signal) {
      signal.throwIfAborted();
      const { brief } = checked.draft;
      const { place, links, former } = await savePages(checked);
      for (const path of former)
        if (!(await isForeign(path, brief.sourceKey, options.files))) await rm(path, { force: true });
      const post = toPost(checked, place);
      records.save({
        post,
        sourceKey: brief.sourceKey,
        layout: layoutOf(options),
        form: formOf(options),
        date: place.date,
        categories: brief.categories ?? [],
        ...(brief.translation === undefined ? {} : { translation: { key: brief.translation.key, lang: brief.lang } }),
        links,
      });
      return post;
    },
    async finish() {
      await mendSaved(options);
      await linkLanguages(options);
      if (format === 'html') await saveLists(options);
    },
    look: (brief) => lookAt(brief, posts, options),
  };
}

/** Throws `NameTaken` where somebody made a file of a new post's name since that name was chosen. */
async function refuseTaken(paths: readonly string[], sourceKey: string, { files }: FileTargetOptions): Promise<void> {
  for (const path of paths) if (await isForeign(path, sourceKey, files)) throw new NameTaken(path);
}

interface Place {
  readonly slug: string;
  /** Of the language, where there are several; else empty. */
  readonly folder: string;
  /** Below the output folder: where the post goes now, and the names that it may have had. */
  readonly file: string;
  readonly names: readonly string[];
  /** Of its page, seen from the output folder's. */
  readonly address: string;
  /** ISO time of the first save. */
  readonly date: string;
  readonly isHeld: boolean;
  /** No file of these sources is known yet. */
  readonly isNew: boolean;
}

async function placeOf(
  checked: CheckedDraft,
  posts: OwnPosts,
  { chooseSlug, findTwin }: { readonly chooseSlug: ChooseSlug; readonly findTwin: FindTwin },
  options: FileTargetOptions,
): Promise<Place> {
  const { brief, content, digest } = checked.draft;
  const { out, format, records, files, clock, timeZone, pages, reviewFolder } = options;
  const preset: Preset = format === 'md' ? presetOf(options.preset) : plain;
  const before = await posts.find(brief.sourceKey);
  const date = before?.record.date ?? records.bySourceKey(brief.sourceKey)?.date ?? isoNow(clock);
  const zoned = zonedTime(date, timeZone);
  const folder = brief.translation === undefined ? '' : brief.lang;
  const fileOf = (slug: string) => posix.join(folder, preset.file(slug, zoned, format));
  const addressOf = (slug: string, file: string) =>
    preset.address(file, { slug, date: zoned, categories: brief.categories ?? [] });
  const findForeign = async (slug: string) => {
    const file = fileOf(slug);
    const paths = [file, file + HELD].map((name) => join(out, name));
    if (reviewFolder !== undefined) paths.push(reviewFile(reviewFolder, posix.join(folder, slug)));
    for (const path of paths) if (await isForeign(path, brief.sourceKey, files)) return path;
    return (await findTwin(join(out, file))) ?? pages?.fileAt(addressOf(slug, file), file);
  };
  const slug =
    before?.record.post.slug ?? (await chooseSlug(content.slug || content.title, brief.sourceKey, findForeign, folder));
  const name = before?.record.post.file.replace(HELD, '') ?? fileOf(slug);
  const isHeld = checked.holdAsDraft || digest;
  const file = isHeld && preset.buildsDrafts === true ? name + HELD : name;
  return {
    slug,
    folder,
    file,
    names: [name, name + HELD],
    address: addressOf(slug, name),
    date,
    isHeld,
    isNew: before === undefined,
  };
}

/** The texts of a post's files by their paths, and the addresses in the blog that it links to. */
async function renderPages(checked: CheckedDraft, place: Place, options: FileTargetOptions) {
  const { out, timeZone, clock, reviewFolder } = options;
  const { address, slug, isHeld } = place;
  const times = { date: zonedTime(place.date, timeZone), lastmod: zonedTime(isoNow(clock), timeZone) };
  const facts = factsOf(checked, { address, slug, isHeld, ...times }, options);
  const { renderPost } = await import('../../stages/publish/render/render-post.ts'); // with the first post: a crawl has no use for it
  const text = await renderPost(checked, facts, address, options);
  const pages = new Map([[join(out, place.file), text]]);
  if (reviewFolder !== undefined && options.format === 'html') {
    const { renderReview } = await import('../../stages/publish/render/pages/render-review.ts');
    const path = reviewFile(reviewFolder, posix.join(place.folder, slug));
    pages.set(path, await renderReview(checked, relative(dirname(path), join(out, place.file)).replaceAll('\\', '/')));
  }
  return { pages, links: await linksIn(text, address, checked, options) };
}

async function linksIn(
  text: string,
  address: string,
  { related = [] }: CheckedDraft,
  { internalLinks, format }: FileTargetOptions,
): Promise<string[]> {
  if (internalLinks === 'off' || related.length === 0) return [];
  if (format === 'html')
    return related.flatMap((other) => (text.includes('<ul>') ? [other.address ?? other.path] : []));
  const { ownLinksOf } = await import('../../stages/publish/render/markdown/mend-links.ts');
  return ownLinksOf(readFrontMatter(text).body).map((link) => resolveLink(address, link));
}

/** What a person edited is left alone, or, where its place is wanted with `--force`, kept beside it. */
async function makeRoom(path: string, sourceKey: string, { force, files, emit }: FileTargetOptions): Promise<void> {
  if (!force) return await refuseEdited(path, sourceKey, files);
  const kept = await keepEdited(path, sourceKey, files);
  if (kept === undefined) return;
  emit({
    type: 'run:warning',
    code: 'FILE_KEPT',
    message: `${path} was edited after blogger wrote it: that version is kept in ${kept}, and the new text takes its place`,
    hint: 'Take over what you need from it, then delete it.',
  });
}

function reviewFile(folder: string, slug: string): string {
  return join(folder, `${slug}.html`);
}

function onceEach(work: (name: string) => Promise<void>): (name: string) => Promise<void> {
  const begun = new Map<string, Promise<void>>();
  return (name) => {
    const working = begun.get(name) ?? work(name);
    begun.set(name, working);
    return working;
  };
}

function foreignPost(path: string) {
  return {
    type: 'run:warning',
    code: 'FILE_KEPT',
    message: `${path} is there and blogger does not know it as its own: it is left alone, and the post is saved beside it with a number in its name`,
    hint: 'Keep one of the two if both say the same; the next runs know the new one.',
  } as const;
}
