/** Converts bytes of any charset to UTF-8. Uses the byte order mark, header, meta, and finally detection from the bytes (WHATWG names, as in browsers). */

import { isUtf8 } from 'node:buffer';
import { type Charsets, loadCharsets } from './decoder.ts';
import { guessCharset, weighReading } from './guess-charset.ts';
import { charsetIn, metaCharset } from './meta-charset.ts';

const META_BYTES = 4096;
const UTF8_MARK_BYTES = 3;
/** Share of characters that may be broken before the declared charset is rejected. */
const BROKEN_SHARE = 0.005;
const UTF8_LABEL = /^\s*(utf-?8|unicode-1-1-utf-8|x-unicode20utf8)\s*$/i;

/** The document as UTF-8 without its byte order mark; most pages already are and are returned unchanged. `headerCharset` is the parameter of the Content-Type, if any. */
export async function toUtf8(bytes: Uint8Array, headerCharset: string | undefined): Promise<Uint8Array> {
  const marked = byteOrderMark(bytes) ?? unmarkedUtf16(bytes);
  if (marked === 'utf-8' && isUtf8(bytes)) return bytes.subarray(UTF8_MARK_BYTES);
  if (marked !== undefined) return Buffer.from(new TextDecoder(marked).decode(bytes));
  const labels = [headerCharset, declaredCharset(bytes)].filter((label) => label !== undefined);
  if (isUtf8(bytes)) {
    if (hasJapaneseEscapes(bytes)) return Buffer.from((await loadCharsets()).decode(bytes, 'iso-2022-jp'));
    if (labels[0] === undefined || UTF8_LABEL.test(labels[0]) || isPlainlyUtf8(bytes)) return bytes;
  }
  return decodeLegacy(bytes, labels, await loadCharsets());
}

/** The charset parameter of a Content-Type header. */
export function charsetParameter(contentType: string | undefined): string | undefined {
  return charsetIn(contentType ?? '');
}

/** Uses the first declaration that fits the bytes; without one, detects the charset from the bytes. */
function decodeLegacy(bytes: Uint8Array, labels: readonly string[], charsets: Charsets): Uint8Array {
  const declared = labels.flatMap((label) => charsets.nameOf(label) ?? []).filter((name) => name !== 'replacement');
  if (declared.length === 0 && isUtf8(bytes)) return bytes;
  const readings = [...new Set(declared)].flatMap((charset) => {
    const text = soundText(bytes, charset, charsets);
    return text === undefined ? [] : [{ charset, text }];
  });
  const [reading] = readings.length > 1 ? likeliestFirst(readings) : readings;
  if (reading !== undefined) return Buffer.from(reading.text);
  if (isUtf8(bytes)) return bytes;
  return Buffer.from(charsets.decode(bytes, guessCharset(bytes, charsets.decode)));
}

function byteOrderMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : undefined;
}

/** This many UTF-8 sequences do not occur by chance in a text of another charset. */
const PLAIN_SEQUENCES = 8;

function isPlainlyUtf8(bytes: Uint8Array): boolean {
  let sequences = 0;
  for (const byte of bytes) if (byte >= 0xc2 && ++sequences >= PLAIN_SEQUENCES) return true;
  return false;
}

/** ISO-2022-JP is ASCII except for the escapes before its Japanese parts. */
function hasJapaneseEscapes(bytes: Uint8Array): boolean {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view.includes('\u001b$B') || view.includes('\u001b$@');
}

/** Detects UTF-16 without a byte order mark: the first characters are mostly ASCII in any document, so every other byte is zero. */
function unmarkedUtf16(bytes: Uint8Array): string | undefined {
  const head = bytes.subarray(0, 64);
  if (head.length < 8 || !head.includes(0)) return undefined;
  const zeros = [0, 0];
  for (const [index, byte] of head.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const enough = Math.min(head.length * 0.4, 8);
  if (odd >= enough && even === 0) return 'utf-16le';
  return even >= enough && odd === 0 ? 'utf-16be' : undefined;
}

function declaredCharset(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, META_BYTES)).toString('latin1');
  const named = metaCharset(head) ?? /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"']+)/i.exec(head)?.[1];
  if (named === undefined) return undefined;
  if (/^utf-?16/i.test(named)) return 'utf-8'; // a meta element that is readable as ASCII is not in UTF-16
  return /^x-user-defined$/i.test(named) ? 'windows-1252' : named;
}

interface Reading {
  readonly charset: string;
  readonly text: string;
}

/** Orders two valid decodings when header and document disagree: servers often send a default charset that is wrong for the file. */
function likeliestFirst(readings: readonly Reading[]): readonly Reading[] {
  const weighed = readings.map((reading) => ({ ...reading, weight: weighReading(reading.text, reading.charset) ?? 0 }));
  return weighed.sort((a, b) => b.weight - a.weight);
}

/** Undefined if so many characters are broken that the charset must be another one. */
function soundText(bytes: Uint8Array, charset: string, { decode }: Charsets): string | undefined {
  const text = decode(bytes, charset);
  return brokenShare(text) <= BROKEN_SHARE ? text : undefined;
}

function brokenShare(text: string): number {
  let broken = 0;
  for (let at = text.indexOf('\uFFFD'); at !== -1; at = text.indexOf('\uFFFD', at + 1)) broken += 1;
  return text.length === 0 ? 0 : broken / text.length;
}
