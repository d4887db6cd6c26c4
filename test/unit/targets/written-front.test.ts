/** What the front matter of a person's post says: values as they are spelled, dates as they are written, names as they are meant. */

import { expect, test } from 'vitest';
import { publishProject } from '../../helpers/publish-project.ts';
import { startWordPress } from '../../helpers/wordpress-server.ts';

const secrets = { WORDPRESS_USER: 'admin', WORDPRESS_APP_PASSWORD: 'pass word' };
const NOW = Date.parse('2030-06-01T00:00:00Z');

/** One post at a site, as the site has it, and what was said of it. */
async function publishOne(text: string | Uint8Array, { name = 'post.md', as = 'draft' as 'draft' | 'publish' } = {}) {
  await using site = await startWordPress();
  await using project = await publishProject({ [name]: text });
  const settings = {
    publish: ['wordpress' as const],
    wordpressUrl: site.url,
    publishAs: as,
    timezone: 'Asia/Seoul',
  };
  const [result] = await project.publish([name], { settings, secrets, now: NOW });
  const [post] = [...site.posts.values()];
  const terms = [...site.terms.keys()].map((term) => term.replace('/', ''));
  return { result, post, terms };
}

const front = (lines: string) => `---\n${lines}\n---\n\nText.\n`;

test.each([
  ['nodeca/js-yaml#674: a version', 'title: 3.10', '3.10'],
  ['fern-api/fern#16512: leading zeros', 'title: 007', '007'],
  ['a number with an exponent', 'title: 1e3', '1e3'],
  ['a number to base 16', 'title: 0x1F', '0x1F'],
  ['more digits than a number holds', 'title: 12345678901234567890', '12345678901234567890'],
  ['a year', 'title: 1984', '1984'],
  ['an alias', 'x: &t A title\ntitle: *t', 'A title'],
  ['a merge key', 'x: &x { title: Merged }\n<<: *x', 'Merged'],
])('a title that YAML takes for something else: %s', async (_report, lines, title) => {
  expect((await publishOne(front(lines))).post?.title).toBe(title);
});

test.each([
  ['versions', 'tags: [3.10, 1.0, 2024]', ['tags 3.10', 'tags 1.0', 'tags 2024']],
  [
    'hexojs/hexo#2734: lists in a list',
    'categories:\n- [Sports, Baseball]\n- Rivalries',
    ['categories sports', 'categories baseball', 'categories rivalries'],
  ],
  ['hashtags of an editor', 'tags: ["#one", "C#", "#"]', ['tags one', 'tags c#', 'tags #']],
  ['records', 'tags:\n- name: One\n  slug: one\n- name: Two', ['tags one', 'tags two']],
  ['two spellings', 'tags: [AI, ai, Ai]', ['tags ai']],
  [
    'x-cold/yuque-hexo#24: words of a line, as Jekyll reads them',
    'layout: post\ntags: jekyll blog',
    ['tags jekyll', 'tags blog'],
  ],
  [
    'words of a line, as others read them',
    'layout: ../layouts/Post.astro\ntags: machine learning, b',
    ['tags machine learning', 'tags b'],
  ],
])('names: %s', async (_report, lines, terms) => {
  expect((await publishOne(front(`title: T\n${lines}`))).terms).toEqual(terms);
});

test.each([
  ['slug: /blog/my-post/', 'my-post'],
  ['slug: 0123', '0123'],
  ['permalink: /2024/my-post.html', 'my-post'],
  ['url: /posts/own-name/', 'own-name'],
  ['url: https://elsewhere.example/their-page', 'post'],
  ['permalink: /:year/:title/', 'post'],
  ['permalink: "/{{ page.fileSlug }}/"', 'post'],
])('the name in an address of front matter: %s', async (line, slug) => {
  expect((await publishOne(front(`title: T\n${line}`))).post?.slug).toBe(slug);
});

test.each([
  ['a day with dots', '15.02.2031', '2031-02-14T15:00:00'],
  ['Korean', '2031년 2월 15일 09:00', '2031-02-15T00:00:00'],
  ['Korean with dots', '2031. 2. 15. 09:00', '2031-02-15T00:00:00'],
  ['Japanese', '2031年2月15日', '2031-02-14T15:00:00'],
  ['a named zone', '2031-02-15 10:00:00 Europe/Berlin', '2031-02-15T09:00:00'],
  ['half days', '2031-02-15 9:30 PM', '2031-02-15T12:30:00'],
  ['seconds since the epoch', '1928880000', '2031-02-15T00:00:00'],
  ['milliseconds since the epoch', '1928880000000', '2031-02-15T00:00:00'],
  ['a year', '2031', '2030-12-31T15:00:00'],
])('a date is an embargo: %s', async (_form, date, at) => {
  const { post } = await publishOne(front(`title: T\ndate: ${date}`), { as: 'publish' });

  expect(post).toMatchObject({ status: 'future', date_gmt: at });
});

test('a date that is not understood is no permission to publish now', async () => {
  const { result, post } = await publishOne(front('title: T\ndate: soon'), { as: 'publish' });

  expect([result?.outcome, post]).toEqual(['held', undefined]);
});

test.each([
  ['UTF-16', Buffer.from('\ufeff---\ntitle: 항구\n---\n\n본문.\n', 'utf16le'), '항구'],
  ['a Western code page', Buffer.from('---\ntitle: Café crème\n---\n\nDéjà vu, naïve.\n', 'latin1'), 'Café crème'],
  ['a byte order mark and CRLF', '\ufeff---\r\ntitle: T\r\n---\r\n\r\n# T\r\n\r\nA\r\nB\r\n', 'T'],
])('a file in %s', async (_form, bytes, title) => {
  const { post } = await publishOne(bytes);

  expect(post?.title).toBe(title);
  expect(post?.content).not.toMatch(/\r|\ufffd|<h1/);
});

test('a title is not said twice where it has marks; a name of hyphens is no title', async () => {
  const marked = await publishOne('---\ntitle: "The *first* post"\n---\n\n# The *first* post\n\nText.\n');
  const unnamed = await publishOne('Text.\n', { name: '2024-01-01-my-first-post.md' });

  expect(marked.post?.content).not.toMatch(/<h1/);
  expect(unnamed.post?.title).toBe('My first post');
});

test.each([
  ['nothing but a title', '---\ntitle: T\n---\n', /no text/],
  ['nothing', '', /no text/],
  [
    'marks of a merge',
    '---\ntitle: T\n---\n\nA\n\n<<<<<<< HEAD\nOne\n=======\nTwo\n>>>>>>> branch\n',
    /merge .*\(line 7\)/,
  ],
])('a post that is not finished is held: %s', async (_what, text, says) => {
  const { result, post } = await publishOne(text);

  expect([result?.outcome, post]).toEqual(['held', undefined]);
  expect(result?.detail).toMatch(says);
});
