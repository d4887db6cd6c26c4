/** Resolves references of a post to other posts and pictures of its project. */

import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { PostRecord } from '../../core/post-records.ts';
import type { Publications } from '../../core/publishing.ts';
import { resolveLink } from '../../targets/files/update-saved-links.ts';
import { publicationKey } from '../../targets/read-document.ts';

export interface Project {
  readonly cwd: string;
  /** Absolute path of the output folder. */
  readonly out: string;
  readonly posts: readonly PostRecord[];
}

/** Path below the output folder; undefined for a file elsewhere. */
export function pathInOut(path: string, { out }: Project): string | undefined {
  const name = relative(out, path).replaceAll('\\', '/');
  return name.startsWith('../') ? undefined : name;
}

/**
 * Paths by which a hand-written post may be known, best first: a link to a file is that file, and file systems spell a name composed or
 * decomposed.
 */
export async function placesOf(path: string, project: Project): Promise<readonly string[]> {
  const given = placeOf(path, project);
  const [root, real] = await Promise.all([project.cwd, path].map((one) => realpath(one).catch(() => one)));
  const inside = placeOf(real ?? path, { cwd: root ?? project.cwd });
  const best = inside.startsWith('../') ? given : inside;
  return [...new Set([best.normalize('NFC'), given.normalize('NFC'), given, given.normalize('NFD')])];
}

/** Key of a hand-written post of this project. */
export function placeOf(path: string, { cwd }: Pick<Project, 'cwd'>): string {
  return relative(cwd, path)
    .replaceAll('\\', '/')
    .replace(/\.draft$/, '');
}

/** Name of a post, from its file or from the folder of an index file; without the day that Jekyll, Hexo and Docusaurus put before it. */
export function nameOf(path: string): string {
  const name = stemOf(path).normalize('NFC');
  return name.replace(DAY, '') || name;
}

/** The day in the name of a post: to Jekyll it is the date of a post that names no other. */
export function dayInName(path: string): string | undefined {
  return DAY.exec(stemOf(path))?.[1];
}

const DAY = /^(\d{4}-\d\d?-\d\d?)-/;

function stemOf(path: string): string {
  const name = basename(path)
    .replace(/\.draft$/, '')
    .replace(/\.\w+$/, '');
  return /^_?index$/.test(name) ? basename(dirname(path)) : name;
}

/** Rewrites a link to another post to that post's address at the target. */
export function addressThere(
  link: string,
  path: string,
  project: Project,
  { target, publications }: { readonly target: string; readonly publications: Publications },
): string | undefined {
  const [, way = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(link) ?? [];
  if (way === '') return undefined;
  const urlOf = (key: string) => publications.find(target, key)?.remote?.url;
  const name = pathInOut(path, project);
  const own = project.posts.find(({ post }) => post.file === name)?.post.address;
  const address = resolveLink(own ?? name ?? '', way);
  const file = resolve(dirname(path), way);
  const other = project.posts.find(({ post }) => post.address === address || join(project.out, post.file) === file);
  const place = placeOf(file, project);
  const keys = other === undefined ? [place, place.normalize('NFC')].map((one) => `file ${one}`) : [other.sourceKey];
  const url = keys.map((key) => urlOf(publicationKey(key))).find((one) => one !== undefined);
  return url === undefined || url === '' ? undefined : url + (rest.startsWith('#') ? rest : '');
}

/** Folders that site generators publish at the root, and in which editors keep pictures. */
const ROOTS = ['', 'static', 'public', 'assets', 'source', 'src', 'content', 'images', 'img', 'attachments'];

/** The project file of a picture's address; never a file outside of the project. */
export async function pictureFile(src: string, path: string, { cwd }: Project): Promise<string | undefined> {
  const [written = ''] = src.split(/[?#]/, 1);
  const name = safeDecode(written);
  const atRoots = ROOTS.map((root) => join(cwd, root, name));
  const found = name.startsWith('/') ? atRoots : [resolve(dirname(path), name), ...atRoots];
  const places = found.flatMap((place) => [...new Set([place, place.normalize('NFC'), place.normalize('NFD')])]);
  for (const place of places) {
    const way = relative(cwd, place);
    const isInside = !way.startsWith('..') || !relative(dirname(path), place).startsWith('..');
    if (isInside && (await stat(place).catch(() => undefined))?.isFile() === true) return place;
  }
  return undefined;
}

function safeDecode(text: string): string {
  try {
    return decodeURI(text);
  } catch {
    return text;
  }
}
