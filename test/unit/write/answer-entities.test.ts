import { expect, test } from 'vitest';
import { postAnswer } from '../../../src/stages/write/prompt/post-schema.ts';

const BODY = 'Write `&amp;` for an ampersand in HTML; this is the body of the post.';
const read = (head: object) =>
  postAnswer.parse({ title: 'T', description: '', slug: '', tags: [], body: BODY, ...head });

test.each([
  ['Tom &amp; Jerry', 'Tom & Jerry'],
  ['Tom &#38; Jerry', 'Tom & Jerry'],
  ['Tom &#x26; Jerry', 'Tom & Jerry'],
  ['It&#39;s here', "It's here"],
  ['It&rsquo;s here', 'It’s here'],
  ['&quot;Quoted&quot; words', '"Quoted" words'],
  ['Caf&eacute; &ndash; open', 'Café – open'],
  ['10&nbsp;km', '10 km'],
  ['AT&T and R&D', 'AT&T and R&D'],
  ['Search?a=1&copy=2', 'Search?a=1&copy=2'],
  ['Fish &chips; more', 'Fish &chips; more'],
  ['How to write `&amp;` in HTML', 'How to write `&amp;` in HTML'],
  ['What &nbsp; does', 'What &nbsp; does'],
])('the title %s', (title, expected) => {
  expect(read({ title }).title).toBe(expected);
});

test('description and tags are read alike, the body stays as it is', () => {
  expect(read({ description: 'Salt &amp; pepper', tags: ['R&amp;D', 'a, b'] })).toMatchObject({
    description: 'Salt & pepper',
    tags: ['R&D', 'a, b'],
    body: BODY,
  });
  expect(read({ tags: 'R&amp;D; cats' }).tags).toEqual(['R&D', 'cats']);
});
