import { fileURLToPath } from 'node:url';
import { BloggerError } from '../../core/errors.ts';
import type { Clock } from '../../core/ports.ts';
import { nodeErrorCode } from '../../util/files/node-errors.ts';
import type { CrawlResponse } from './fetchers/crawl-request.ts';
import { typeByExtension } from './text/media-type.ts';

export interface LocalFileOptions {
  readonly readFile: ((path: string) => Promise<Uint8Array>) | undefined;
  readonly maxBytes: number;
  readonly clock: Clock;
}

/** Reads the file of a `file://` entry as a response. Throws `URL_REFUSED`, `FETCH_FAILED` or `TOO_LARGE`. */
export async function readLocalFile(
  url: string,
  { readFile, maxBytes, clock }: LocalFileOptions,
): Promise<CrawlResponse> {
  if (readFile === undefined)
    throw new BloggerError(`Local files are not read here, got ${url}`, { code: 'URL_REFUSED' });
  const startedAt = clock.monotonic();
  const body = await readBytes(url, readFile);
  if (body.byteLength > maxBytes) {
    throw new BloggerError(`Expected at most ${maxBytes} bytes, ${url} has ${body.byteLength}`, {
      code: 'TOO_LARGE',
      hint: 'Raise crawl.maxBytes (--max-bytes).',
    });
  }
  const type = typeByExtension(new URL(url).pathname);
  return {
    url,
    finalUrl: url,
    status: 200,
    headers: type === undefined ? {} : { 'content-type': type },
    body,
    ms: clock.monotonic() - startedAt,
    fromCache: false,
    stale: false,
    fetchedAt: clock.now(),
  };
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
};

async function readBytes(url: string, readFile: (path: string) => Promise<Uint8Array>): Promise<Uint8Array> {
  try {
    return await readFile(fileURLToPath(url));
  } catch (error) {
    const code = nodeErrorCode(error);
    const why = (code === undefined ? undefined : REASONS[code]) ?? code;
    throw new BloggerError(`Could not read ${url}${why === undefined ? '' : `: ${why}`}`, {
      code: 'FETCH_FAILED',
      retryable: false,
      hint: 'Paths in the list are relative to the list’s own folder.',
      cause: error,
    });
  }
}
