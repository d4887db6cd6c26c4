import { expect, test } from 'vitest';
import { publishProject } from '../../helpers/publish-project.ts';
import { startWordPress } from '../../helpers/wordpress-server.ts';

const secrets = { WORDPRESS_USER: 'admin', WORDPRESS_APP_PASSWORD: 'pass word' };

/** Publishes each text as a file of its own, and answers what happened by its name. */
async function publishEach(rows: readonly (readonly [name: string, text: string])[], members: object) {
  await using site = await startWordPress();
  await using project = await publishProject(Object.fromEntries(rows));
  const names = rows.map(([name]) => name);
  const settings = { publish: ['wordpress' as const], wordpressUrl: site.url, timezone: 'Asia/Seoul', ...members };
  const results = await project.publish(names, { settings, secrets, now: Date.UTC(2027, 0, 1) });
  const posts = [...site.posts.values()].map(({ title, status, date_gmt, content, slug }) => ({
    title,
    status,
    at: date_gmt,
    slug,
    text: /<p>([^<]*)/.exec(content)?.[1],
  }));
  return { outcomes: Object.fromEntries(results.map(({ file, outcome }) => [file, outcome])), posts };
}

const BODY = 'Secret.\n';

// Generators and editors write front matter in more forms than one; read as text, the word that holds the post is lost.
const HELD: readonly (readonly [name: string, text: string])[] = [
  ['site/_drafts/jekyll.md', `---\ntitle: A\n---\n\n${BODY}`],
  ['site/source/_drafts/hexo.md', `---\ntitle: A\n---\n\n${BODY}`],
  ['nuxt.draft.md', `---\ntitle: A\n---\n${BODY}`],
  ['src/content/blog/_astro.md', `---\ntitle: A\n---\n${BODY}`],
  ['blank-line.md', `\n\n---\ntitle: A\ndraft: true\n---\n\n${BODY}`],
  ['hexo-open.md', `title: A\npublished: false\n---\n${BODY}`],
  ['hexo-list.md', `title: A\ntags:\n- x\n# a comment\npublished: false\n---\n${BODY}`],
  ['hexo-json.md', `"title": "A",\n"published": false\n;;;\n${BODY}`],
  ['hexo-json-pair.md', `;;;\n"title": "A",\n"published": false\n;;;\n${BODY}`],
  ['hexo-long.md', `-----\ntitle: A\npublished: false\n-----\n${BODY}`],
  ['eleventy-json.md', `---json\n{"title":"A","draft":true}\n---\n${BODY}`],
  ['gray-toml.md', `---toml\ntitle = "A"\ndraft = true\n---\n${BODY}`],
  ['gray-yaml.md', `--- yaml\ntitle: A\ndraft: true\n---\n${BODY}`],
  ['hugo-json-line.md', `{"title":"A","draft":true}\n\n${BODY}`],
  ['pelican.md', `Title: A\nDate: 2026-01-01\nStatus: draft\n\n${BODY}`],
  ['pelican-lower.md', `title: A\nsummary: of two\n    lines\nstatus: draft\n\n${BODY}`],
  ['hyphen.md', `---\ntitle: A\nis-draft: true\n---\n${BODY}`],
  ['garden.md', `---\ntitle: A\ndg-publish: false\n---\n${BODY}`],
  ['export.md', `---\ntitle: A\npost_status: draft\n---\n${BODY}`],
  ['hashnode.md', `---\ntitle: A\nsaveAsDraft: true\n---\n${BODY}`],
  ['expired.md', `---\ntitle: A\nexpiryDate: 2020-01-01\n---\n${BODY}`],
];

