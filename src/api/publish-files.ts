import { readFile } from 'node:fs/promises';
import { basename, relative, resolve } from 'node:path';
import type { Secrets, Settings } from '../config/schema.ts';
import { BloggerError, isAbortError } from '../core/errors.ts';
import type { Clock } from '../core/ports.ts';
import type { PostRecord } from '../core/post-records.ts';
import type { Publications, Target } from '../core/publishing.ts';
import { lockFolder } from '../services/runs/folder-lock.ts';
import { openPostTable } from '../services/runs/post-records.ts';
import { openPublications } from '../services/runs/publications.ts';
import { openStateFile } from '../services/sqlite/open-state-file.ts';
import { resolveLink } from '../targets/files/mend-saved.ts';
import { publishOnce } from '../targets/publish-once.ts';
import { publicationKey, readDocument } from '../targets/read-document.ts';
import { openTarget, type TargetName } from '../targets/targets.ts';
import { nodeErrorCode } from '../util/files/node-errors.ts';
import { hashText } from '../util/stable-hash.ts';

/** What became of a file at a target. `kept`: the target's version stays, since somebody changed or deleted it there. */
export interface FilePublication {
  readonly file: string;
  readonly target: TargetName;
  readonly outcome: 'created' | 'updated' | 'unchanged' | 'kept' | 'held' | 'failed';
  /** Address at the target, or why it is not there. */
  readonly detail: string;
  readonly code?: string;
}

export interface PublishFilesOptions {
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly cwd: string;
  readonly targets: readonly TargetName[];
  /** Takes the place of what was changed or deleted at a target. */
  readonly force: boolean;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onResult?: (result: FilePublication) => void;
}

/** Publishes Markdown files, written by blogger or by hand, each once at each target. Throws `STATE_LOCKED`, `CONFIG_INVALID` and `TARGET_AUTH`. */
export async function publishFiles(files: readonly string[], options: PublishFilesOptions): Promise<FilePublication[]> {
  const { settings, cwd, secrets, clock, onResult = () => {} } = options;
  using state = openStateFile(resolve(cwd, settings.state));
  using _lock = lockFolder(state.db, hashText(`${cwd} ${clock.now()}`).slice(0, 12), clock);
  const publications = openPublications(state.db);
  const posts = openPostTable(state.db).list();
  const results: FilePublication[] = [];
  for (const name of options.targets) {
    const target = await openTarget(name, { settings, secrets, clock });
    for (const file of files) {
      const result = { file, target: name, ...(await publishOne(file, { target, publications, posts, ...options })) };
      results.push(result);
      onResult(result);
    }
  }
  return results;
}

interface OneOptions extends PublishFilesOptions {
  readonly target: Target;
  readonly publications: Publications;
  readonly posts: readonly PostRecord[];
}

async function publishOne(file: string, options: OneOptions): Promise<Omit<FilePublication, 'file' | 'target'>> {
  const { cwd, settings, force, clock, signal, target, publications } = options;
  try {
    const path = resolve(cwd, file);
    const { document, isHeld } = await readDocument(await readPost(path, file), {
      name: basename(file).replace(/\.\w+$/, ''),
      urlOf: (link) => addressThere(link, path, options),
    });
    if (isHeld || file.endsWith('.draft'))
      return {
        outcome: 'held',
        detail: 'It is a draft, and drafts are published nowhere. `blogger review approve` finishes it.',
      };
    const outcome = await publishOnce(document, { target, publications, as: settings.publishAs, force, clock }, signal);
    if (outcome.kind !== 'kept') return { outcome: outcome.kind, detail: outcome.remote.url };
    return {
      outcome: 'kept',
      detail: `It was ${outcome.because} at ${target.name}, so it stays as it is there. --force takes its place.`,
    };
  } catch (error) {
    if (isAbortError(error) || !BloggerError.is(error)) throw error;
    return { outcome: 'failed', detail: `${error.message}. ${error.hint ?? ''}`.trim(), code: error.code };
  }
}

/** Where a link between two posts leads at the target: to the address that the target gave the other one. */
function addressThere(
  link: string,
  path: string,
  { posts, settings, cwd, target, publications }: OneOptions,
): string | undefined {
  const name = relative(resolve(cwd, settings.out), path).replaceAll('\\', '/');
  const own = posts.find(({ post }) => post.file === name)?.post.address;
  const address = resolveLink(own ?? name, link);
  const other = posts.find(({ post }) => post.address === address);
  return other === undefined ? undefined : publications.find(target.name, publicationKey(other.sourceKey))?.remote?.url;
}

async function readPost(path: string, file: string): Promise<string> {
  return await readFile(path, 'utf8').catch((error: unknown) => {
    throw new BloggerError(`Cannot read ${file} (${nodeErrorCode(error) ?? 'unknown reason'})`, {
      code: 'NOT_FOUND',
      hint: 'Name Markdown files: blogger publish posts/*.md',
      cause: error,
    });
  });
}
