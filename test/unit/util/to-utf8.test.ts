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

const READ: readonly (readonly [string, Buffer, string | undefined, string])[] = [
  [
    'ISO-2022-JP in the meta',
    Buffer.from(
      '3c6d65746120636861727365743d2269736f2d323032322d6a70223e1b244225552527256a213c244f4b68442b482c3b7e244b394124723d50244621224567247224612430246b21231b2842',
      'hex',
    ),
    undefined,
    '<meta charset="iso-2022-jp">フェリーは毎朝八時に港を出て、島をめぐる。',
  ],
  [
    'ISO-2022-JP without a word',
    Buffer.from(
      '3c703e1b244225552527256a213c244f4b68442b482c3b7e244b394124723d50244621224567247224612430246b21231b2842',
      'hex',
    ),
    undefined,
    '<p>フェリーは毎朝八時に港を出て、島をめぐる。',
  ],
  [
    'EUC-JP without a word',
    Buffer.from('3c703ea5d5a5a7a5eaa1bca4cfcbe8c4abc8acbbfea4cbb9c1a4f2bdd0a4c6a1a2c5e7a4f2a4e1a4b0a4eba1a3', 'hex'),
    undefined,
    '<p>フェリーは毎朝八時に港を出て、島をめぐる。',
  ],
  [
    'EUC-JP that the header calls Shift_JIS',
    Buffer.from('3c703ea5d5a5a7a5eaa1bca4cfcbe8c4abc8acbbfea4cbb9c1a4f2bdd0a4c6a1a2c5e7a4f2a4e1a4b0a4eba1a3', 'hex'),
    'shift_jis',
    '<p>フェリーは毎朝八時に港を出て、島をめぐる。',
  ],
  [
    'Shift_JIS that the header calls UTF-8',
    Buffer.from('3c703e83748346838a815b82cd968892a994aa8e9e82c98d6082f08f6f82c48141938782f082df82ae82e98142', 'hex'),
    'utf-8',
    '<p>フェリーは毎朝八時に港を出て、島をめぐる。',
  ],
  [
    'GB18030 in an old meta',
    Buffer.from(
      '3c4d45544120485454502d45515549563d22436f6e74656e742d547970652220434f4e54454e543d22746578742f68746d6c3b20434841525345543d676232333132223eb6c9c2d6c3bfccecd4e7c9cfb0cbb5e3c0ebbfaac2ebcdb7a3acc8c6b5bad2bbd6dca1a3b4acc6b1d4dacadbc6b1b4a6b3f6cadba1a3',
      'hex',
    ),
    undefined,
    '<META HTTP-EQUIV="Content-Type" CONTENT="text/html; CHARSET=gb2312">渡轮每天早上八点离开码头，绕岛一周。船票在售票处出售。',
  ],
  [
    'GB18030 without a word',
    Buffer.from(
      '3c703eb6c9c2d6c3bfccecd4e7c9cfb0cbb5e3c0ebbfaac2ebcdb7a3acc8c6b5bad2bbd6dca1a3b4acc6b1d4dacadbc6b1b4a6b3f6cadba1a3',
      'hex',
    ),
    undefined,
    '<p>渡轮每天早上八点离开码头，绕岛一周。船票在售票处出售。',
  ],
  [
    'Big5 without a word',
    Buffer.from(
      '3c703eb4e7bdfca843a4d1a6ada457a44bc249c2f7b67dbd58c059a141c2b6ae71a440a950a143b2eeb2bca662b0e2b2bcb342a558b0e2a143',
      'hex',
    ),
    undefined,
    '<p>渡輪每天早上八點離開碼頭，繞島一周。船票在售票處出售。',
  ],
  [
    'CP949 that the header calls ISO-8859-1',
    Buffer.from(
      '3c6d65746120636861727365743d6575632d6b723ebfa9b0b4bcb1c0ba20b8c5c0cf20bec6c4a720bfa9b4fc20bdc3bfa120c7d7b1b8b8a620b6b0b3aa20bcb6c0bb20c7d120b9d9c4fb20b5b7b4d92e',
      'hex',
    ),
    'iso-8859-1',
    '<meta charset=euc-kr>여객선은 매일 아침 여덟 시에 항구를 떠나 섬을 한 바퀴 돈다.',
  ],
  [
    'UTF-8 that the header calls GBK',
    Buffer.from(
      '3c6d65746120636861727365743d227574662d38223ee6b8a1e8bdaee6af8fe5a4a9e697a9e4b88ae585abe782b9e7a6bbe5bc80e7a081e5a4b4efbc8ce7bb95e5b29be4b880e591a8e38082e888b9e7a5a8e59ca8e594aee7a5a8e5a484e587bae594aee38082',
      'hex',
    ),
    'gbk',
    '<meta charset="utf-8">渡轮每天早上八点离开码头，绕岛一周。船票在售票处出售。',
  ],
  [
    'UTF-8 that everything calls GBK',
    Buffer.from(
      '3c6d65746120636861727365743d22676232333132223ee6b8a1e8bdaee6af8fe5a4a9e697a9e4b88ae585abe782b9e7a6bbe5bc80e7a081e5a4b4efbc8ce7bb95e5b29be4b880e591a8e38082e888b9e7a5a8e59ca8e594aee7a5a8e5a484e587bae594aee38082',
      'hex',
    ),
    'gbk',
    '<meta charset="gb2312">渡轮每天早上八点离开码头，绕岛一周。船票在售票处出售。',
  ],
  [
    'UTF-8 that the meta calls EUC-KR',
    Buffer.from(
      '3c6d65746120636861727365743d226575632d6b72223eec97aceab09dec84a0ec9d8020eba7a4ec9dbc20ec9584ecb9a820ec97aceb8d9f20ec8b9cec979020ed95adeab5aceba5bc20eb96a0eb829820ec84acec9d8420ed959c20ebb094ed80b420eb8f88eb8ba42e',
      'hex',
    ),
    undefined,
    '<meta charset="euc-kr">여객선은 매일 아침 여덟 시에 항구를 떠나 섬을 한 바퀴 돈다.',
  ],
  [
    'UTF-8 that the header calls windows-1251',
    Buffer.from(
      '3c703ed09fd0b0d180d0bed0bc20d0bad0b0d0b6d0b4d0bed0b520d183d182d180d0be20d0b2d18bd185d0bed0b4d0b8d18220d0b8d0b720d0b3d0b0d0b2d0b0d0bdd0b820d0b820d0bed0b1d185d0bed0b4d0b8d18220d0bed181d182d180d0bed0b22e',
      'hex',
    ),
    'windows-1251',
    '<p>Паром каждое утро выходит из гавани и обходит остров.',
  ],
  [
    'UTF-8 with the word in a description',
    Buffer.from(
      '3c6d657461206e616d653d226465736372697074696f6e2220636f6e74656e743d22636861727365743d67626b223ee6b8a1e8bdaee6af8fe5a4a9e697a9e4b88ae585abe782b9e7a6bbe5bc80e7a081e5a4b4efbc8ce7bb95e5b29be4b880e591a8e38082e888b9e7a5a8e59ca8e594aee7a5a8e5a484e587bae594aee38082',
      'hex',
    ),
    undefined,
    '<meta name="description" content="charset=gbk">渡轮每天早上八点离开码头，绕岛一周。船票在售票处出售。',
  ],
  [
    'UTF-8 with the word in another attribute',
    Buffer.from(
      '3c6d65746120646174612d636861727365743d2273686966745f6a697322206e616d653d2261223ee38395e382a7e383aae383bce381afe6af8ee69c9de585abe69982e381abe6b8afe38292e587bae381a6e38081e5b3b6e38292e38281e38190e3828be38082',
      'hex',
    ),
    undefined,
    '<meta data-charset="shift_jis" name="a">フェリーは毎朝八時に港を出て、島をめぐる。',
  ],
  [
    'windows-1255 with another in a comment',
    Buffer.from(
      '3c212d2d203c6d65746120636861727365743d2273686966745f6a6973223e202d2d3e3c6d65746120636861727365743d2277696e646f77732d31323535223ee4eef2e1e5f8fa20e9e5f6e0fa20eee4f0eeec20e1ebec20e1e5f7f820e1f9eee5f0e420e5eef7e9f4e420e0fa20e4e0e9',
      'hex',
    ),
    undefined,
    '<!-- <meta charset="shift_jis"> --><meta charset="windows-1255">המעבורת יוצאת מהנמל בכל בוקר בשמונה ומקיפה את האי',
  ],
  [
    'windows-1251 with one of a script before it',
    Buffer.from(
      '3c73637269707420636861727365743d227574662d3822207372633d22612e6a73223e3c2f7363726970743e3c6d65746120687474702d65717569763d22436f6e74656e742d547970652220636f6e74656e743d22746578742f68746d6c3b20636861727365743d77696e646f77732d31323531223ecfe0f0eeec20eae0e6e4eee520f3f2f0ee20e2fbf5eee4e8f220e8e720e3e0e2e0ede820e820eee1f5eee4e8f220eef1f2f0eee22e',
      'hex',
    ),
    undefined,
    '<script charset="utf-8" src="a.js"></script><meta http-equiv="Content-Type" content="text/html; charset=windows-1251">Паром каждое утро выходит из гавани и обходит остров.',
  ],
  [
    'windows-1250 behind an attribute without quotes',
    Buffer.from(
      '3c6d65746120636861727365743d77696e646f77732d31323530202f3e4b61bf6465676f2072616e6b612070726f6d20777970b3797761207a20706f7274752069206f70b37977612077797370ea2c20bf65676c756761206a65737420b361747761',
      'hex',
    ),
    undefined,
    '<meta charset=windows-1250 />Każdego ranka prom wypływa z portu i opływa wyspę, żegluga jest łatwa',
  ],
  [
    'ISO-8859-9 in single quotes',
    Buffer.from(
      '3c6d65746120636f6e74656e743d27746578742f68746d6c3b20636861727365743d69736f2d383835392d392720687474702d65717569763d27636f6e74656e742d74797065273e46657269626f742068657220736162616820736161742073656b697a6465206c696d616e64616e20617972fd6cfd72207665206164616efd6e20e76576726573696e64652064f66e65722c20fef6796c652067fc6e65fe6c69',
      'hex',
    ),
    undefined,
    "<meta content='text/html; charset=iso-8859-9' http-equiv='content-type'>Feribot her sabah saat sekizde limandan ayrılır ve adanın çevresinde döner, şöyle güneşli",
  ],
  [
    'windows-1256 without a word',
    Buffer.from(
      '3c703ecadbc7cfd120c7e1dac8c7d1c920c7e1e3ede4c7c120dfe120d5c8c7cd20dded20c7e1cbc7e3e4c920e6cacfe6d120cde6e120c7e1ccd2edd1c9',
      'hex',
    ),
    undefined,
    '<p>تغادر العبارة الميناء كل صباح في الثامنة وتدور حول الجزيرة',
  ],
  [
    'windows-874 without a word',
    Buffer.from('3c703ee0c3d7cda2e9d2c1bfd2a1cdcda1a8d2a1b7e8d2e0c3d7cdb7d8a1e0aae9d2e0c7c5d2e1bbb4e2c1a7', 'hex'),
    undefined,
    '<p>เรือข้ามฟากออกจากท่าเรือทุกเช้าเวลาแปดโมง',
  ],
  [
    'windows-1253 without a word',
    Buffer.from(
      '3c703ed4ef20f0ebefdfef20f6e5fde3e5e920eadce8e520f0f1f9df20f3f4e9f220efeaf4fe20e1f0fc20f4ef20ebe9ecdcede9',
      'hex',
    ),
    undefined,
    '<p>Το πλοίο φεύγει κάθε πρωί στις οκτώ από το λιμάνι',
  ],
  [
    'windows-1255 without a word',
    Buffer.from(
      '3c703ee4eef2e1e5f8fa20e9e5f6e0fa20eee4f0eeec20e1ebec20e1e5f7f820e1f9eee5f0e420e5eef7e9f4e420e0fa20e4e0e9',
      'hex',
    ),
    undefined,
    '<p>המעבורת יוצאת מהנמל בכל בוקר בשמונה ומקיפה את האי',
  ],
  [
    'KOI8-U in the header',
    Buffer.from(
      '3c703ef0c1d2cfcd20cbc1d6c4cfc520d5d4d2cf20d7d9c8cfc4c9d420c9da20c7c1d7c1cec920c920cfc2c8cfc4c9d420cfd3d4d2cfd72e',
      'hex',
    ),
    'koi8-u',
    '<p>Паром каждое утро выходит из гавани и обходит остров.',
  ],
  [
    'UTF-8 behind a meta with a stray quote',
    Buffer.from(
      '3c6d657461206e616d653d22612220636f6e74656e743d226222223e3c6d65746120636861727365743d227574662d38223eec97aceab09dec84a0ec9d8020eba7a4ec9dbc20ec9584ecb9a820ec97aceb8d9f20ec8b9cec979020ed95adeab5aceba5bc20eb96a0eb829820ec84acec9d8420ed959c20ebb094ed80b420eb8f88eb8ba42e',
      'hex',
    ),
    undefined,
    '<meta name="a" content="b""><meta charset="utf-8">여객선은 매일 아침 여덟 시에 항구를 떠나 섬을 한 바퀴 돈다.',
  ],
  [
    'an XML declaration',
    Buffer.from(
      '3c3f786d6c2076657273696f6e3d22312e302220656e636f64696e673d224555432d4b52223f3e3c7273733ebfa9b0b4bcb1c0ba20b8c5c0cf20bec6c4a720bfa9b4fc20bdc3bfa120c7d7b1b8b8a620b6b0b3aa20bcb6c0bb20c7d120b9d9c4fb20b5b7b4d92e',
      'hex',
    ),
    undefined,
    '<?xml version="1.0" encoding="EUC-KR"?><rss>여객선은 매일 아침 여덟 시에 항구를 떠나 섬을 한 바퀴 돈다.',
  ],
  [
    'a declaration in single quotes',
    Buffer.from(
      '3c3f786d6c2076657273696f6e3d27312e302720656e636f64696e673d2777696e646f77732d31323531273f3e3c7273733ecfe0f0eeec20eae0e6e4eee520f3f2f0ee20e2fbf5eee4e8f220e8e720e3e0e2e0ede820e820eee1f5eee4e8f220eef1f2f0eee22e',
      'hex',
    ),
    undefined,
    "<?xml version='1.0' encoding='windows-1251'?><rss>Паром каждое утро выходит из гавани и обходит остров.",
  ],
  [
    'UTF-16LE without a mark',
    Buffer.from(
      '3c00680074006d006c003e003c0070003e00ecc51dac20c140c72000e4b97cc7200044c568ce2000ecc55fb32000dcc2d0c520006dd56cad7cb92000a0b598b020002cc144c720005cd5200014bc34d02000c8b3e4b22e00',
      'hex',
    ),
    undefined,
    '<html><p>여객선은 매일 아침 여덟 시에 항구를 떠나 섬을 한 바퀴 돈다.',
  ],
  [
    'UTF-16BE without a mark',
    Buffer.from(
      '003c00680074006d006c003e003c0070003ec5ecac1dc120c7400020b9e4c77c0020c544ce680020c5ecb35f0020c2dcc5d00020d56dad6cb97c0020b5a0b0980020c12cc7440020d55c0020bc14d0340020b3c8b2e4002e',
      'hex',
    ),
    undefined,
    '<html><p>여객선은 매일 아침 여덟 시에 항구를 떠나 섬을 한 바퀴 돈다.',
  ],
  [
    'UTF-16LE that the header calls UTF-8',
    Buffer.from(
      '3c00680074006d006c003e003c0070003e0054006800650020006600650072007200790020006c00650061007600650073002000610074002000650069006700680074002e00',
      'hex',
    ),
    'utf-8',
    '<html><p>The ferry leaves at eight.',
  ],
  [
    'UTF-16LE XML',
    Buffer.from(
      '3c003f0078006d006c002000760065007200730069006f006e003d00220031002e0030002200200065006e0063006f00640069006e0067003d0022007500740066002d003100360022003f003e003c007200730073003e00d530a730ea30fc306f30ce6b1d676b5142666b302f6e9230fa5166300130f65c9230813050308b300230',
      'hex',
    ),
    undefined,
    '<?xml version="1.0" encoding="utf-16"?><rss>フェリーは毎朝八時に港を出て、島をめぐる。',
  ],
];

test.each(READ)('%s is read', async (_name, body, charset, text) => {
  expect(await read(body, charset)).toBe(text);
});
