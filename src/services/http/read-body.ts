import type { Readable } from 'node:stream';
import type { FetchRequest } from '../../core/ports.ts';
import { nodeErrorCode } from '../../util/files/node-errors.ts';
import { type Codings, isBrokenOff, isGzip, isText, readCodings, unpack, unpackStart } from './decode-body.ts';
import { encodingError, tooLargeError } from './fetch-errors.ts';

export interface BodyContext {
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly request: Pick<FetchRequest, 'maxBytes' | 'overflow' | 'wantsBody'>;
}

const EMPTY = new Uint8Array(0);
/** Reading this much of an unwanted body is cheaper than a new connection. */
const DUMP_BYTES = 65_536;

/** Reads, limits and decompresses a body; keeps the connection usable when that is cheap. */
export async function readBody(body: Readable, { url, status, headers, request }: BodyContext): Promise<Uint8Array> {
  const { maxBytes, overflow = 'fail', wantsBody = belowError } = request;
  if (!wantsBody({ status, headers })) return discard(body);
  if (overflow === 'fail' && Number(headers['content-length']) > maxBytes) {
    await discard(body);
    throw tooLargeError(url, maxBytes);
  }
  const packed = await gather(body, maxBytes);
  const codings = readCodings(headers['content-encoding']);
  const type = headers['content-type'] ?? '';
  if (packed.end !== 'cut') {
    const unpacked = await unpackPage(packed.bytes, codings.known, { maxBytes, type });
    if (unpacked !== 'overflow') {
      if (isPackedOtherwise(unpacked, codings.unknown)) throw encodingError(url, codings.unknown.join(', '));
      if (packed.end !== 'whole' && !isWholeDocument(unpacked)) throw packed.end.error;
      if (isHalfPage(packed.bytes, unpacked, codings.known, { maxBytes, type })) throw brokenOff();
      return unpacked;
    }
  }
  if (overflow === 'cut') return unpackStart(packed.bytes, codings.known, maxBytes);
  throw tooLargeError(url, maxBytes);
}

function belowError({ status }: { readonly status: number }): boolean {
  return status < 400;
}

/** The raw bytes, and how they ended: complete, `cut` at `maxBytes`, or with an error. */
interface Gathered {
  readonly bytes: Uint8Array;
  readonly end: 'whole' | 'cut' | { readonly error: unknown };
}

async function gather(body: Readable, maxBytes: number): Promise<Gathered> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of body) {
      const bytes = chunk as Uint8Array; // bodies give buffers
      chunks.push(bytes);
      size += bytes.byteLength;
      if (size > maxBytes) return { bytes: Buffer.concat(chunks), end: 'cut' }; // leaving the loop destroys the body
    }
  } catch (error) {
    if (size === 0 || !endedEarly(error)) throw error;
    return { bytes: Buffer.concat(chunks), end: { error } };
  }
  const [only] = chunks;
  return { bytes: chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks), end: 'whole' };
}

/** A wrong length, a missing last chunk, or a closed connection. */
function endedEarly(error: unknown): boolean {
  return (
    error instanceof Error &&
    (error.name === 'HTTPParserError' ||
      /^(UND_ERR_RES_CONTENT_LENGTH_MISMATCH|UND_ERR_SOCKET|ECONNRESET)$/.test(nodeErrorCode(error) ?? ''))
  );
}

/** An HTML document with its end tag is complete, even if the stated length differs. */
function isWholeDocument(bytes: Uint8Array): boolean {
  const tail = Buffer.from(
    bytes.buffer,
    bytes.byteOffset + Math.max(0, bytes.byteLength - 1024),
    Math.min(1024, bytes.byteLength),
  );
  return /<\/html\s*>/i.test(tail.toString('latin1'));
}

interface Limits {
  readonly maxBytes: number;
  readonly type: string;
}

/** HTML without its end tag from an incomplete compressed stream: a partial article must not pass as complete. */
function isHalfPage(
  packed: Uint8Array,
  unpacked: Uint8Array,
  [coding]: Codings['known'],
  { maxBytes, type }: Limits,
): boolean {
  return (
    coding !== undefined &&
    /\bhtml\b/i.test(type) &&
    !isWholeDocument(unpacked) &&
    isBrokenOff(packed, coding, maxBytes)
  );
}

function brokenOff(): Error {
  return Object.assign(new Error('The answer ended early'), { code: 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH' });
}

/** Decodes by the header, then once more if an HTML page is still gzip: some servers compress twice. */
async function unpackPage(
  bytes: Uint8Array,
  codings: Codings['known'],
  { maxBytes, type }: Limits,
): Promise<Uint8Array | 'overflow'> {
  const unpacked = await unpack(bytes, codings, maxBytes);
  const isPacked = unpacked !== 'overflow' && isGzip(unpacked) && /\bhtml\b/i.test(type);
  return isPacked ? unpack(unpacked, ['gzip'], maxBytes) : unpacked;
}

/** An unknown content coding (`UTF-8`, `none`, `binary`) is treated as a wrong header, unless the body is neither text nor a PDF. */
function isPackedOtherwise(bytes: Uint8Array, unknown: readonly string[]): boolean {
  return unknown.length > 0 && !isText(bytes) && Buffer.from(bytes.subarray(0, 5)).toString('latin1') !== '%PDF-';
}

async function discard(body: Readable): Promise<Uint8Array> {
  body.on('error', () => {}); // the body is not needed
  let size = 0;
  try {
    for await (const chunk of body) {
      size += (chunk as Uint8Array).byteLength; // bodies give buffers
      if (size > DUMP_BYTES) break;
    }
  } catch {
    // status and headers have arrived
  }
  return EMPTY;
}
