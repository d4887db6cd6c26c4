import { open } from 'node:fs/promises';
import { BloggerError } from '../core/errors.ts';
import { nodeErrorCode } from '../util/node-errors.ts';
import type { Io } from './io.ts';

export interface LineWriter {
  /** Resolves when the reader can take more, so that a slow pipe slows the crawl. */
  write(line: string): Promise<void>;
  /** Fires when nobody reads any more. */
  readonly closed: AbortSignal;
  close(): Promise<void>;
}

/** Writes lines to a file, or to stdout when none is named. */
export async function openLineWriter(file: string | undefined, io: Io): Promise<LineWriter> {
  if (file === undefined) return writeToStream(io.stdout.stream);
  try {
    const handle = await open(file, 'w');
    return { write: async (line) => void (await handle.write(`${line}\n`)), closed: new AbortController().signal, close: () => handle.close() };
  } catch (error) {
    throw new BloggerError(`The file ${file} was expected to be writable, but it is not (${nodeErrorCode(error) ?? 'unknown reason'})`, {
      code: 'OUTPUT_UNWRITABLE',
      hint: 'Name another file with --out, or leave it out to print on stdout.',
      cause: error,
    });
  }
}

/** A write is over when the reader took it or is gone. */
function writeToStream(stream: NodeJS.WriteStream): LineWriter {
  const closed = new AbortController();
  const write = (line: string) =>
    new Promise<void>((resolve) => {
      stream.write(`${line}\n`, (error) => {
        if (error) closed.abort(new DOMException('Nobody reads the output any more', 'AbortError'));
        resolve();
      });
    });
  return { write, closed: closed.signal, close: async () => {} };
}
