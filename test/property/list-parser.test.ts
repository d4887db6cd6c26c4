import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PRIORITIES } from '../../src/core/types.ts';
import { dedupeEntries } from '../../src/stages/list/dedupe.ts';
import { LIST_KIND_NAMES, parseList } from '../../src/stages/list/read/parse-list.ts';
import { fuzzed } from '../helpers/fuzz.ts';

const address = fc.constantFrom(
  'https://a.example/x',
  'https://a.example/x?utm_source=1',
  'HTTP://A.example:80/%7e?b=2&a=1#f',
  'https://a.example/x#/route',
  'https://a.example/x#!route',
  'https://[::1]/',
  'https://user:secret@a.example/',
  'https://a.example/%',
  'https://한글.example/길',
  'ftp://a.example/',
  'javascript:alert(1)',
  'page.html',
  '../../etc/passwd',
  '//a.example/x',
  'https://',
);
const wish = fc.constantFrom(
  'high',
  'LOW',
  'urgent',
  'keywords=a,b',
  'keywords="a, b',
  'lang=ko',
  'post=A',
  'length=99999999',
  'tone=',
  '=',
  '"',
  '# comment',
  'priority=high priority=low',
);
const line = fc.oneof(
  fc.tuple(address, fc.array(wish, { maxLength: 3 })).map((parts) => parts.flat().join(' ')),
  fc.tuple(address, wish).map(([url, word]) => `"${url}",${word}`),
  fc.tuple(address, fc.jsonValue()).map(([url, value]) => JSON.stringify({ url, priority: value, keywords: value })),
  address.map((url) => `<url><loc>${url}</loc><priority>0.9</priority></url>`),
  fc.constantFrom(
    'url,priority,keywords',
    '<?xml version="1.0"?>',
    '<urlset>',
    '</urlset>',
    '<sitemapindex><sitemap><loc>https://a.example/s.xml</loc></sitemap>',
    '{',
    '{}',
    '[]',
    '',
    '\ufeff',
    '"',
    '<!ENTITY x "y">&x;',
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
);
const list = fc
  .tuple(fc.array(line, { maxLength: 25 }), fc.constantFrom('\n', '\r\n', '\r', '\n\n'))
  .map(([lines, end]) => lines.join(end));
const options = { priority: 'medium', keywords: [], baseDir: '/lists' } as const;

test('whatever a list holds: entries with an absolute address and its line, or problems that name theirs; reading again gives the same', async () => {
  await fc.assert(
    fc.asyncProperty(
      list,
      fc.constantFrom(undefined, ...LIST_KIND_NAMES),
      fc.constantFrom('l', 'l.csv', 'l.jsonl', 'l.xml'),
      async (text, kind, name) => {
        const source = { name, text, ...(kind === undefined ? {} : { kind }) };
        const { entries, problems } = await parseList(source, options);
        const lines = text.split(/\r\n|\r|\n/).length;

        expect((await parseList(source, options)).entries).toEqual(entries);
        for (const [place, entry] of entries.entries()) {
          expect(entry.index).toBe(place);
          expect(entry.url).toMatch(/^(https?|file):\/\//);
          expect(new URL(entry.url).hash).toMatch(/^(?:#[!/]|$)/); // only a fragment that names a page is kept
          expect(entry.url).not.toContain('secret@');
          expect(PRIORITIES).toContain(entry.priority);
          expect(entry.position.line).toBeGreaterThanOrEqual(1);
          expect(entry.position.line).toBeLessThanOrEqual(lines);
        }
        for (const { position, message } of problems) {
          expect(message).not.toBe('');
          expect(position.line).toBeGreaterThanOrEqual(1);
        }
        const deduped = dedupeEntries(entries);
        expect(deduped.entries.length + deduped.merged.length).toBe(entries.length);
        expect(dedupeEntries(deduped.entries).merged).toEqual([]);
      },
    ),
    fuzzed(400),
  );
});
