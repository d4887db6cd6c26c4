/** Binary encoding of values: a schema byte, then JSON, then the binary parts. */

import { promisify } from 'node:util';
import { deflateRaw, deflateRawSync, type InputType, inflateRaw, inflateRawSync, type ZlibOptions } from 'node:zlib';

/** First byte of packed values; any other byte means another schema. */
const PACKED = 0xb3;
/** First byte of compressed packed values. */
const DEFLATED = 0xb4;
const COMPRESS_FROM = 2048;
/** Larger values are compressed off the main thread: ten megabytes take it a second. Switching threads costs more than a small one. */
const ASYNC_FROM = 65_536;
/** Larger than any stored page; a longer value is damaged or hostile. */
const MAX_BYTES = 1_073_741_824;
const HEAD = 5;

/** Any JSON value with `Uint8Array` inside: `mark, length of the JSON, JSON, bytes`. */
export function packValue(value: unknown): Buffer {
  const parts: Uint8Array[] = [];
  let offset = 0;
  const json = Buffer.from(
    JSON.stringify(value, function replace(this: unknown, key: string, member: unknown) {
      // Buffers call toJSON before the replacer runs; the original is read from the parent object.
      const raw = (this as Record<string, unknown>)[key];
      if (!(raw instanceof Uint8Array)) return member;
      parts.push(raw);
      offset += raw.byteLength;
      return { [BYTES]: [offset - raw.byteLength, raw.byteLength] };
    }) ?? 'null',
  );
  const head = Buffer.allocUnsafe(HEAD);
  head.writeUInt8(PACKED, 0);
  head.writeUInt32LE(json.length, 1);
  return Buffer.concat([head, json, ...parts]);
}

/** Undefined for bytes of another schema or damaged bytes: treated as a miss. */
export function unpackValue(bytes: Uint8Array): unknown {
  if (bytes[0] !== PACKED || bytes.byteLength < HEAD) return undefined;
  const packed = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = HEAD + packed.readUInt32LE(1);
  if (start > packed.length) return undefined;
  try {
    return JSON.parse(packed.toString('utf8', HEAD, start), (_key, member: unknown) => {
      const place = bytesPlace(member);
      return place === undefined
        ? member
        : new Uint8Array(packed.subarray(start + place[0], start + place[0] + place[1]));
    }) as unknown;
  } catch {
    return undefined; // damaged
  }
}

/** Like `packValue`, compressed if that is smaller. Returns no Buffer: stores serialise it again, and a Buffer would become a list of numbers. */
export async function encodeValue(value: unknown): Promise<Uint8Array> {
  const packed = packValue(value);
  if (packed.length < COMPRESS_FROM) return plain(packed);
  const options = { level: 1 };
  const deflated = packed.length < ASYNC_FROM ? deflateRawSync(packed, options) : await deflate(packed, options);
  return plain(deflated.length < packed.length ? Buffer.concat([Buffer.of(DEFLATED), deflated]) : packed);
}

function plain({ buffer, byteOffset, byteLength }: Buffer): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

export async function decodeValue(bytes: Uint8Array): Promise<unknown> {
  if (bytes[0] !== DEFLATED) return unpackValue(bytes);
  const options = { maxOutputLength: MAX_BYTES };
  const packed = bytes.subarray(1);
  try {
    return unpackValue(packed.length < ASYNC_FROM ? inflateRawSync(packed, options) : await inflate(packed, options));
  } catch {
    return undefined; // damaged
  }
}

const deflate = promisify<InputType, ZlibOptions, Buffer>(deflateRaw);
const inflate = promisify<InputType, ZlibOptions, Buffer>(inflateRaw);

const BYTES = '$bytes';

function bytesPlace(member: unknown): readonly [offset: number, length: number] | undefined {
  if (typeof member !== 'object' || member === null || !(BYTES in member)) return undefined;
  const { [BYTES]: place, ...rest } = member as Record<string, unknown>;
  if (!Array.isArray(place) || place.length !== 2 || Object.keys(rest).length > 0) return undefined;
  const [offset, length] = place as unknown[];
  return typeof offset === 'number' && typeof length === 'number' ? [offset, length] : undefined;
}
