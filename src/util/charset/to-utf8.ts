/** Bytes of any charset to UTF-8: by byte order mark, header, meta, and at last by what the bytes look like (WHATWG names, as browsers read them). */

import { isUtf8 } from 'node:buffer';
import { type Charsets, loadCharsets } from './decoder.ts';
import { guessCharset } from './guess-charset.ts';

const META_BYTES = 4096;
const UTF8_MARK_BYTES = 3;
/** So much of a document's characters may be broken before its declared charset is doubted. */
const BROKEN_SHARE = 0.005;
const UTF8_LABEL = /^\s*(utf-?8|unicode-1-1-utf-8|x-unicode20utf8)\s*$/i;

/** The document as UTF-8 without its mark; most pages are that already and come back as they are. `headerCharset` is the parameter of the Content-Type, if any. */
export async function toUtf8(bytes: Uint8Array, headerCharset: string | undefined): Promise<Uint8Array> {
  const marked = byteOrderMark(bytes);
  if (marked === 'utf-8' && isUtf8(bytes)) return bytes.subarray(UTF8_MARK_BYTES);
  if (marked !== undefined) return Buffer.from(new TextDecoder(marked).decode(bytes));
  const labels = [headerCharset, metaCharset(bytes)].filter((label) => label !== undefined);
  if (isUtf8(bytes) && (labels[0] === undefined || UTF8_LABEL.test(labels[0]))) return bytes;
  return decodeLegacy(bytes, labels, await loadCharsets());
}

/** The charset parameter of a Content-Type header. */
export function charsetParameter(contentType: string | undefined): string | undefined {
  return /charset\s*=\s*["']?([^\s;"',]+)/i.exec(contentType ?? '')?.[1];
}

/** Each declaration is believed as long as the bytes fit it; without one that fits, the bytes decide. */
function decodeLegacy(bytes: Uint8Array, labels: readonly string[], charsets: Charsets): Uint8Array {
  const declared = labels.map(charsets.nameOf).filter((name) => name !== undefined && name !== 'replacement');
  if (declared.length === 0 && isUtf8(bytes)) return bytes;
  for (const charset of new Set(declared)) {
    if (charset === 'utf-8' && isUtf8(bytes)) return bytes;
    const text = soundText(bytes, charset, charsets);
    if (text !== undefined) return Buffer.from(text);
  }
  if (isUtf8(bytes)) return bytes;
  return Buffer.from(charsets.decode(bytes, guessCharset(bytes, charsets.decode)));
}

function byteOrderMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : undefined;
}

function metaCharset(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, META_BYTES)).toString('latin1');
  const named =
    /<meta[^<>]{0,300}?charset\s{0,9}=\s{0,9}["']?([^\s;"'/>]+)/i.exec(head)?.[1] ??
    /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"']+)/i.exec(head)?.[1];
  if (named === undefined) return undefined;
  if (/^utf-?16/i.test(named)) return 'utf-8'; // a meta that can be read as ASCII is not in UTF-16
  return /^x-user-defined$/i.test(named) ? 'windows-1252' : named;
}

/** Undefined where so much is broken that the charset must be another one. */
function soundText(bytes: Uint8Array, charset: string | undefined, { decode }: Charsets): string | undefined {
  if (charset === undefined) return undefined;
  const text = decode(bytes, charset);
  return brokenShare(text) <= BROKEN_SHARE ? text : undefined;
}

function brokenShare(text: string): number {
  let broken = 0;
  for (let at = text.indexOf('\uFFFD'); at !== -1; at = text.indexOf('\uFFFD', at + 1)) broken += 1;
  return text.length === 0 ? 0 : broken / text.length;
}
