/** Bytes to text: by byte order mark, header, meta, and at last by what the bytes look like (WHATWG names, as browsers read them). */

import { guessCharset } from './guess-charset.ts';

const UTF8 = new TextDecoder('utf-8', { fatal: true });
const META_BYTES = 4096;
/** So much of a document's characters may be broken before its declared charset is doubted. */
const BROKEN_SHARE = 0.005;

export interface DecodedText {
  readonly text: string;
  /** Canonical name, such as `euc-kr`. */
  readonly charset: string;
}

/** Decodes a document. `headerCharset` is the parameter of its Content-Type, if any. */
export function decodeText(bytes: Uint8Array, headerCharset: string | undefined): DecodedText {
  const marked = byteOrderMark(bytes);
  if (marked !== undefined) return decodeAs(bytes, marked);
  const declared = knownCharset(headerCharset) ?? knownCharset(metaCharset(bytes));
  if (declared === undefined || declared === 'utf-8') {
    const text = strictUtf8(bytes);
    if (text !== undefined) return { text, charset: 'utf-8' };
  }
  if (declared !== undefined) {
    const decoded = decodeAs(bytes, declared);
    if (brokenShare(decoded.text) <= BROKEN_SHARE) return decoded;
    const meta = knownCharset(metaCharset(bytes));
    if (meta !== undefined && meta !== declared) {
      const second = decodeAs(bytes, meta);
      if (brokenShare(second.text) <= BROKEN_SHARE) return second;
    }
    const utf8 = strictUtf8(bytes);
    if (utf8 !== undefined) return { text: utf8, charset: 'utf-8' };
  }
  return decodeAs(bytes, guessCharset(bytes));
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
  const named = /<meta[^>]{0,300}?charset\s*=\s*["']?([^\s;"'/>]+)/i.exec(head)?.[1] ?? /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"']+)/i.exec(head)?.[1];
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

function strictUtf8(bytes: Uint8Array): string | undefined {
  try {
    return UTF8.decode(bytes);
  } catch {
    return undefined;
  }
}

function decodeAs(bytes: Uint8Array, charset: string): DecodedText {
  return { text: new TextDecoder(charset).decode(bytes), charset };
}

function brokenShare(text: string): number {
  let broken = 0;
  for (let at = text.indexOf('\uFFFD'); at !== -1; at = text.indexOf('\uFFFD', at + 1)) broken += 1;
  return text.length === 0 ? 0 : broken / text.length;
}
