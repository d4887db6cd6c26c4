import { expect, test } from 'vitest';
import { nextPart } from '../../../src/stages/crawl/text/next-part.ts';

const next = (url: string, links: string) =>
  nextPart({
    finalUrl: url,
    contentType: 'text/html',
    body: Buffer.from(`<html><body><p>x</p>${links}</body></html>`),
  });
const A = 'https://a.example';

test.each([
  ['a number behind', `${A}/story`, '<a href="/story/2">2</a>', '/story/2'],
  ['a number and a slash', `${A}/2024/story/`, '<a href="https://a.example/2024/story/2/">2</a>', '/2024/story/2/'],
  ['a folder for pages', `${A}/story/`, '<a href="page/2/">Next</a>', '/story/page/2/'],
  ['the third part', `${A}/story/2`, '<a href="/story/1">1</a><a href="/story/3">3</a>', '/story/3'],
  ['a parameter', `${A}/story`, '<a href="?page=2">2</a>', '/story?page=2'],
  ['the third by parameter', `${A}/story?id=7&page=2`, '<a href="?id=7&amp;page=3">3</a>', '/story?id=7&page=3'],
  ['a German parameter', `${A}/story.html`, '<a href="story.html?seite=2">Weiter</a>', '/story.html?seite=2'],
  ['an unknown parameter of rel=next', `${A}/story`, '<link rel="next" href="/story?s=2">', '/story?s=2'],
  ['a number before the ending', `${A}/story.html`, '<a href="story-2.html">2</a>', '/story-2.html'],
  ['an underscore', `${A}/a/story.htm`, '<a href="/a/story_2.htm">2</a>', '/a/story_2.htm'],
  ['the tenth', `${A}/story-9.html`, '<a href="/story-10.html">10</a>', '/story-10.html'],
  ['page-2', `${A}/story`, "<a class='next' href='/story/page-2'>2</a>", '/story/page-2'],
  ['rel=next without quotes', `${A}/story`, '<link rel=next href=/story/2>', '/story/2'],
])('%s is the next part', (_what, url, links, wanted) => {
  expect(next(url, links)).toBe(`${A}${wanted}`);
});

test.each([
  ['the next article', `${A}/story`, '<link rel="next" href="/another-story">'],
  ['the next number of a blog', `${A}/post-by-name`, '<a rel="next" href="/2">2</a>'],
  ['comments', `${A}/story/`, '<a href="/story/comment-page-2/">Older</a>'],
  ['an answer to a comment', `${A}/story`, '<a href="?replytocom=2">Reply</a>'],
  ['another site', `${A}/story`, '<a rel=next href="https://b.example/story/2">2</a>'],
  ['the third of a first', `${A}/story`, '<a href="/story/3">3</a>'],
  ['the one before', `${A}/story/3`, '<a href="/story/2">2</a>'],
  ['a year', `${A}/story`, '<a href="/story/2024">2024</a>'],
  ['the front page', `${A}/`, '<a href="/2">2</a><a href="/page/2/">Older</a>'],
  ['another parameter changed as well', `${A}/story?id=1`, '<a href="?id=2&page=2">2</a>'],
  ['no link at all', `${A}/story`, '/story/2'],
])('%s is no next part', (_what, url, links) => {
  expect(next(url, links)).toBeUndefined();
});