const UNREAD: readonly (readonly [name: string, text: string])[] = [
  ['indented.md', ` ---\ntitle: A\ndraft: true\n---\n\n${BODY}`],
  ['comment-above.md', `<!-- lint -->\n---\ntitle: A\ndraft: true\n---\n\n${BODY}`],
  ['script.md', `---js\n{ title: "A", draft: true }\n---\n${BODY}`],
  ['word-processor.md', `—\ntitle: A\ndraft: true\n—\n\n${BODY}`],
  ['two-hyphens.md', `--\ntitle: A\ndraft: true\n--\n\n${BODY}`],
  ['old-mac.md', `---\rtitle: A\rdraft: true\r---\r\rSecret.\r`],
  ['no-space.md', `---\ndraft:true\n---\n${BODY}`],
  ['nikola.md', `<!--\n.. title: A\n.. status: draft\n-->\n\n${BODY}`],
  ['pelican.rst', `A\n#\n\n:status: draft\n\n${BODY}`],
  ['emacs.org', `#+title: A\n#+draft: true\n\n${BODY}`],
  ['doctor.adoc', `= A\n:draft: true\n\n${BODY}`],
];

test('a post that any generator or editor keeps from readers is held, in whatever form it says so', async () => {
  const { outcomes, posts } = await publishEach([...HELD, ...UNREAD], { publishAs: 'publish' });

  expect(posts).toEqual([]);
  expect(outcomes).toEqual({
    ...Object.fromEntries(HELD.map(([name]) => [name, 'held'])),
    ...Object.fromEntries(UNREAD.map(([name]) => [name, 'failed'])),
  });
});

test('what only looks like front matter is text, and a finished post of each form is published with its title', async () => {
  const { posts } = await publishEach(
    [
      ['a.md', `Note: this is a sentence.\nDate: this one too.\n\nRest.\n`],
      ['b.md', `Update: a heading\n---\n\nText.\n`],
      ['c.md', `---\ntitle: C\nshare: false\ntags: [draft]\n---\n\nText.\n`],
      ['d.md', `Title: Of *Pelican* &amp; co\nStatus: published\nTags: x, y\n\nText.\n`],
      ['e.md', `title: Of Hexo\npublished: true\n---\nText.\n`],
      ['docs/_index.md', `---\ntitle: A section\n---\n\nText.\n`],
    ],
    { publishAs: 'publish' },
  );

  expect(posts.map(({ title, text }) => [title, text])).toEqual([
    ['a', 'Note: this is a sentence. Date: this one too.'],
    ['b', 'Text.'],
    ['C', 'Text.'],
    ['Of *Pelican* &amp; co', 'Text.'],
    ['Of Hexo', 'Text.'],
    ['A section', 'Text.'],
  ]);
});

// Noon in Seoul on the first of February 2031, as generators, editors and people write it.
const LATER = [
  ['jekyll', 'date: 2031-02-01 12:00:00 +0900'],
  ['hugo', 'publishDate: "2031-02-01T12:00:00+09:00"'],
  ['utc', 'date: 2031-02-01 03:00 UTC'],
  ['seoul', 'date: 2031-2-1 12:00'],
  ['slashes', 'date: 2031/02/01 12:00'],
  ['words', 'pubDatetime: 1 February 2031 12:00'],
  ['hours', 'published_at: 2031-02-01T12:00+09'],
] as const;

test.each(['publish', 'schedule'])('the date of a post is an embargo to --publish-as %s', async (publishAs) => {
  const { posts } = await publishEach(
    LATER.map(([name, line]) => [`${name}.md`, `---\ntitle: ${name}\n${line}\n---\n\nText.\n`]),
    { publishAs },
  );

  expect(posts.map(({ title, status, at }) => [title, status, at])).toEqual(
    LATER.map(([name]) => [name, 'future', '2031-02-01T03:00:00']),
  );
});

test('a day in the name of a file is its date and no part of its slug; a date that is not understood is no permission', async () => {
  const { outcomes, posts } = await publishEach(
    [
      ['_posts/2031-02-01-later.md', '---\ntitle: Later\n---\n\nText.\n'],
      ['_posts/2026-02-01-past.md', '---\ntitle: Past\n---\n\nText.\n'],
      ['odd.md', '---\ntitle: Odd\ndate: the week after\n---\n\nText.\n'],
    ],
    { publishAs: 'schedule' },
  );

  expect(outcomes['odd.md']).toBe('held');
  expect(posts.map(({ slug, status, at }) => [slug, status, at])).toEqual([
    ['later', 'future', '2031-01-31T15:00:00'],
    ['past', 'publish', undefined],
  ]);
});
