import { expect, test } from 'vitest';
import { toUtf8 } from '../../../src/util/charset/to-utf8.ts';

const KOREAN = [0xc7, 0xd1, 0xb1, 0xb9, 0xbe, 0xee]; // 한국어 in EUC-KR
const bytes = (...parts: readonly (string | readonly number[])[]) =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string)));
const read = async (body: Uint8Array, charset?: string) => Buffer.from(await toUtf8(body, charset)).toString();

test.each([
  ['by the header', bytes(KOREAN), 'euc-kr', '한국어'],
  ['by its meta', bytes('<meta charset="euc-kr">', KOREAN), undefined, '<meta charset="euc-kr">한국어'],
  ['by a mark, whatever is declared', bytes([0xff, 0xfe], Buffer.from('한', 'utf16le').toJSON().data), 'euc-kr', '한'],
  ['without its mark', bytes([0xef, 0xbb, 0xbf], '한'), undefined, '한'],
  ['by what it is where the header lies', bytes('한국어는 아름답다'), 'euc-kr', '한국어는 아름답다'],
  ['by what it looks like where nothing is declared', bytes('<p>', KOREAN, KOREAN), undefined, '<p>한국어한국어'],
  ['with a mark for what is broken', bytes('a', 'b'.repeat(999), [0xff]), 'utf-8', `a${'b'.repeat(999)}\uFFFD`],
])('a document is read %s', async (_how, body, charset, text) => {
  expect(await read(body, charset)).toBe(text);
});

test('a document in UTF-8 is not copied', async () => {
  const body = bytes('<p>한국어</p>');

  expect(await toUtf8(body, 'utf-8')).toBe(body);
});

test.each([
  [
    'an English page with quotes and dashes',
    [0x93, 0x49, 0x74, 0x92, 0x73, 0x20, 0x96, 0x20, 0x35, 0x30, 0x20, 0x80, 0x94],
    '“It’s – 50 €”',
  ],
  [
    'an English page with one French word',
    Buffer.from('The caf\xe9 on the pier sells tickets and na\xefve art', 'latin1'),
    'The café on the pier sells tickets and naïve art',
  ],
  [
    'a German page',
    Buffer.from('Die F\xe4hre f\xfchrt \xfcber das Meer, gr\xf6\xdfer als zuvor', 'latin1'),
    'Die Fähre führt über das Meer, größer als zuvor',
  ],
  [
    'a French page',
    Buffer.from("L'\xe9t\xe9 est pass\xe9 \xe0 la mer, o\xf9 tout a commenc\xe9", 'latin1'),
    "L'été est passé à la mer, où tout a commencé",
  ],
  [
    'a Russian page in windows-1251',
    [
      0xcf, 0xe0, 0xf0, 0xee, 0xec, 0x20, 0xf5, 0xee, 0xe4, 0xe8, 0xf2, 0x20, 0xea, 0x20, 0xee, 0xf1, 0xf2, 0xf0, 0xee,
      0xe2, 0xf3,
    ],
    'Паром ходит к острову',
  ],
  [
    'a Russian page in KOI8-R',
    [
      0xf0, 0xc1, 0xd2, 0xcf, 0xcd, 0x20, 0xc8, 0xcf, 0xc4, 0xc9, 0xd4, 0x20, 0xcb, 0x20, 0xcf, 0xd3, 0xd4, 0xd2, 0xcf,
      0xd7, 0xd5,
    ],
    'Паром ходит к острову',
  ],
  [
    'a Greek page',
    [
      0xf4, 0xef, 0x20, 0xf0, 0xeb, 0xef, 0xdf, 0xef, 0x20, 0xf4, 0xe7, 0xf2, 0x20, 0xe3, 0xf1, 0xe1, 0xec, 0xec, 0xde,
      0xf2,
    ],
    'το πλοίο της γραμμής',
  ],
  [
    'a Korean page with letters of CP949',
    [0xb6, 0xcb, 0xb9, 0xe6, 0xb0, 0xa2, 0xc7, 0xcf, 0x20, 0x8c, 0x63, 0xc7, 0xd1, 0xb9, 0xe6, 0xbd, 0xc4],
    '똥방각하 똠한방식',
  ],
  [
    'a Japanese page in Shift_JIS',
    [0x83, 0x74, 0x83, 0x46, 0x83, 0x8a, 0x81, 0x5b, 0x82, 0xaa, 0x82, 0xdf, 0x82, 0xae, 0x82, 0xe9],
    'フェリーがめぐる',
  ],
])('without a declaration %s is read as what it is', async (_what, body, text) => {
  expect(await read(Buffer.from(body))).toBe(text);
});

test.each([
  ['windows-1252', [0x35, 0x30, 0x20, 0x80, 0x92, 0x93, 0x94, 0x96], '50 €’“”–'],
  ['iso-8859-1', [0x80], '€'],
  ['latin1', [0x99], '™'],
  ['us-ascii', [0x85], '…'],
  ['euc-kr', [0x8c, 0x63], '똠'],
  ['ks_c_5601-1987', [0x8c, 0x63], '똠'],
  ['windows-949', [0x8c, 0x63], '똠'],
  ['gb2312', [0x81, 0x40], '丂'],
  ['gbk', [0x80], '€'],
  ['x-sjis', [0x87, 0x40], '①'],
  ['big5-hkscs', [0x87, 0x40], '䏰'],
  ['x-user-defined', [0x41], 'A'],
])('the label %s means what the standard says', async (label, body, text) => {
  expect(await read(Buffer.from(body), label)).toBe(text);
});
