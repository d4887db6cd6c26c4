import { expect, test } from 'vitest';
import { readableType, typeByExtension } from '../../../src/stages/crawl/text/media-type.ts';
import { toReadable } from '../../../src/stages/extract/documents/readers.ts';
import type { ExtractablePage } from '../../../src/stages/extract/extract-article.ts';
import { makePdf } from '../../helpers/make-pdf.ts';

const page = (contentType: string, body: string | Uint8Array): ExtractablePage => ({
  url: 'https://a.example/x',
  finalUrl: 'https://a.example/x',
  contentType,
  body,
  fetchedAt: '2026-01-01T00:00:00.000Z',
  policy: { allowed: true, policy: 'respect' },
});
const read = async (type: string, body: string | Uint8Array) => String((await toReadable(page(type, body))).body);

const line = (text: string) => ({ text });

test('a PDF becomes Markdown: metadata, headings, paragraphs, pages; lines that every page repeats are left out', async () => {
  const pageOf = (number: number, lines: Parameters<typeof makePdf>[0][number]) => [
    line('Harbour Review'),
    ...lines,
    { text: `Page ${number} of 3`, gap: 4 },
  ];
  const pdf = makePdf(
    [
      pageOf(1, [
        { text: 'The quiet ferry', size: 20, gap: 3 },
        { text: 'The ferry has crossed the bay since 1952 and car-', gap: 3 },
        line('ries mail (and people) every day.'),
        { text: '1. It is no list.', gap: 2 },
      ]),
      pageOf(2, [{ text: '# no heading', gap: 3 }, line('goes on.')]),
      pageOf(3, [{ text: 'The end.', gap: 3 }]),
    ],
    '/Title (The quiet ferry) /Author (Mina "M" Arden) /CreationDate (D:20260302100000Z)',
  );

  expect(await read('application/pdf', pdf)).toBe(
    [
      '---\ntitle: "The quiet ferry"\nauthor: "Mina \\"M\\" Arden"\ndate: 2026-03-02\npages: 3\n---\n## The quiet ferry',
      'The ferry has crossed the bay since 1952 and carries mail (and people) every day.',
      '1. It is no list.',
      '[Page 2]',
      '\\# no heading goes on.',
      '[Page 3]',
      'The end.\n',
    ].join('\n\n'),
  );
});

test.each([['Microsoft Word - draft.docx'], ['paper.pdf'], ['Untitled']])(
  'the title %s of a PDF is a file name',
  async (title) => {
    expect(await read('application/pdf', makePdf([[line('Text.')]], `/Title (${title})`))).not.toContain('title:');
  },
);

test.each([
  ['pictures of pages', makePdf([[]]), /no text layer/],
  ['no structure', Buffer.from('%PDF-1.7\nnothing'), /cannot be read/],
  ['a part of a file', makePdf([[line('Text.')]]).subarray(0, 200), /cannot be read|no text layer/],
])('a PDF with %s is a named failure', async (_, body, message) => {
  await expect(toReadable(page('application/pdf', body))).rejects.toMatchObject({
    code: 'EXTRACT_FAILED',
    message: expect.stringMatching(message) as string,
  });
});

const CUES = 'It leaves at nine.';
test.each([
  ['WebVTT', `WEBVTT\n\n00:01.000 --> 00:03.000\n${CUES}\n`, CUES],
  ['a title', `WEBVTT - The ferry\n\n00:01.000 --> 00:03.000\n${CUES}`, `The ferry\n\n${CUES}`],
  [
    'CRLF, a mark and settings',
    `\ufeffWEBVTT\r\n\r\n1\r\n00:00:01.000 --> 00:00:03.000 line:0 align:start\r\n${CUES}\r\n`,
    CUES,
  ],
  [
    'notes and styles',
    `WEBVTT\n\nNOTE a --> b\n\nSTYLE\n::cue { color: red }\n\n00:01.000 --> 00:03.000\n${CUES}`,
    CUES,
  ],
  ['tags and entities', `WEBVTT\n\n00:01.000 --> 00:03.000\n<c.yellow>It <i>leaves</i></c> at&nbsp;nine.`, CUES],
  ['SubRip', `1\n00:00:01,000 --> 00:00:03,000\n<font color="red">It leaves</font>\n{\\an8}at nine.\n\n`, CUES],
  [
    'rolling captions',
    `WEBVTT\n\n00:01.000 --> 00:02.000\nIt leaves\n\n00:02.000 --> 00:03.000\nIt leaves\nat nine.\n\n00:03.000 --> 00:04.000\nat nine.`,
    CUES,
  ],
  ['a pause', `WEBVTT\n\n00:01.000 --> 00:02.000\nOne.\n\n00:09.000 --> 00:10.000\nTwo.`, 'One.\n\nTwo.'],
  [
    'voices',
    `WEBVTT\n\n00:01.000 --> 00:02.000\n<v Mina>One.\n\n00:02.000 --> 00:03.000\n<v Mina>More.\n\n00:03.000 --> 00:04.000\n<v.loud Jo>Two.</v>`,
    'Mina: One. More.\n\nJo: Two.',
  ],
  ['hours over 99', `WEBVTT\n\n100:00:01.000 --> 100:00:02.000\n${CUES}`, CUES],
])('captions with %s become running text', async (_, source, text) => {
  expect(await read('text/vtt', source)).toBe(text);
});

test.each([
  [`WEBVTT\n\n${'00:01.000 --> 00:02.000\n'.repeat(100_000)}`],
  [`WEBVTT\n\n00:01.000 --> 00:02.000\n${'<'.repeat(500_000)}`],
  [`WEBVTT\n\n00:01.000 --> 00:02.000\n${'{\\'.repeat(300_000)}`],
  ['\n'.repeat(1_000_000)],
])('hostile captions end', async (source) => {
  expect(typeof (await read('text/vtt', source))).toBe('string');
});

test.each([
  ['application/pdf', '%PDF-1.7\n', '/x', 'application/pdf'],
  ['text/html', '%PDF-1.7\n', '/x.html', 'application/pdf'],
  [undefined, '\n\n%PDF-1.4', '/x', 'application/pdf'],
  ['application/pdf', '<html>Not found', '/x.pdf', undefined],
  ['text/plain', '1\n00:00', '/x.srt', 'application/x-subrip'],
  ['text/plain', 'words', '/x.txt', 'text/plain'],
  [undefined, 'WEBVTT\n\n', '/x', 'text/vtt'],
  ['application/octet-stream', '1\n00:00', '/x.srt', 'application/x-subrip'],
])('%s that begins with %j at %s is read as %s', (type, body, path, read) => {
  expect(readableType(type, Buffer.from(body), path)).toBe(read);
});

test('endings tell the type of local files', () => {
  expect(['a.pdf', 'a.VTT', 'a.srt', 'a.txt', 'a.md'].map(typeByExtension)).toEqual([
    'application/pdf',
    'text/vtt',
    'application/x-subrip',
    'text/plain',
    'text/markdown',
  ]);
});
