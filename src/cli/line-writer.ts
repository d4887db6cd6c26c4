import { createWriteStream } from 'node:fs';
import { open, realpath, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { namingFileErrors, type WrittenFile } from '../util/file-error.ts';
import { openReplacement, sweepLeftovers } from '../util/files.ts';
import { nodeErrorCode } from '../util/node-errors.ts';
import type { Io } from './io.ts';

export interface LineWriter {
  /** Resolves when the reader can take more, so that a slow pipe slows the crawl. */
  write(line: string): Promise<void>;
  /** Fires when nobody reads any more. */
  readonly closed: AbortSignal;
  /** Ends the writing of what came: a file takes its place only when it is whole. */
  close(came: 'whole' | 'part' | 'nothing'): Promise<void>;
}

/** Writes lines to a file, or to stdout when none is named. A file is replaced by a whole one or stays as it was; pipes and devices get each line as it comes. */
export async function openLineWriter(file: string | undefined, io: Io): Promise<LineWriter> {
  if (file === undefined || file === '/dev/stdout') return writeToStream(io.stdout.stream);
  const path = resolve(io.cwd, file);
  const there = await stat(path).catch(() => undefined); // not there yet, or what is wrong is told when it is opened
  const named = { path: file, hint: 'Name another file with --out, or leave it out to print on stdout.' };
  if (there === undefined || there.isFile() || there.isDirectory())
    return await replaceFile(path, there?.mode, named, io);
  const writer = writeToStream(createWriteStream(path, { flags: 'a' }).on('error', () => {})); // each write hears of it
  return { ...writer, write: (line) => namingFileErrors(named, () => writer.write(line)) };
}

async function replaceFile(path: string, mode: number | undefined, named: WrittenFile, io: Io): Promise<LineWriter> {
  const replacement = await namingFileErrors(named, async () => {
    const target = mode === undefined ? path : await realpath(path); // a link stays a link
    if (mode !== undefined) await (await open(target, 'r+')).close(); // what may not be written is not replaced either
    await sweepLeftovers(dirname(target), basename(target));
    const opened = await openReplacement(target);
    if (mode !== undefined) await opened.file.chmod(mode & 0o7777);
    return opened;
  });
  return {
    write: (line) => namingFileErrors(named, () => replacement.file.appendFile(`${line}\n`)), // unlike `write` it goes on until all is written
    closed: new AbortController().signal,
    async close(came) {
      try {
        if (came === 'whole') await namingFileErrors(named, () => replacement.commit());
      } finally {
        await replacement.discard();
      }
      if (came !== 'part') return;
      io.stderr.write(
        `${named.path} is as it was: only a whole crawl takes its place. The pages that were read are kept, so that the same command goes on.\n`,
      );
    },
  };
}

/** What a write says when its reader has left, now or before. */
const GONE = new Set(['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED']);

/** A write is over when the reader took it or is gone. */
function writeToStream(stream: NodeJS.WritableStream): LineWriter {
  const closed = new AbortController();
  const write = (line: string) =>
    new Promise<void>((resolve, reject) => {
      stream.write(`${line}\n`, (error) => {
        if (error && !GONE.has(nodeErrorCode(error) ?? '')) return reject(error);
        if (error) closed.abort(new DOMException('Nobody reads the output any more', 'AbortError'));
        resolve();
      });
    });
  return { write, closed: closed.signal, close: async () => {} };
}
