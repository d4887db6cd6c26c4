/** The decoder against the index files of the Encoding standard (https://encoding.spec.whatwg.org/), every byte and pointer of them. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { loadCharsets } from '../../../src/util/charset/decoder.ts';

const FOLDER = join(import.meta.dirname, '../../fixtures/encoding');

function readIndex(name: string): readonly (readonly [pointer: number, codePoint: number])[] {
  return gunzipSync(readFileSync(join(FOLDER, `index-${name}.txt.gz`)))
    .toString()
    .split('\n')
    .flatMap((line) => {
      const [, pointer, codePoint] = /^\s*(\d+)\t0x([0-9A-F]+)/.exec(line) ?? [];
      return pointer === undefined ? [] : [[Number(pointer), Number.parseInt(codePoint ?? '', 16)] as const];
    });
}

const hex = (text: string) => Array.from(text, (char) => char.codePointAt(0)?.toString(16)).join(' ');

const MULTI_BYTE = new Set([
  'big5',
  'euc-kr',
  'gb18030',
  'gb18030-ranges',
  'iso-2022-jp-katakana',
  'jis0208',
  'jis0212',
]);
const SINGLE_BYTE = readdirSync(FOLDER)
  .flatMap((file) => /^index-(.*)\.txt\.gz$/.exec(file)?.[1] ?? [])
  .filter((name) => !MULTI_BYTE.has(name));

test.each(SINGLE_BYTE)('%s: each of the 256 bytes', async (charset) => {
  const { decode } = await loadCharsets();
  const index = new Map(readIndex(charset));
  const wrong = Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => {
    const expected = byte < 128 ? byte : (index.get(byte - 128) ?? 0xfffd);
    return decode(Uint8Array.of(byte), charset) !== String.fromCodePoint(expected);
  });

  expect(wrong).toEqual([]);
});

/** Bytes of a pointer, by the standard's encoders. */
const BYTES: Readonly<
  Record<string, { readonly index: string; readonly bytes: (pointer: number) => readonly number[] }>
> = {
  'euc-kr': { index: 'euc-kr', bytes: (p) => [Math.floor(p / 190) + 0x81, (p % 190) + 0x41] },
  gb18030: {
    index: 'gb18030',
    bytes: (p) => [Math.floor(p / 190) + 0x81, (p % 190) + (p % 190 < 0x3f ? 0x40 : 0x41)],
  },
  gbk: { index: 'gb18030', bytes: (p) => [Math.floor(p / 190) + 0x81, (p % 190) + (p % 190 < 0x3f ? 0x40 : 0x41)] },
  big5: {
    index: 'big5',
    bytes: (p) => [Math.floor(p / 157) + 0x81, (p % 157) + (p % 157 < 0x3f ? 0x40 : 0x62)],
  },
  'euc-jp': { index: 'jis0208', bytes: (p) => [Math.floor(p / 94) + 0xa1, (p % 94) + 0xa1] },
  shift_jis: {
    index: 'jis0208',
    bytes: (p) => {
      const [lead, trail] = [Math.floor(p / 188), p % 188];
      return [lead + (lead < 0x1f ? 0x81 : 0xc1), trail + (trail < 0x3f ? 0x40 : 0x41)];
    },
  },
};

test.each(Object.keys(BYTES))('%s: each pointer of its index', async (charset) => {
  const { decode } = await loadCharsets();
  const { index, bytes } = BYTES[charset] ?? expect.fail();
  const wrong = readIndex(index).flatMap(([pointer, codePoint]) => {
    const encoded = bytes(pointer);
    const isEncodable = encoded.every((byte) => byte <= 0xfe);
    const text = isEncodable ? decode(Uint8Array.from(encoded), charset) : '';
    return isEncodable && text !== String.fromCodePoint(codePoint) ? [`${encoded.join(',')}: ${hex(text)}`] : [];
  });

  expect(wrong).toEqual([]);
});

test('euc-jp: each pointer of jis0212, behind its shift byte', async () => {
  const { decode } = await loadCharsets();
  const wrong = readIndex('jis0212').filter(
    ([pointer, codePoint]) =>
      decode(Uint8Array.of(0x8f, Math.floor(pointer / 94) + 0xa1, (pointer % 94) + 0xa1), 'euc-jp') !==
      String.fromCodePoint(codePoint),
  );

  expect(wrong).toEqual([]);
});

test('every label of the standard names its charset', async () => {
  const { nameOf } = await loadCharsets();
  const groups = JSON.parse(readFileSync(join(FOLDER, 'encodings.json'), 'utf8')) as {
    encodings: { name: string; labels: string[] }[];
  }[];
  const wrong = groups
    .flatMap(({ encodings }) => encodings)
    .flatMap(({ name, labels }) => labels.filter((label) => nameOf(label) !== name.toLowerCase()));

  expect(wrong).toEqual([]);
});
