import { createInflateRaw, type InflateRaw } from 'node:zlib';
import { plural } from '../text/plural.ts';
import { nodeErrorCode } from './node-errors.ts';

export interface Unpacked {
  readonly bytes: Uint8Array;
  /** Why `bytes` is only the first part. */
  readonly damage?: string;
}

/** Maximum output lost by a failing write: zlib drops the output of a write that ends in an error. */
const PIECE_BYTES = 1024;
const TRAILER_BYTES = 8;

/**
 * Unpacks gzip data, detected by its bytes; other bytes are returned unchanged. Output before damaged data, or up to `maxBytes`, is kept; text
 * after the end, as cache plugins append it, is ignored.
 */
export async function unpack(bytes: Uint8Array, maxBytes: number): Promise<Unpacked> {
  if (!isGzip(bytes, 0)) return { bytes };
  const chunks: Uint8Array[] = [];
  let length = 0;
  let damage: string | undefined;
  for (let at = 0; at < bytes.byteLength && damage === undefined && isGzip(bytes, at); ) {
    const member = await inflate(bytes.subarray(at + headerBytes(bytes, at)), (chunk) => {
      chunks.push(chunk.subarray(0, maxBytes - length));
      length += chunk.byteLength;
      return length <= maxBytes;
    });
    at += headerBytes(bytes, at) + member.consumed + TRAILER_BYTES;
    if (member.error !== undefined)
      damage = `its gzip data ${member.error} after ${plural(Math.min(length, maxBytes), 'unpacked byte')}`;
    if (length > maxBytes) damage = `it is larger than ${maxBytes} bytes when unpacked; the rest was left out`;
  }
  return { bytes: Buffer.concat(chunks), ...(damage === undefined ? {} : { damage }) };
}

interface Inflated {
  readonly consumed: number;
  readonly error?: string;
}

/** Inflates piece by piece until `onChunk` returns false. */
async function inflate(bytes: Uint8Array, onChunk: (chunk: Uint8Array) => boolean): Promise<Inflated> {
  const stream = createInflateRaw();
  let isEnded = false;
  let isEnough = false;
  let error: string | undefined;
  stream.on('data', (chunk: Uint8Array) => {
    isEnough ||= !onChunk(chunk);
  });
  stream.on('end', () => {
    isEnded = true;
  });
  stream.on('error', (reason) => {
    error ??= nodeErrorCode(reason) === 'Z_BUF_ERROR' ? 'is cut off' : 'is damaged';
  });
  for (let at = 0; at < bytes.byteLength && !isEnough && !isEnded && error === undefined; at += PIECE_BYTES)
    await write(stream, bytes.subarray(at, at + PIECE_BYTES));
  if (!isEnded && !isEnough && error === undefined) await finish(stream);
  stream.destroy();
  return { consumed: stream.bytesWritten, ...(error === undefined ? {} : { error }) };
}

function write(stream: InflateRaw, piece: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    stream.write(piece, () => resolve()); // errors go to the error listener
  });
}

function finish(stream: InflateRaw): Promise<void> {
  return new Promise((resolve) => {
    stream.once('close', () => resolve());
    stream.end();
  });
}

function isGzip(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0x1f && bytes[at + 1] === 0x8b;
}

/** RFC 1952 §2.3: ten bytes, then optional fields by flags. */
function headerBytes(bytes: Uint8Array, at: number): number {
  const flags = bytes[at + 3] ?? 0;
  let end = at + 10;
  if ((flags & 4) !== 0) end += 2 + (bytes[end] ?? 0) + 256 * (bytes[end + 1] ?? 0);
  for (const flag of [8, 16]) {
    if ((flags & flag) === 0) continue;
    while (end < bytes.byteLength && bytes[end] !== 0) end += 1;
    end += 1;
  }
  return ((flags & 2) === 0 ? end : end + 2) - at;
}
