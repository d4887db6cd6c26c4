import { rm } from 'node:fs/promises';
import { dirname, join, posix, relative } from 'node:path';
import { BloggerError } from '../../core/errors.ts';
import type { Publisher } from '../../core/ports.ts';
import type { PostRecord } from '../../core/post-records.ts';
import type { CheckedDraft } from '../../core/types.ts';
import type { NamedPicture } from '../../stages/publish/render/front-matter.ts';
import { HELD, type Preset, plain } from '../../stages/publish/render/presets/preset.ts';
import { presetOf } from '../../stages/publish/render/presets/presets.ts';
import { zonedTime } from '../../stages/publish/render/zoned-time.ts';
import { isoNow } from '../../util/clock.ts';
import { sweepLeftovers } from '../../util/files/files.ts';
import { readFrontMatter } from '../../util/front/front-matter.ts';
import { linkLanguages } from './alternates.ts';
import { type ChooseSlug, createSlugChooser } from './choose-slug.ts';
import { type FileTargetOptions, factsOf, formOf, layoutOf, toPost } from './file-options.ts';
import { lookAt } from './look.ts';
import { isForeign, isThere, keepTouched, NameTaken, refuseEdited, saveOwn } from './own-files.ts';
import { type OwnPosts, openOwnPosts } from './own-posts.ts';
import {
  pictureAddress,
  pictureName,
  pictureNameIn,
  picturePlaces,
  placePicture,
  placePictures,
  savePicture,
} from './pictures.ts';
import { saveLists } from './save-lists.ts';
import { createTwinFinder, type FindTwin } from './twins.ts';
import { resolveLink, updateSavedLinks } from './update-saved-links.ts';

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
  const saving = { posts, chooseSlug, findTwin: createTwinFinder(), sweep: onceEach(sweepLeftovers) };
  return {
    async publish(checked, signal) {
      signal.throwIfAborted();
      const { sourceKey } = checked.draft.brief;
      const saved = await savePages(checked, saving, options);
      for (const path of saved.former)
        if (!(await isForeign(path, sourceKey, options.files))) await rm(path, { force: true });
      const { formerPicture } = saved.place;
      if (formerPicture !== undefined && formerPicture !== saved.picture)
        await placePicture(formerPicture, 'gone', picturePlaces(options));
      const record = recordOf(checked, saved, options);
      records.save(record);
      options.texts?.keep(sourceKey, 'written', checked.draft.brief.articles);
      return record.post;
    },
    async finish() {
      await updateSavedLinks(options);
      await linkLanguages(options);
      await placePictures(options);
      if (format === 'html') await saveLists(options);
    },
    look: (brief) => lookAt(brief, posts, options),
  };
}

interface Saving {
  readonly posts: OwnPosts;
  readonly chooseSlug: ChooseSlug;
  readonly findTwin: FindTwin;
  /** Removes what killed runs left in a folder. */
  readonly sweep: (folder: string) => Promise<void>;
}

interface SavedPages {
  readonly place: Place;
  readonly links: readonly string[];
  /** Paths that the post had before. */
  readonly former: readonly string[];
  /** Name of its picture. */
  readonly picture: string | undefined;
}

/** Saves the post under a name that is free; where another project takes that name meanwhile, under the next one. */
async function savePages(checked: CheckedDraft, saving: Saving, options: FileTargetOptions): Promise<SavedPages> {
  const { sourceKey } = checked.draft.brief;
  for (;;) {
    const place = await placeOf(checked, saving.posts, saving, options);
    const picture = pictureFor(checked, place, options);
    const { pages, links } = await renderPages(checked, { ...place, picture: picture?.named }, options);
    const former = place.names.map((name) => join(options.out, name)).filter((path) => !pages.has(path));
    const made: string[] = [];
    try {
      if (place.isNew) await refuseTaken([...pages.keys()], sourceKey, options);
      for (const path of [...pages.keys(), ...former]) await makeRoom(path, sourceKey, options);
      await picture?.save(); // before the post that names it
      for (const [path, text] of pages) {
        await saving.sweep(dirname(path));
        if (!(await isThere(path))) made.push(path);
        await saveOwn(path, text, sourceKey, options.files);
      }
      return { place, links, former, picture: picture?.name };
    } catch (error) {
      // A post that has its name keeps it: the same would be tried for ever.
      if (!(error instanceof NameTaken)) throw error;
      if (!place.isNew) throw foreignFile(error.message);
      for (const path of made) if (path !== error.message) await rm(path, { force: true });
    }
  }
}

