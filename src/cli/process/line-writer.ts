import { createWriteStream } from 'node:fs';
import { open, realpath, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { namingFileErrors, type WrittenFile } from '../../util/files/file-error.ts';
import { openReplacement, sweepLeftovers } from '../../util/files/files.ts';
import { nodeErrorCode } from '../../util/files/node-errors.ts';
import type { Io } from './io.ts';

export interface LineWriter {
  /** Resolves when the reader can take more, so that a slow pipe slows the crawl. */
  write(line: string): Promise<void>;
  /** Aborted when the reader has closed the pipe. */
  readonly closed: AbortSignal;
  /** Finishes writing; a file is renamed into place only when it is complete. */
  close(came: 'whole' | 'part' | 'nothing'): Promise<void>;
}

/** Writes lines to a file, or to stdout when none is named. A file is replaced atomically; pipes and devices get each line at once. */
export async function openLineWriter(file: string | undefined, io: Io): Promise<LineWriter> {
  if (file === undefined || file === '/dev/stdout') return writeToStream(io.stdout.stream);
  const path = resolve(io.cwd, file);
  const there = await stat(path).catch(() => undefined); // does not exist yet, or opening it reports the error
  const named = { path: file, hint: 'Name another file with --out, or leave it out to print on stdout.' };
  if (there === undefined || there.isFile() || there.isDirectory())
    return await replaceFile(path, there?.mode, named, io);
  const writer = writeToStream(createWriteStream(path, { flags: 'a' }).on('error', () => {})); // each write reports the error
  return { ...writer, write: (line) => namingFileErrors(named, () => writer.write(line)) };
}

async function replaceFile(path: string, mode: number | undefined, named: WrittenFile, io: Io): Promise<LineWriter> {
  const replacement = await namingFileErrors(named, async () => {
    const target = mode === undefined ? path : await realpath(path); // keep a symbolic link
    if (mode !== undefined) await (await open(target, 'r+')).close(); // do not replace a read-only file
    await sweepLeftovers(dirname(target), basename(target));
    const opened = await openReplacement(target);
    if (mode !== undefined) await opened.file.chmod(mode & 0o7777);
    return opened;
  });
  return {
    write: (line) => namingFileErrors(named, () => replacement.file.appendFile(`${line}\n`)), // unlike `write` it continues until everything is written
    closed: new AbortController().signal,
    async close(came) {
      try {
        if (came === 'whole') await namingFileErrors(named, () => replacement.commit());
      } finally {
        await replacement.discard();
      }
      if (came !== 'part') return;
      io.stderr.write(
        `${named.path} was not changed, because the crawl did not finish. The pages that were read are cached; run the same command again to resume.\n`,
      );
    },
  };
}

/** True for errors of a write to a closed pipe. */
const GONE = new Set(['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED']);

/** Resolves when the reader took the write or closed the pipe. */
function writeToStream(stream: NodeJS.WritableStream): LineWriter {
  const closed = new AbortController();
  const write = (line: string) =>
    new Promise<void>((resolve, reject) => {
      stream.write(`${line}\n`, (error) => {
        if (error && !GONE.has(nodeErrorCode(error) ?? '')) return reject(error);
        if (error) closed.abort(new DOMException('The reader of the output is gone', 'AbortError'));
        resolve();
      });
    });
  return { write, closed: closed.signal, close: async () => {} };
}
