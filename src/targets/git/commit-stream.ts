/** A commit in the format of `git fast-import`, so that one process writes all files of a run. */

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** A text, or the path of a file on this machine, which is read when its turn comes. */
export type CommitFile = string | { readonly path: string };

/** As `git var` prints them: name, address, time and time zone. */
export interface Identities {
  readonly author: string;
  readonly committer: string;
}

export interface Commit extends Identities {
  readonly parent: string;
  /** By path in the repository. */
  readonly files: ReadonlyMap<string, CommitFile>;
  readonly message: string;
}

/** Never written: the stream deletes it again, and the hash of the commit is printed. */
const REF = 'refs/blogger/next';

export async function* commitStream({
  parent,
  files,
  message,
  author,
  committer,
}: Commit): AsyncGenerator<string | Uint8Array> {
  yield `commit ${REF}\nmark :1\nauthor ${author}\ncommitter ${committer}\n`;
  yield* dataOf(Buffer.from(`${message.trimEnd()}\n`));
  yield `from ${parent}\n`;
  for (const [path, file] of files) {
    yield `M 100644 inline ${quoted(path)}\n`;
    yield* dataOf(typeof file === 'string' ? Buffer.from(file) : await readFile(file.path));
  }
  yield `get-mark :1\nreset ${REF}\nfrom ${'0'.repeat(parent.length)}\n\ndone\n`;
}

function* dataOf(bytes: Uint8Array): Generator<string | Uint8Array> {
  yield `data ${bytes.length}\n`;
  yield bytes;
  yield '\n';
}

function quoted(path: string): string {
  return `"${path.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`;
}

/** Hash of a file with this text in a repository that has this commit. */
export function blobHash(text: string, commit: string): string {
  const bytes = Buffer.from(text);
  const hash = createHash(commit.length === 40 ? 'sha1' : 'sha256');
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
