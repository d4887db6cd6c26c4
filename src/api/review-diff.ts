/** Changes of a post since a person's decision: of its sources, and of its text if the person's version was kept next to it. */

import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { BloggerError } from '../core/errors.ts';
import { openPostTable } from '../services/runs/post-records.ts';
import { openSourceTexts } from '../services/runs/source-texts.ts';
import { openExistingState } from '../services/sqlite/open-state-file.ts';
import { readOwn } from '../targets/files/read-own.ts';
import { readFrontMatter } from '../util/front/front-matter.ts';
import { type DiffPart, diffTexts } from '../util/text/text-diff.ts';
import { brokenFront, frontProblem } from './broken-front.ts';

export interface ReviewChange {
  readonly file: string;
  /** Compared text: the address of a source, or the file of a person's version. */
  readonly of: { readonly kind: 'source' | 'version'; readonly name: string };
  readonly parts: readonly DiffPart[];
}

/** The changes of a post; empty if its sources are unchanged. Throws `NOT_FOUND`. */
export async function changesOf(file: string, cwd: string, state: string): Promise<ReviewChange[]> {
  const path = resolve(cwd, file);
  const text = await readFile(path, 'utf8').catch(() => undefined);
  const own = text === undefined ? undefined : readOwn(text, file);
  const problem = text === undefined ? undefined : frontProblem(text, file);
  if (problem !== undefined) throw brokenFront(file, problem);
  if (text === undefined || own?.sourceKey === undefined)
    throw new BloggerError(`${file} is not a post that blogger wrote`, {
      code: 'NOT_FOUND',
      hint: '`blogger review` lists the posts that can be reviewed.',
    });
  const versions = await keptVersions(path);
  const edits = versions.map(
    ({ name, content }): ReviewChange => ({
      file,
      of: { kind: 'version', name: join(dirname(file), name) },
      parts: diffTexts(bodyOf(content), bodyOf(text)),
    }),
  );
  return [...sourceChanges(file, own.sourceKey, state), ...edits].filter(({ parts }) =>
    parts.some(({ kind }) => kind !== 'same'),
  );
}

function sourceChanges(file: string, sourceKey: string, state: string): ReviewChange[] {
  using stored = openExistingState(state);
  if (stored === undefined) return [];
  if (openPostTable(stored.db).bySourceKey(sourceKey)?.offered === undefined) return [];
  const texts = openSourceTexts(stored.db);
  const [written, offered] = [texts.find(sourceKey, 'written'), texts.find(sourceKey, 'offered')];
  if (written === undefined || offered === undefined) return [];
  const urls = new Set([...written, ...offered].map(({ url }) => url));
  const textOf = (from: typeof written, url: string) => from.find((one) => one.url === url)?.text ?? '';
  return [...urls].map((url) => ({
    file,
    of: { kind: 'source', name: url },
    parts: diffTexts(textOf(written, url), textOf(offered, url)),
  }));
}

/** The person's version before `--force` overwrote it. */
async function keptVersions(path: string): Promise<{ readonly name: string; readonly content: string }[]> {
  const names = (await readdir(dirname(path))).filter((name) => {
    const number = name.startsWith(`.${basename(path)}.`) ? name.slice(basename(path).length + 2) : '';
    return /^\d{1,6}~$/.test(number);
  });
  return await Promise.all(
    names.sort().map(async (name) => ({ name, content: await readFile(join(dirname(path), name), 'utf8') })),
  );
}

/** The text below the front matter. */
function bodyOf(text: string): string {
  return readFrontMatter(text).body;
}
