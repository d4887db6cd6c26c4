import { open } from 'node:fs/promises';
import { BloggerError } from '../core/errors.ts';
import { nodeErrorCode } from '../util/node-errors.ts';
import type { Io } from './io.ts';

export interface LineWriter {
  /** Resolves when the reader can take more, so that a slow pipe slows the crawl. */
  write(line: string): Promise<void>;
  close(): Promise<void>;
}

/** Writes lines to a file, or to stdout when none is named. */
export async function openLineWriter(file: string | undefined, io: Io): Promise<LineWriter> {
  if (file === undefined) return { write: (line) => writeToStream(io.stdout.stream, `${line}\n`), close: async () => {} };
  try {
    const handle = await open(file, 'w');
    return { write: async (line) => void (await handle.write(`${line}\n`)), close: () => handle.close() };
  } catch (error) {
    throw new BloggerError(`The file ${file} was expected to be writable, but it is not (${nodeErrorCode(error) ?? 'unknown reason'})`, {
      code: 'OUTPUT_UNWRITABLE',
      hint: 'Name another file with --out, or leave it out to print on stdout.',
      cause: error,
    });
  }
}

function writeToStream(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve) => {
    if (stream.destroyed || stream.write(text)) {
      resolve();
      return;
    }
    stream.once('drain', resolve);
    stream.once('close', resolve);
  });
}
