import { expect, test } from 'vitest';
import { readPageJob } from '../../../src/run/worker-jobs.ts';
import { entryOf } from '../../helpers/crawl-setup.ts';

test('a page job of the web is taken as it is', () => {
  const entry = entryOf('https://a.example/x', { lang: 'ko', post: 'p' });

  expect(readPageJob({ entry })).toEqual({ entry });
});

test.each([
  ['a file', { entry: entryOf('file:///etc/passwd') }],
  ['a file of another host', { entry: entryOf('file://server/share/x.html') }],
  ['a file in capitals', { entry: entryOf('FILE:///etc/passwd') }],
  ['data', { entry: entryOf('data:text/html,x') }],
  ['ftp', { entry: entryOf('ftp://a.example/x') }],
  ['a path', { entry: entryOf('/etc/passwd') }],
  ['no entry', {}],
  ['a text', 'https://a.example/'],
  ['nothing', undefined],
  ['an entry without a priority', { entry: { ...entryOf('https://a.example/'), priority: 'now' } }],
])('a page job of %s is refused', (_what, payload) => {
  expect(() => readPageJob(payload)).toThrow(expect.objectContaining({ code: 'URL_REFUSED' }));
});
