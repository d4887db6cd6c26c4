import { expect, test } from 'vitest';
import { mayBeReadable, mediaType, namesPages, readableType } from '../../../src/stages/crawl/text/media-type.ts';

const PAGE = Buffer.from('<!doctype html><html><title>x</title><p>words</p></html>');

test.each([
  ['text/html', 'text/html'],
  ['TEXT/HTML; Charset=UTF-8', 'text/html'],
  ['text/html;;charset=UTF-8', 'text/html'],
  ['text/html, text/html; charset=utf-8', 'text/html'],
  ['application/json, text/html', 'text/html'],
  ['text/html, garbage', 'text/html'],
  ['text/html:charset=utf-8', ''],
  ['html', ''],
  ['', ''],
  [undefined, ''],
  ['text/html charset=utf-8', ''],
  ['*/*', ''],
])('the type of %j is %j', (header, type) => {
  expect(mediaType(header)).toBe(type);
});

test.each([
  ['text/html;;charset=UTF-8'],
  ['text/html:charset=utf-8'],
  ['html'],
  [undefined],
  ['application/octet-stream'],
  ['text/x-unknown'],
  ['text/xhtml'],
  ['content-type: text/html'],
])('a page under %j is read as HTML', (header) => {
  expect(mayBeReadable(header)).toBe(true);
  expect(readableType(header, PAGE, '/')).toBe('text/html');
});

test.each([
  ['comment', '<!-- x --><p>a</p>'],
  ['white space', '\n\n\t <HTML>'],
  ['byte order mark', '\xef\xbb\xbf<html>'],
  ['script', '<script>1</script>'],
  ['table', '<TABLE border=1>'],
  ['heading', '<h1>x</h1>'],
  ['paragraph', '<p>x'],
  ['element outside of the table of the standard', '<article><p>x'],
])('an unlabelled document that begins with a %s is HTML', (_what, start) => {
  expect(readableType(undefined, Buffer.from(start, 'latin1'), '/')).toBe('text/html');
});

test.each([
  ['application/xml', 'application/xhtml+xml'],
  ['text/xml; charset=utf-8', 'application/xhtml+xml'],
  ['application/xhtml+xml', 'application/xhtml+xml'],
])('XHTML under %s is read', (header, type) => {
  const page = Buffer.from('<?xml version="1.0"?><!DOCTYPE html><!-- c --><html xmlns="http://www.w3.org/1999/xhtml">');

  expect(readableType(header, page, '/')).toBe(type);
});

test.each([
  ['a feed under application/xml', 'application/xml', '<?xml version="1.0"?><rss><channel/></rss>'],
  ['a picture under text/html', 'text/html', '\xff\xd8\xff\xe0'],
  ['an archive without a type', undefined, 'PK\x03\x04'],
  ['bytes without a type', undefined, '\x00\x01\x02\x03\x04\x05'],
  ['a table under an unknown text type', 'text/x-log', 'a,b,c'],
])('%s is not read', (_what, header, start) => {
  expect(readableType(header, Buffer.from(start, 'latin1'), '/')).toBeUndefined();
});

test.each(['application/json', 'image/png', 'text/css', 'text/csv', 'video/mp4'])('%s is not downloaded', (header) => {
  expect(mayBeReadable(header)).toBe(false);
});

test.each([
  ['text without tags', undefined, 'Just words.', '/', 'text/plain'],
  ['Markdown by its name', 'application/octet-stream', '# Title', '/a.md', 'text/markdown'],
  ['a page with a stray NUL byte', 'text/html', '<html>\0<p>x', '/', 'text/html'],
  ['a long text with a stray NUL byte', 'text/plain', `${'words '.repeat(40)}\0`, '/', 'text/plain'],
  ['a page in UTF-16 without a mark', undefined, '<\0h\0t\0m\0l\0>\0', '/a.html', 'text/html'],
])('%s is read', (_what, header, start, path, type) => {
  expect(readableType(header, Buffer.from(start, 'latin1'), path)).toBe(type);
});

test.each([
  ['RSS', '<?xml version="1.0"?><rss version="2.0"><channel>'],
  ['RSS behind a style', '\xef\xbb\xbf <?xml version="1.0"?>\n<?xml-stylesheet href="/x.xsl"?><!-- made by x --><rss>'],
  ['RSS with a document type', '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "x.dtd"><rss version="0.91">'],
  ['RSS 1.0', '<rdf:RDF xmlns:rdf="x">'],
  ['Atom', '<feed xmlns="http://www.w3.org/2005/Atom">'],
  ['a sitemap', '<?xml version="1.0"?><urlset xmlns="x">'],
  ['a sitemap index', '<sitemapindex>'],
  ['a subscription list', '<?xml version="1.0"?><opml version="2.0">'],
])('%s is no page, whatever type it is sent with', (_, text) => {
  const body = Buffer.from(text, 'latin1');

  for (const type of ['text/html', 'text/plain', 'application/xml', 'application/xhtml+xml', undefined])
    expect([type, readableType(type, body, '/'), namesPages(type, body)]).toEqual([type, undefined, true]);
});

test.each([
  '<p>Write <rss version="2.0"> first</p>',
  '<!doctype html><html><body><feed>x</feed></body></html>',
  '<feedback>x</feedback>',
  '<?xml version="1.0"?><html><body>x</body></html>',
])('%s is a page', (text) => {
  const body = Buffer.from(text);

  expect([readableType('text/html', body, '/'), namesPages('text/html', body)]).toEqual(['text/html', false]);
});
