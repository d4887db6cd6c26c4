import { expect, test } from 'vitest';
import { readPlainDocument } from '../../../src/stages/extract/plain-document.ts';

const read = (body: string) => readPlainDocument(body, { isMarkdown: true, baseUrl: 'https://example.org/docs/a.md' });

test.each([
  [
    '<p align="center"><img src="logo.svg"></p>\n<h1 align="center">Tidewatch</h1>\n\n```bash\n# install it\n```',
    'Tidewatch',
  ],
  ['Tidewatch\n=========\n\n```sh\n# build\n```\n\nUsage\n-----', 'Tidewatch'],
  ['# Tidewatch [![b](https://i.example/b.svg)](https://ci.example)', 'Tidewatch'],
  ['~~~\n# no title\n~~~\n\n## Tidewatch', 'Tidewatch'],
  ['# **Tide**watch #', 'Tidewatch'],
  ['<h1>Tide &amp; watch</h1>', 'Tide & watch'],
  ['Tidewatch\n\nA text.', 'Tidewatch'],
  ['---\ntitle: "Tidewatch"\n---\n# Other', 'Tidewatch'],
])('the title of %j', (body, title) => {
  expect(read(body).title).toBe(title);
});

test.each([
  [
    'CRLF',
    '---\r\ntitle: "The quiet ferry"\r\nauthor: Mina Arden\r\ndate: 2026-03-02\r\ndraft: true\r\n---\r\n\r\nThe text.\r\n',
  ],
  ['a byte order mark', '\ufeff---\ntitle: The quiet ferry\nauthor: Mina Arden\ndate: 2026-03-02\n---\nThe text.'],
  ['TOML', '+++\ntitle = "The quiet ferry"\nauthors = ["Mina Arden"]\ndate = 2026-03-02T10:00:00\n+++\nThe text.'],
  [
    'a list of authors',
    '---\ntitle: The quiet ferry\nauthors:\n  - name: Mina Arden\npubDate: 2026-03-02\n---\nThe text.',
  ],
])('front matter with %s is no text, and what it says is the article’s', (_name, body) => {
  expect(read(body)).toMatchObject({
    title: 'The quiet ferry',
    author: 'Mina Arden',
    publishedAt: '2026-03-02',
    markdown: 'The text.',
    text: 'The text.',
  });
});

test('a rule at the begin of a text is not front matter', () => {
  expect(read('---\n\nJust a text.\n\n---\nMore.').text).toContain('Just a text.');
});

test('links and pictures are those of the text and not of its listings', () => {
  const { links, images } = read(
    'See [the guide](../guide.md "x") and ![a boat](/b.png).\n\n```\n[no](https://no.example)\n```\n[mail](mailto:a@b.c) [js](javascript:x)',
  );
  expect(links).toEqual([{ href: 'https://example.org/guide.md', text: 'the guide' }]);
  expect(images).toEqual([{ src: 'https://example.org/b.png', alt: 'a boat' }]);
});

test('comments of Markdown are no text, those in code are', () => {
  const { text, markdown } = read(
    '# A\n\n<!-- PAYLOAD -->\nOne <!-- PAYLOAD --> two.\n\n<!--\nPAYLOAD\n-->\n\n`<!-- x -->` ends.\n\n```html\n<!-- y -->\n```\n',
  );
  expect(markdown).toBe('# A\n\nOne  two.\n\n\n`<!-- x -->` ends.\n\n```html\n<!-- y -->\n```');
  expect(text).not.toContain('PAYLOAD');
});
