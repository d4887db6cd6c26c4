/** The pictures of posts: those of shown posts lie where the generator serves them from, those of held posts wait in the state folder. */

import { mkdir, readFile, rm } from 'node:fs/promises';
import { basename, dirname, join, posix, relative, resolve } from 'node:path';
import type { PostPicture } from '../../core/types.ts';
import { type Preset, plain } from '../../stages/publish/render/presets/preset.ts';
import { presetOf } from '../../stages/publish/render/presets/presets.ts';
import { namingFileErrors } from '../../util/files/file-error.ts';
import { writeFileAtomic } from '../../util/files/files.ts';
import { hashParts } from '../../util/stable-hash.ts';
import type { FileTargetOptions } from './file-options.ts';
import { isThere, readIfThere } from './own-files.ts';
import { readOwn } from './read-own.ts';

export interface PicturePlaces {
  /** Absolute path of the folder that the site serves. */
  readonly shown: string;
  /** Absolute path of the folder where the pictures of held posts wait. */
  readonly waiting: string;
  /** True where the site serves the folder at its root, whatever page asks. */
  readonly isRooted: boolean;
}

type PlaceOptions = Pick<FileTargetOptions, 'out' | 'cwd' | 'format' | 'preset' | 'pictureFolder'>;

/** A generator's folder for pictures is found from the folder of its content; else they lie in `images/` of the output folder. */
export function picturePlaces({ out, cwd, format, preset, pictureFolder }: PlaceOptions): PicturePlaces {
  const { pictures }: Preset = format === 'md' ? presetOf(preset) : plain;
  const home = pictures === undefined ? undefined : siteOf(relative(cwd, out).replaceAll('\\', '/'), pictures.content);
  return home === undefined || pictures === undefined
    ? { shown: join(out, 'images'), waiting: pictureFolder, isRooted: false }
    : { shown: join(cwd, home, pictures.folder), waiting: pictureFolder, isRooted: true };
}

/** The root of the site, seen from the project. */
function siteOf(out: string, content: string): string | undefined {
  if (out.startsWith('..')) return undefined;
  const parts = out.split('/').filter((part) => part !== '' && part !== '.');
  if (content === '') return parts.join('/');
  const at = parts.indexOf(content);
  return at === -1 ? undefined : parts.slice(0, at).join('/');
}

/** Where the pictures of a project's posts lie. */
export function placesOf(
  settings: {
    readonly out: string;
    readonly state: string;
    readonly format: PlaceOptions['format'];
    readonly frontMatter: PlaceOptions['preset'];
  },
  cwd: string,
): PicturePlaces {
  const { out, state, format, frontMatter: preset } = settings;
  return picturePlaces({
    out: resolve(cwd, out),
    cwd,
    format,
    preset,
    pictureFolder: join(resolve(cwd, state), 'pictures'),
  });
}

/** Named by its bytes: a name that is there has them already, and a new picture is a new address. */
export function pictureName(slug: string, { bytes, extension }: PostPicture): string {
  return `${slug}-${hashParts(bytes).slice(0, HASH_LENGTH)}.${extension}`;
}

const HASH_LENGTH = 10;
const NAME = /-([0-9a-f]{10})\.[a-z]+$/;

/** Its address, as the front matter of the post has it. */
export function pictureAddress(name: string, file: string, { shown, isRooted }: PicturePlaces, out: string): string {
  if (isRooted) return encodeURI(`/${posix.join(basename(shown) === 'images' ? 'images' : '', name)}`);
  return encodeURI(relative(dirname(join(out, file)), join(shown, name)).replaceAll('\\', '/'));
}

export async function savePicture(
  name: string,
  { bytes }: PostPicture,
  { isHeld, places }: { readonly isHeld: boolean; readonly places: PicturePlaces },
): Promise<void> {
  const path = join(isHeld ? places.waiting : places.shown, name);
  await namingFileErrors({ path, hint: 'Give the folder write permission, or set images to none.' }, async () => {
    await mkdir(dirname(path), { recursive: true });
    await writeFileAtomic(path, bytes);
  });
}

/** Brings the picture where the post's standing wants it. A picture that is not as it was made belongs to a person and stays. */
export async function placePicture(
  name: string,
  standing: 'shown' | 'held' | 'gone',
  { shown, waiting }: PicturePlaces,
): Promise<void> {
  const paths = { shown: join(shown, name), held: join(waiting, name) };
  for (const [place, path] of Object.entries(paths)) {
    if (place === standing || !(await isOurs(path))) continue;
    if (standing !== 'gone' && !(await isThere(paths[standing]))) {
      await mkdir(dirname(paths[standing]), { recursive: true });
      await writeFileAtomic(paths[standing], await readFile(path));
    }
    await rm(path, { force: true });
  }
}

async function isOurs(path: string): Promise<boolean> {
  const hash = NAME.exec(basename(path))?.[1];
  const bytes = hash === undefined ? undefined : await readFile(path).catch(() => undefined);
  return bytes !== undefined && hashParts(bytes).startsWith(hash ?? '');
}

/** The name of the picture that a post names. */
export function pictureNameIn(text: string): string | undefined {
  const head = text.slice(0, 20_000);
  const tail = TAIL.exec(head);
  if (tail === null) return undefined;
  const before = head.slice(0, tail.index);
  const start = Math.max(...[' ', '\n', '"', "'", '/'].map((sign) => before.lastIndexOf(sign))) + 1;
  return safeDecode(before.slice(start) + tail[0]);
}

const TAIL = /-[0-9a-f]{10}\.(?:png|jpe?g|webp|gif)\b/;

function safeDecode(text: string): string {
  try {
    return decodeURI(text);
  } catch {
    return text;
  }
}

/** Checks, at the end of a run, where the pictures of all posts lie: a person may have finished, held or deleted some since. */
export async function placePictures(options: FileTargetOptions): Promise<void> {
  const places = picturePlaces(options);
  for (const { post, picture } of options.records.list()) {
    if (picture === undefined) continue;
    const name = post.file.replace(/\.draft$/, '');
    const text = await readIfThere(join(options.out, name));
    const held = text === undefined ? await isThere(join(options.out, `${name}.draft`)) : readOwn(text, name).hidden;
    await placePicture(picture, text === undefined && !held ? 'gone' : held ? 'held' : 'shown', places);
  }
}