function recordOf(
  checked: CheckedDraft,
  { place, links, picture }: SavedPages,
  options: FileTargetOptions,
): PostRecord {
  const { sourceKey, categories = [], translation, lang } = checked.draft.brief;
  return {
    post: toPost(checked, place),
    sourceKey,
    layout: layoutOf(options),
    form: formOf(options),
    date: place.date,
    categories,
    ...(translation === undefined ? {} : { translation: { key: translation.key, lang } }),
    links,
    ...(picture === undefined ? {} : { picture }),
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
  /** The picture that its file names now. */
  readonly formerPicture: string | undefined;
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
    formerPicture: before?.text === undefined ? before?.record.picture : pictureNameIn(before.text),
  };
}

/** The picture of a post by its name, its address, and how it is saved. */
function pictureFor({ picture }: CheckedDraft, { slug, file, isHeld }: Place, options: FileTargetOptions) {
  if (picture === undefined) return undefined;
  const places = picturePlaces(options);
  const name = pictureName(slug, picture);
  const { alt, credit } = picture;
  return {
    name,
    named: { address: pictureAddress(name, file, places, options.out), alt, credit },
    save: () => savePicture(name, picture, { isHeld, places }),
  };
}

/** The texts of a post's files by their paths, and the addresses in the blog that it links to. */
async function renderPages(
  checked: CheckedDraft,
  place: Place & { readonly picture: NamedPicture | undefined },
  options: FileTargetOptions,
) {
  const { out, timeZone, clock, reviewFolder } = options;
  const { address, slug, isHeld, picture } = place;
  const times = { date: zonedTime(place.date, timeZone), lastmod: zonedTime(isoNow(clock), timeZone) };
  const facts = factsOf(checked, { address, slug, isHeld, picture, ...times }, options);
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
  { internalLinks, format, siteUrl }: FileTargetOptions,
): Promise<string[]> {
  if (internalLinks === 'off' || related.length === 0) return [];
  if (format === 'html')
    return related.flatMap((other) => (text.includes('<ul>') ? [other.address ?? other.path] : []));
  const { homeOf, ownLinksOf } = await import('../../stages/publish/render/markdown/update-links.ts');
  const home = homeOf(siteUrl);
  return ownLinksOf(readFrontMatter(text).body, home).map((link) => resolveLink(address, link, home));
}

/** A file that a person edited is left alone; with `--force`, what they edited or approved is kept beside the new text. */
async function makeRoom(path: string, sourceKey: string, { force, files, emit }: FileTargetOptions): Promise<void> {
  if (!force) return await refuseEdited(path, sourceKey, files);
  const kept = await keepTouched(path, sourceKey, files);
  if (kept === undefined) return;
  emit({
    type: 'run:warning',
    code: 'FILE_KEPT',
    message:
      kept.because === 'edited'
        ? `${path} was edited after blogger wrote it: that version is kept in ${kept.path}, and the new text takes its place`
        : `${path} was approved: that text is kept in ${kept.path}, and the new one waits for a decision of its own`,
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

function foreignFile(path: string): BloggerError {
  return new BloggerError(`${path} is there and is not the file that blogger wrote; it is left alone`, {
    code: 'CHECK_FAILED',
    hint: 'Move it elsewhere, then run the same command again.',
  });
}

function foreignPost(path: string) {
  return {
    type: 'run:warning',
    code: 'FILE_KEPT',
    message: `${path} is there and blogger does not know it as its own: it is left alone, and the post is saved beside it with a number in its name`,
    hint: 'Keep one of the two if both say the same; the next runs know the new one.',
  } as const;
}
