/** Which files of the output folder are ours. What is not, or was edited, belongs to a person. */

import { access, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { BloggerError } from '../../core/errors.ts';
import type { OwnFiles } from '../../core/post-records.ts';
import { isSealed, sealed } from '../../stages/publish/render/seal.ts';
import { namingFileErrors } from '../../util/files/file-error.ts';
import { createFileAtomic, writeFileAtomic } from '../../util/files/files.ts';
import { nodeErrorCode } from '../../util/files/node-errors.ts';
import { hashText } from '../../util/stable-hash.ts';
import { readOwn } from './read-own.ts';

/** True where somebody else's file lies, that of another post, or what a person made of one of ours that is not known any more. */
export async function isForeign(path: string, sourceKey: string, files: OwnFiles): Promise<boolean> {
  if (files.find(path)?.sourceKey === sourceKey || !(await isThere(path))) return false;
  return !isSealed(await readFile(path, 'utf8').catch(() => ''), sourceKey); // a folder of that name is foreign too
}

/** True where the file is there and not as we wrote it for these sources, but for a person's decision. */
export function isEdited(path: string, text: string, sourceKey: string, files: OwnFiles): boolean {
  return !isSealed(text, sourceKey) && files.find(path)?.hashes.includes(hashText(text)) !== true;
}

/** Throws `CHECK_FAILED` where the file is there and was edited. */
export async function refuseEdited(path: string, sourceKey: string, files: OwnFiles): Promise<void> {
  const current = await readIfThere(path);
  if (current === undefined || !isEdited(path, current, sourceKey, files)) return;
  throw new BloggerError(`${path} was edited after blogger wrote it; it is left alone`, {
    code: 'CHECK_FAILED',
    hint: 'Move your version elsewhere, or take the new text with --force: your version is then kept beside it.',
  });
}

export interface KeptText {
  /** What a person did with the file. */
  readonly because: 'edited' | 'approved';
  readonly path: string;
}

/** Copies a file that a person edited or approved to a name beside it that no site generator reads. */
export async function keepTouched(path: string, sourceKey: string, files: OwnFiles): Promise<KeptText | undefined> {
  const current = await readIfThere(path);
  if (current === undefined) return undefined;
  if (isEdited(path, current, sourceKey, files)) return { because: 'edited', path: await copyBeside(path, current) };
  const isApproved = readOwn(current, path).review.startsWith('approved');
  return isApproved ? { because: 'approved', path: await copyBeside(path, current) } : undefined;
}

async function copyBeside(path: string, text: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const kept = join(dirname(path), `.${basename(path)}.${number}~`);
    const there = await readIfThere(kept);
    if (there === undefined) await saveFile(kept, text);
    if (there === undefined || there === text) return kept;
  }
}

/** Another project or person made a file of this name since it was found free. */
export class NameTaken extends Error {}

/** Writes the file, sealed as ours; throws `NameTaken`. It is claimed first: a run that is killed meanwhile finds it again, with either text. */
export async function saveOwn(path: string, content: string, sourceKey: string, files: OwnFiles): Promise<void> {
  const text = sealed(content, sourceKey);
  const former = await readIfThere(path);
  const isKnown = files.find(path)?.sourceKey === sourceKey;
  if (former !== undefined && !isKnown && !isSealed(former, sourceKey)) throw new NameTaken(path);
  const current = hashText(former ?? '');
  const wasOurs = files.find(path)?.hashes.includes(current) === true;
  files.claim(path, { sourceKey, hashes: wasOurs ? [hashText(text), current] : [hashText(text)] });
  if (former !== undefined) return await saveFile(path, text);
  if (await createFile(path, text)) return;
  files.claim(path, { sourceKey: '', hashes: [] });
  throw new NameTaken(path);
}

export async function isThere(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}

export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (nodeErrorCode(error) === 'ENOENT' || nodeErrorCode(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Writes a file of the output folder whole or not at all. Throws `DISK_FULL` or `OUTPUT_UNWRITABLE`. */
export async function saveFile(path: string, text: string): Promise<void> {
  await namingFileErrors({ path, hint: HINT }, () => writeFileAtomic(path, text));
}

/** The same for a new file: false where somebody else made one of that name meanwhile. */
async function createFile(path: string, text: string): Promise<boolean> {
  return await namingFileErrors({ path, hint: HINT }, () => createFileAtomic(path, text));
}

const HINT = 'Give the folder write permission, or name another one with --out.';
