/** Decompresses bodies. The cap applies to the output: 30 kB of gzip can hold 30 MB. */

import type { Transform } from 'node:stream';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { nodeErrorCode } from '../../util/files/node-errors.ts';

type Format = 'gzip' | 'br' | 'deflate' | 'deflate-raw' | 'zstd';

interface Codec {
  readonly sync: (packed: Uint8Array, maxBytes: number) => Uint8Array;
  readonly async: (packed: Uint8Array, maxBytes: number) => Promise<Uint8Array>;
  readonly stream: () => Transform;
}

/** Small bodies are decompressed synchronously (switching threads costs more); large ones off the main thread. */
const SYNC_BYTES = 65_536;
const LENIENT = { finishFlush: zlib.constants.Z_SYNC_FLUSH } as const; // as browsers: accepts a missing trailer
const LENIENT_BROTLI = { finishFlush: zlib.constants.BROTLI_OPERATION_FLUSH } as const;

const gunzip = promisify<Uint8Array, zlib.ZlibOptions, Uint8Array>(zlib.gunzip);
const inflate = promisify<Uint8Array, zlib.ZlibOptions, Uint8Array>(zlib.inflate);
const inflateRaw = promisify<Uint8Array, zlib.ZlibOptions, Uint8Array>(zlib.inflateRaw);
const unbrotli = promisify<Uint8Array, zlib.BrotliOptions, Uint8Array>(zlib.brotliDecompress);

const MAX_EXPECTED_RATIO = 20;

/** Size from the gzip trailer (RFC 1952 §2.3.1), used to allocate the output once; a false value costs at most `MAX_EXPECTED_RATIO` times the input size. */
function gzipSize(packed: Uint8Array, maxBytes: number): number {
  const stated =
    packed.byteLength < 18
      ? 0
      : new DataView(packed.buffer, packed.byteOffset + packed.byteLength - 4).getUint32(0, true);
  return Math.max(1024, Math.min(stated, maxBytes, packed.byteLength * MAX_EXPECTED_RATIO)) + 1;
}

const CODECS: Readonly<Partial<Record<Format, Codec>>> = {
  gzip: {
    sync: (packed, maxOutputLength) =>
      zlib.gunzipSync(packed, { ...LENIENT, maxOutputLength, chunkSize: gzipSize(packed, maxOutputLength) }),
    async: (packed, maxOutputLength) => gunzip(packed, { ...LENIENT, maxOutputLength }),
    stream: () => zlib.createGunzip(LENIENT),
  },
  deflate: {
    sync: (packed, maxOutputLength) => zlib.inflateSync(packed, { ...LENIENT, maxOutputLength }),
    async: (packed, maxOutputLength) => inflate(packed, { ...LENIENT, maxOutputLength }),
    stream: () => zlib.createInflate(LENIENT),
  },
  'deflate-raw': {
    sync: (packed, maxOutputLength) => zlib.inflateRawSync(packed, { ...LENIENT, maxOutputLength }),
    async: (packed, maxOutputLength) => inflateRaw(packed, { ...LENIENT, maxOutputLength }),
    stream: () => zlib.createInflateRaw(LENIENT),
  },
  br: {
    sync: (packed, maxOutputLength) => zlib.brotliDecompressSync(packed, { ...LENIENT_BROTLI, maxOutputLength }),
    async: (packed, maxOutputLength) => unbrotli(packed, { ...LENIENT_BROTLI, maxOutputLength }),
    stream: () => zlib.createBrotliDecompress(LENIENT_BROTLI),
  },
  ...zstdCodec(),
};

/** Accept-Encoding, with zstd on Node.js 22.15 and later. */
export const ACCEPT_ENCODING = CODECS.zstd === undefined ? 'gzip, br, deflate' : 'gzip, br, zstd, deflate';

export interface Codings {
  /** In the order in which they must be decoded. */
  readonly known: readonly Format[];
  readonly unknown: readonly string[];
}

