import { expect, test } from 'vitest';
import { suggestAddress } from '../../../src/stages/list/addresses/suggest-address.ts';

test.each([
  ['example.com/page', 'https://example.com/page'],
  ['example.com', 'https://example.com'],
  ['www.example.com', 'https://www.example.com'],
  ['EXAMPLE.com/Page?a=b#c', 'https://EXAMPLE.com/Page?a=b#c'],
  ['example.co.uk/a/b.html', 'https://example.co.uk/a/b.html'],
  ['example.com:8080/a', 'https://example.com:8080/a'],
  ['한국.kr/글', 'https://한국.kr/글'],
  ['//example.com/a', 'https://example.com/a'],
  ['localhost:4173/a', 'http://localhost:4173/a'],
  ['127.0.0.1:4173/a', 'http://127.0.0.1:4173/a'],
  ['192.168.0.7/a', 'http://192.168.0.7/a'],
  ['htp://example.com/a', 'https://example.com/a'],
  ['http:/example.com/a', 'https://example.com/a'],
  ['https//example.com/a', 'https://example.com/a'],
  ['https;//example.com/a', 'https://example.com/a'],
  ['hhttps://example.com', 'https://example.com'],
  ['  example.com/a  ', 'https://example.com/a'],
])('%s is an address without its scheme', (text, address) => {
  expect(suggestAddress(text)).toBe(address);
});

test.each([
  'urls.txt',
  'my-list.csv',
  'list.jsonl',
  'sitemap.xml.gz',
  'page.html',
  'urls.text',
  'urls',
  'lists/urls.txt',
  './example.com/page',
  '../example.com/page',
  '/var/www/example.com',
  'C:\\lists\\urls.txt',
  '~/urls.txt',
  'https://example.com/a',
  'mailto:ann@example.com',
  'two words.com',
  '.hidden/list',
  'lists/*.txt',
  '-',
  '',
])('%s is none', (text) => {
  expect(suggestAddress(text)).toBeUndefined();
});
