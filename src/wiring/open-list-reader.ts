/** Reads lists from disk, standard input and the web as text: decompressed and decoded, with warnings about damage. */

import { dirname, extname, resolve } from 'node:path';
import { BloggerError } from '../core/errors.ts';
import type { Clock, Validators } from '../core/ports.ts';
import type { CrawlResponse } from '../stages/crawl/fetchers/crawl-request.ts';
import { statedLifetime } from '../stages/crawl/fetchers/freshness.ts';
import { leadsNowhere } from '../stages/crawl/fetchers/redirecting-fetcher.ts';
import { readRetryAfter } from '../stages/crawl/fetchers/retry-after.ts';
import type { CrawlPageReader } from '../stages/crawl/page-reader.ts';
import { suggestAddress } from '../stages/list/addresses/suggest-address.ts';
import type { AnswerFacts, FetchedList, ListDocument, ListReader } from '../stages/list/list-ports.ts';
import { LOCAL_PAGE } from '../stages/list/list-row.ts';
import { charsetParameter, toUtf8 } from '../util/charset/to-utf8.ts';
import { nodeErrorCode } from '../util/files/node-errors.ts';
import { readBounded } from '../util/files/read-bounded.ts';
import { unpack } from '../util/files/unpack.ts';

export interface ListReaderOptions {
  /** Base folder of relative paths. */
  readonly cwd: string;
  readonly readStdin: () => Promise<string>;
  readonly pages: Pick<CrawlPageReader, 'fetchList'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** Size limit of a list from the web, and of any compressed list after decompression: the limit of the sitemap protocol. */
const MAX_BYTES = 52_428_800;

export function openListReader({ cwd, readStdin, pages, clock }: ListReaderOptions): ListReader {
  return {
    async open(name, signal) {
      if (name === '-') return { name: '<stdin>', text: await readStdin(), folder: cwd };
      const path = resolve(cwd, name);
      const bytes = await readListFile(name, path, signal);
      if (bytes === undefined) return undefined;
      if (bytes.subarray(0, 5).toString('latin1') === '%PDF-') return undefined;
      return { name, folder: dirname(path), ...(await decode(bytes, undefined)) };
    },
    async fetch(url, validators, signal): Promise<FetchedList> {
      const response = await pages.fetchList({ url, maxBytes: MAX_BYTES, headers: conditions(validators) }, signal);
      const facts = factsOf(response);
      if (response.status === 304) return { kind: 'unchanged', ...facts };
      // 203: a proxy on the way changed the answer, which is whole all the same.
      if (response.status !== 200 && response.status !== 203) throw statusError(url, response, clock.now());
      const { etag, 'last-modified': lastModified, 'content-type': type, link } = response.headers;
      const document: ListDocument = {
        name: url,
        address: response.finalUrl,
        ...(link === undefined ? {} : { linkHeader: link }),
        ...(await decode(Buffer.from(response.body.buffer, response.body.byteOffset, response.body.byteLength), type)),
      };
      return {
        kind: 'document',
        ...facts,
        document,
        validators: {
          ...(etag === undefined ? {} : { etag }),
          ...(lastModified === undefined ? {} : { lastModified }),
        },
      };
    },
  };
}

function factsOf({ movedTo, headers }: CrawlResponse): AnswerFacts {
  const freshMs = statedLifetime(headers);
  return { ...(movedTo === undefined ? {} : { movedTo }), ...(freshMs === undefined ? {} : { freshMs }) };
}

async function decode(bytes: Buffer, contentType: string | undefined): Promise<Pick<ListDocument, 'text' | 'damage'>> {
  const { bytes: plain, damage } = await unpack(bytes, MAX_BYTES);
  const text = new TextDecoder().decode(await toUtf8(plain, charsetParameter(contentType)));
  return damage === undefined ? { text } : { text, damage };
}

async function readListFile(name: string, path: string, signal: AbortSignal): Promise<Buffer | undefined> {
  let bytes: Buffer;
  try {
    bytes = await readBounded(path, { maxBytes: MAX_BYTES, signal });
  } catch (error) {
    signal.throwIfAborted();
    const code = nodeErrorCode(error);
    const address = code === 'ENOENT' || code === 'ENOTDIR' ? suggestAddress(name) : undefined;
    if (address !== undefined) throw missingScheme(name, address, error);
    if (code === 'ENOENT' && LOCAL_PAGE.test(extname(path)) && extname(path) !== '.txt') return undefined; // the crawl reports a missing page
    throw new BloggerError(`Cannot read the list ${name}: ${reasonOf(code, error)}`, {
      code: 'LIST_MISSING',
      hint: 'Name the list (`blogger generate my-urls.txt`), give `-` to read it from standard input, or run `blogger init` for a sample.',
      cause: error,
    });
  }
  if (bytes.length <= MAX_BYTES) return bytes;
  throw new BloggerError(`Cannot read the list ${name}: it is larger than ${MAX_BYTES} bytes`, {
    code: 'LIST_MISSING',
    hint: 'Split the list, and name its parts.',
  });
}

function missingScheme(name: string, address: string, cause: unknown): BloggerError {
  return new BloggerError(`Cannot read the list ${name}: there is no such file`, {
    code: 'LIST_MISSING',
    hint: `If it is an address, write it with its scheme: ${address}`,
    cause,
  });
}

function reasonOf(code: string | undefined, error: unknown): string {
  if (code === 'ENOENT') return 'there is no such file';
  return code === 'EISDIR' ? 'it is a folder' : (code ?? String(error));
}

function conditions({ etag, lastModified }: Validators): Record<string, string> {
  return {
    ...(etag === undefined ? {} : { 'if-none-match': etag }),
    ...(lastModified === undefined ? {} : { 'if-modified-since': lastModified }),
  };
}

const GONE = 410;
/** Its owner says that the list will not come back (RFC 9110 §15.5.11). */
const GONE_MS = 86_400_000;

function statusError(url: string, { status, headers }: CrawlResponse, now: number): BloggerError {
  const retryAfterMs = readRetryAfter(headers['retry-after'], now) ?? (status === GONE ? GONE_MS : undefined);
  const words = leadsNowhere(status)
    ? `The list ${url} answered with status ${status} and no address to go to`
    : `The list ${url} answered with status ${status}`;
  return new BloggerError(words, {
    code: 'HTTP_STATUS',
    hint:
      status === GONE
        ? 'The list is gone for good; take it out.'
        : 'Open the address in a browser, or download the list and name the file.',
    details: { status },
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}