export function readCodings(header: string | undefined): Codings {
  const names = (header ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity')
    .map((name) => name.replace(/^"|"$/g, ''))
    .map((name) => name.replace(/^x-(?=(?:gzip|deflate)$)/, ''));
  return { known: names.filter(isFormat).reverse(), unknown: names.filter((name) => !isFormat(name)) };
}

/**
 * Decompresses a whole body; `overflow` if the output exceeds `maxBytes`. Headers are often wrong: plain text is returned unchanged, and the
 * format is detected from the first bytes if possible. Throws zlib's error for a damaged body.
 */
export async function unpack(
  packed: Uint8Array,
  codings: readonly Format[],
  maxBytes: number,
): Promise<Uint8Array | 'overflow'> {
  let body = packed;
  for (const coding of codings) {
    if (body.byteLength === 0) return body; // an empty body in any coding is an empty body
    try {
      body = await unpackOnce(body, coding, maxBytes);
    } catch (error) {
      if (error instanceof RangeError) return 'overflow'; // ERR_BUFFER_TOO_LARGE
      if (!isText(body)) throw error;
    }
  }
  return body.byteLength > maxBytes ? 'overflow' : body;
}

async function unpackOnce(body: Uint8Array, coding: Format, maxBytes: number): Promise<Uint8Array> {
  const codec = codecOf(coding, body);
  try {
    return body.byteLength <= SYNC_BYTES ? codec.sync(body, maxBytes) : await codec.async(body, maxBytes);
  } catch (error) {
    const start = error instanceof RangeError || !isGzip(body) ? undefined : gzipDataAt(body);
    if (start === undefined) throw error;
    return zlib.inflateRawSync(body.subarray(start), { ...LENIENT, maxOutputLength: maxBytes }); // bytes after the end are ignored
  }
}

export function isGzip(body: Uint8Array): boolean {
  return body[0] === 0x1f && body[1] === 0x8b && body[2] === 8;
}

/** Where the compressed data of a gzip file begin (RFC 1952 §2.3). */
function gzipDataAt(body: Uint8Array): number | undefined {
  const flags = body[3] ?? 0;
  let at = 10;
  if ((flags & 4) !== 0) at += 2 + (body[at] ?? 0) + 256 * (body[at + 1] ?? 0);
  for (const flag of [8, 16]) if ((flags & flag) !== 0) at = body.indexOf(0, at) + 1 || body.length;
  if ((flags & 2) !== 0) at += 2;
  return at < body.length ? at : undefined;
}

/** True if the first bytes contain no control characters except those of text. */
export function isText(body: Uint8Array): boolean {
  const start = Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, 512)).toString('latin1');
  const binary = start.match(/[\x00-\x08\x0e-\x1a\x1c-\x1f]/g)?.length ?? 0;
  return binary <= start.length / 50;
}

/** Decompresses the readable part of a truncated body, at most `maxBytes`. */
export async function unpackStart(
  packed: Uint8Array,
  codings: readonly Format[],
  maxBytes: number,
): Promise<Uint8Array> {
  let body = packed;
  for (const coding of codings) body = await drain(codecOf(coding, body).stream(), body, maxBytes);
  return body.subarray(0, maxBytes);
}

async function drain(stream: Transform, packed: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  stream.end(packed);
  try {
    for await (const chunk of stream) {
      const bytes = chunk as Uint8Array; // zlib streams give buffers
      chunks.push(bytes);
      size += bytes.byteLength;
      if (size >= maxBytes) break;
    }
  } catch (error) {
    if (chunks.length === 0) throw error; // nothing could be decoded; otherwise the decoded start is returned
  }
  return Buffer.concat(chunks);
}

/** Decompressors that throw if the compressed data is incomplete; gzip and zlib are read without their checksums, which may be missing. */
const STRICT: Readonly<Partial<Record<Format, (packed: Uint8Array, options: zlib.ZlibOptions) => Uint8Array>>> = {
  gzip: (packed, options) => zlib.inflateRawSync(packed.subarray(gzipDataAt(packed) ?? packed.length), options),
  deflate: (packed, options) => zlib.inflateRawSync(packed.subarray(2), options),
  'deflate-raw': zlib.inflateRawSync,
  br: zlib.brotliDecompressSync,
};

/** True if the compressed data is incomplete; `unpack` returns the available part. */
export function isBrokenOff(packed: Uint8Array, coding: Format, maxBytes: number): boolean {
  try {
    STRICT[actualFormat(coding, packed)]?.(packed, { maxOutputLength: maxBytes });
    return false;
  } catch (error) {
    return nodeErrorCode(error) === 'Z_BUF_ERROR';
  }
}

/** "deflate" means zlib by the standard, but some servers send raw deflate; the first byte decides. */
function actualFormat(format: Format, packed: Uint8Array): Format {
  const isRaw = format === 'deflate' && ((packed[0] ?? 0) & 0x0f) !== 8;
  return isGzip(packed) ? 'gzip' : isRaw ? 'deflate-raw' : format;
}

function codecOf(format: Format, packed: Uint8Array): Codec {
  const actual = actualFormat(format, packed);
  const codec = CODECS[actual];
  if (codec === undefined) throw new TypeError(`No codec for ${actual}`);
  return codec;
}

function isFormat(name: string): name is Format {
  return name in CODECS && name !== 'deflate-raw';
}

function zstdCodec(): Partial<Record<Format, Codec>> {
  // Missing in the types and zlib of Node 20, so looked up by name.
  const { zstdDecompressSync, zstdDecompress, createZstdDecompress } = zlib as unknown as {
    readonly zstdDecompressSync?: (packed: Uint8Array, options: object) => Uint8Array;
    readonly zstdDecompress?: (
      packed: Uint8Array,
      options: object,
      done: (error: Error | null, body: Uint8Array) => void,
    ) => void;
    readonly createZstdDecompress?: () => Transform;
  };
  if (zstdDecompressSync === undefined || zstdDecompress === undefined || createZstdDecompress === undefined) return {};
  const unzstd = promisify<Uint8Array, object, Uint8Array>(zstdDecompress);
  return {
    zstd: {
      sync: (packed, maxOutputLength) => zstdDecompressSync(packed, { maxOutputLength }),
      async: (packed, maxOutputLength) => unzstd(packed, { maxOutputLength }),
      stream: () => createZstdDecompress(),
    },
  };
}
