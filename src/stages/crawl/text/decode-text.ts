/** Bytes of any charset to UTF-8: by byte order mark, header, meta, and at last by what the bytes look like (WHATWG names, as browsers read them). */

import { isUtf8 } from 'node:buffer';
import { guessCharset } from './guess-charset.ts';

const META_BYTES = 4096;
const UTF8_MARK_BYTES = 3;
/** So much of a document's characters may be broken before its declared charset is doubted. */
const BROKEN_SHARE = 0.005;

/** The document as UTF-8 without its mark; most pages are that already and come back as they are. `headerCharset` is the parameter of the Content-Type, if any. */
export function toUtf8(bytes: Uint8Array, headerCharset: string | undefined): Uint8Array {
  const marked = byteOrderMark(bytes);
  if (marked !== undefined) return encode(bytes, marked);
  const declared = knownCharset(headerCharset) ?? knownCharset(metaCharset(bytes));
  if ((declared === undefined || declared === 'utf-8') && isUtf8(bytes)) return bytes;
  if (declared !== undefined) {
    const text = soundText(bytes, declared) ?? soundText(bytes, knownCharset(metaCharset(bytes)));
    if (text !== undefined) return Buffer.from(text);
    if (isUtf8(bytes)) return bytes;
  }
  return encode(bytes, guessCharset(bytes));
}

/** The charset parameter of a Content-Type header. */
export function charsetParameter(contentType: string | undefined): string | undefined {
  return /charset\s*=\s*["']?([^\s;"']+)/i.exec(contentType ?? '')?.[1];
}

function byteOrderMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : undefined;
}

function metaCharset(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, META_BYTES)).toString('latin1');
  const named =
    /<meta[^>]{0,300}?charset\s*=\s*["']?([^\s;"'/>]+)/i.exec(head)?.[1] ??
    /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"']+)/i.exec(head)?.[1];
  return named !== undefined && /^utf-?16/i.test(named) ? 'utf-8' : named; // a meta that can be read as ASCII is not in UTF-16
}

function knownCharset(label: string | undefined): string | undefined {
  if (label === undefined) return undefined;
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return undefined; // a label that nobody knows is as good as none
  }
}

function encode(bytes: Uint8Array, charset: string): Uint8Array {
  if (charset === 'utf-8' && isUtf8(bytes))
    return byteOrderMark(bytes) === undefined ? bytes : bytes.subarray(UTF8_MARK_BYTES);
  return Buffer.from(new TextDecoder(charset).decode(bytes));
}

/** Undefined where so much is broken that the charset must be another one. */
function soundText(bytes: Uint8Array, charset: string | undefined): string | undefined {
  if (charset === undefined) return undefined;
  const text = new TextDecoder(charset).decode(bytes);
  return brokenShare(text) <= BROKEN_SHARE ? text : undefined;
}

function brokenShare(text: string): number {
  let broken = 0;
  for (let at = text.indexOf('\uFFFD'); at !== -1; at = text.indexOf('\uFFFD', at + 1)) broken += 1;
  return text.length === 0 ? 0 : broken / text.length;
}
