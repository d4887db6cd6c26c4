/** Cached values as bytes: JSON with bytes inside, compressed when that pays, with a mark of the schema in front. */

import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** First byte of a value: what follows is JSON, or JSON deflated. Anything else is foreign and a miss. */
const PLAIN = 0xb1;
const DEFLATED = 0xb2;
const COMPRESS_FROM = 2048;
/** Larger than any page that is ever kept; more is an attack or damage. */
const MOST_BYTES = 1_073_741_824;

export function encodeValue(value: unknown): Buffer {
  const json = Buffer.from(JSON.stringify(value, replaceBytes) ?? 'null');
  if (json.length < COMPRESS_FROM) return Buffer.concat([Buffer.of(PLAIN), json]);
  const deflated = deflateRawSync(json, { level: 1 });
  return deflated.length < json.length ? Buffer.concat([Buffer.of(DEFLATED), deflated]) : Buffer.concat([Buffer.of(PLAIN), json]);
}

/** Undefined for bytes of an older or foreign schema, or damaged ones. */
export function decodeValue(bytes: Uint8Array): unknown {
  const [mark] = bytes;
  if (mark !== PLAIN && mark !== DEFLATED) return undefined;
  try {
    const body = bytes.subarray(1);
    const json = mark === DEFLATED ? inflateRawSync(body, { maxOutputLength: MOST_BYTES }) : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    return JSON.parse(json.toString('utf8'), reviveBytes) as unknown;
  } catch {
    return undefined; // damaged: a miss, the value is made anew
  }
}

const BYTES = '$bytes';

function replaceBytes(this: unknown, key: string, value: unknown): unknown {
  // Buffers turn themselves into JSON before a replacer sees them; the holder still has them.
  const raw = (this as Record<string, unknown>)[key];
  return raw instanceof Uint8Array ? { [BYTES]: Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('base64') } : value;
}

function reviveBytes(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !(BYTES in value)) return value;
  const { [BYTES]: base64, ...rest } = value as Record<string, unknown>;
  return typeof base64 === 'string' && Object.keys(rest).length === 0 ? new Uint8Array(Buffer.from(base64, 'base64')) : value;
}
