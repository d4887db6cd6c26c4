/** Pictures of a post that are files of the project. */

import { readFile } from 'node:fs/promises';
import type { Picture } from '../core/publishing.ts';
import { hashParts } from '../util/stable-hash.ts';

/** By their first bytes: names lie, and a server refuses what is not what it says. */
const TYPES: readonly (readonly [type: string, is: (head: Buffer) => boolean])[] = [
  ['image/png', (head) => head.readUInt32BE(0) === 0x89504e47],
  ['image/jpeg', (head) => head.readUInt16BE(0) === 0xffd8],
  ['image/gif', (head) => head.toString('latin1', 0, 4) === 'GIF8'],
  ['image/webp', (head) => head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'WEBP'],
  ['image/avif', (head) => /^ftypavi[fs]/.test(head.toString('latin1', 4, 12))],
];

/** Pictures that are on the web, or at the root of the site, are where they are. */
const ELSEWHERE = /^(?:https?:\/\/|\/)/i;

export interface PostPictures {
  readonly pictures: readonly Picture[];
  /** Addresses that lead to no picture, with the reason where it is known. */
  readonly missing: readonly string[];
}

/** The pictures of clean HTML, and the one that stands for the post, each file once for each address. What is no picture is left out. */
export async function picturesIn(
  html: string,
  cover: { readonly src: string; readonly alt: string } | undefined,
  pathOf: (src: string) => Promise<string | undefined>,
): Promise<PostPictures> {
  const shown = [...html.matchAll(/<img [^<>]*>/g)].map(([tag]) => ({
    src: attribute(tag, 'src'),
    alt: attribute(tag, 'alt'),
  }));
  const wanted = [...(cover === undefined ? [] : [cover]), ...shown];
  const pictures = new Map<string, Picture>();
  const missing: string[] = [];
  for (const { src, alt } of wanted) {
    const before = pictures.get(src);
    if (before !== undefined && before.alt !== '') continue;
    const picture = before ?? (await readPicture(src, pathOf));
    if (typeof picture === 'object') pictures.set(src, { ...picture, alt });
    else if (!ELSEWHERE.test(src)) missing.push(`${src || alt}${picture === undefined ? '' : ` (${picture})`}`);
  }
  for (const [tag] of html.matchAll(/<(?:video|audio|source) [^<>]*>/g)) {
    const src = attribute(tag, 'src');
    if (src !== '' && !ELSEWHERE.test(src)) missing.push(`${src} (films and sounds stay here)`);
  }
  return { pictures: [...pictures.values()], missing };
}

/** A picture, or why there is none. */
async function readPicture(
  src: string,
  pathOf: (src: string) => Promise<string | undefined>,
): Promise<Omit<Picture, 'alt'> | string | undefined> {
  if (src === '') return 'a picture without a file';
  if (/^(?:[a-z][a-z0-9+.-]*:|\/\/|#)/i.test(src)) return undefined;
  const path = await pathOf(src);
  const bytes = path === undefined ? undefined : await readFile(path).catch(() => undefined);
  if (path === undefined || bytes === undefined) return 'not there';
  if (bytes.toString('latin1', 0, LFS.length) === LFS) return 'a pointer of Git LFS: run `git lfs pull`';
  const type = bytes.length < 12 ? undefined : TYPES.find(([, is]) => is(bytes))?.[0];
  return type === undefined ? 'no PNG, JPEG, GIF, WebP or AVIF' : { src, path, hash: hashParts(bytes), type };
}

const LFS = 'version https://git-lfs';

function attribute(tag: string, name: string): string {
  const written = new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
  return written
    .replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&');
}
