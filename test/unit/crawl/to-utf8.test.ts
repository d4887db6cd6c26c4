import { expect, test } from 'vitest';
import { toUtf8 } from '../../../src/stages/crawl/text/decode-text.ts';

const KOREAN = [0xc7, 0xd1, 0xb1, 0xb9, 0xbe, 0xee]; // 한국어 in EUC-KR
const bytes = (...parts: readonly (string | readonly number[])[]) =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string)));
const read = (body: Uint8Array, charset?: string) => Buffer.from(toUtf8(body, charset)).toString();

test.each([
  ['by the header', bytes(KOREAN), 'euc-kr', '한국어'],
  ['by its meta', bytes('<meta charset="euc-kr">', KOREAN), undefined, '<meta charset="euc-kr">한국어'],
  ['by a mark, whatever is declared', bytes([0xff, 0xfe], Buffer.from('한', 'utf16le').toJSON().data), 'euc-kr', '한'],
  ['without its mark', bytes([0xef, 0xbb, 0xbf], '한'), undefined, '한'],
  ['by what it is where the header lies', bytes('한국어는 아름답다'), 'euc-kr', '한국어는 아름답다'],
  ['by what it looks like where nothing is declared', bytes('<p>', KOREAN, KOREAN), undefined, '<p>한국어한국어'],
  ['with a mark for what is broken', bytes('a', 'b'.repeat(999), [0xff]), 'utf-8', `a${'b'.repeat(999)}\uFFFD`],
])('a document is read %s', (_how, body, charset, text) => {
  expect(read(body, charset)).toBe(text);
});

test('a document in UTF-8 is not copied', () => {
  const body = bytes('<p>한국어</p>');

  expect(toUtf8(body, 'utf-8')).toBe(body);
});
