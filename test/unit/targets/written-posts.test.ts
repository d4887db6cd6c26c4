/** What a person wrote arrives whole: their HTML, their links, their words; and without what they wrote for themselves. */

import { expect, test } from 'vitest';
import { publishProject } from '../../helpers/publish-project.ts';
import { startWordPress } from '../../helpers/wordpress-server.ts';

const secrets = { WORDPRESS_USER: 'admin', WORDPRESS_APP_PASSWORD: 'pass word' };
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** The text of each post as it stands at the site, without the marks of its blocks. */
async function publishEach(bodies: readonly string[]) {
  await using site = await startWordPress();
  const files = Object.fromEntries(bodies.map((body, at) => [`${at}.md`, `---\ntitle: T\n---\n\n${body}\n`]));
  await using project = await publishProject({ ...files, 'boat.png': PNG });
  const settings = { publish: ['wordpress' as const], wordpressUrl: site.url };
  await project.publish(Object.keys(files), { settings, secrets });
  return [...site.posts.values()].map(({ content }) =>
    content
      .replace(/<!--[^>]*-->/g, '')
      .replaceAll(site.url, '')
      .replace(/\s+/g, ' ')
      .trim(),
  );
}

test.each([
  [
    'a list of links',
    '## More\n\n- [About](/about/)\n- [Slides](talk.pdf)\n- [Other](other.md)',
    '<h2 id="more">More</h2> <ul> <li><a href="/about/" rel="noopener">About</a></li> <li>Slides</li> <li>Other</li> </ul>',
  ],
  [
    'a link by name',
    'See [it][1] and [home][2].\n\n[1]: other.md\n[2]: https://x.example/',
    '<p>See it and <a href="https://x.example/" rel="noopener">home</a>.</p>',
  ],
  ['a link in HTML', 'See <a href="other.md">it</a>.', '<p>See it.</p>'],
  [
    'a table',
    '<table><tr><td>cell</td></tr></table>',
    '<figure class="wp-block-table"><table><tr><td>cell</td></tr></table></figure>',
  ],
  [
    'a figure',
    '<figure><img src="boat.png" alt="x"><figcaption>A <em>boat</em></figcaption></figure>',
    '<figure><img src="/uploads/blogger-6b7fa434f92a8b80aab0" alt="x"><figcaption>A <em>boat</em></figcaption></figure>',
  ],
  [
    'a box with Markdown',
    '<details>\n<summary>More</summary>\n\n*Inner*\n\n</details>',
    '<details> <summary>More</summary> <p><em>Inner</em></p> </details>',
  ],
  [
    'marks in a line',
    'H<sub>2</sub>O, <kbd>Ctrl</kbd>, <mark>this **one**</mark>',
    '<p>H<sub>2</sub>O, <kbd>Ctrl</kbd>, <mark>this <strong>one</strong></mark></p>',
  ],
  [
    'a film',
    '<iframe src="https://video.example/1" width="400" onload="x()"></iframe>',
    '<iframe src="https://video.example/1" width="400"></iframe>',
  ],
  ['what is no tag', 'A List<T> and a Map<String> end.', '<p>A List&#x3C;T> and a Map&#x3C;String> end.</p>'],
  [
    'a picture that is not there',
    'A ![boat](gone.png) and ![a dot](data:image/png;base64,iVBO).',
    '<p>A boat and a dot.</p>',
  ],
  [
    'a picture of the site',
    '![x](/wp-content/uploads/x.png)',
    '<figure class="wp-block-image"><img src="/wp-content/uploads/x.png" alt="x"/></figure>',
  ],
  ['per cent', 'From 50%% to 60%% of `%%code%%`.', '<p>From 50%% to 60%% of <code>%%code%%</code>.</p>'],
  [
    'a comment in code',
    '```\n{% comment %}x{% endcomment %}\n```',
    '<pre class="wp-block-code"><code>{% comment %}x{% endcomment %} </code></pre>',
  ],
])('%s arrives', async (_what, body, text) => {
  expect(await publishEach([body])).toEqual([text]);
});

test.each([
  ['HTML', 'A <!-- secret --> B\n\n<!--\nsecret\n\nsecret\n-->\n\nC'],
  ['Obsidian', 'A %%secret: not yet%% B\n\n%%\nsecret\n\n- secret\n%%\n\nC'],
  ['Liquid', 'A {% comment %} secret {% endcomment %} B\n\n{%- comment -%}\n\nsecret\n\n{%- endcomment -%}\n\nC'],
  [
    'Hugo',
    'A {{/* secret */}} B {{% comment %}}secret{{% /comment %}}\n\n{{< comment >}}\n\nsecret\n\n{{< /comment >}}\n\nC',
  ],
  ['MDX', 'A {/* secret */} B\n\n{/*\n\nsecret\n\n*/}\n\nC'],
  [
    'code',
    'A <script>secret()</script><style>secret{}</style> B\n\n<script>\nsecret()\n\nsecret()\n</script>\n\n<img src="x" onerror="secret()" alt=""> <a href="javascript:secret()">C</a>',
  ],
])('a comment or a script does not arrive: %s', async (_form, body) => {
  const [text = ''] = await publishEach([body]);

  expect(text).not.toMatch(/secret/);
  expect(text.replace(/<[^<>]*>/g, ' ').match(/\w+/g)).toEqual(['A', 'B', 'C']);
});

test('WordPress shows a title, a summary and a tag as they are written, and uses a category that lies below another', async () => {
  await using site = await startWordPress();
  site.terms.set('/categories > News & more', 77);
  await using project = await publishProject({
    'a.md':
      '---\ntitle: List<T> & Co\ndescription: Of <T> & R&D\ntags: [C<T>]\ncategories: [news & more, New]\n---\n\nx\n',
  });
  const call = { settings: { publish: ['wordpress' as const], wordpressUrl: site.url }, secrets };
  await project.publish(['a.md'], call);

  expect([...site.posts.values()]).toMatchObject([
    { title: 'List&lt;T&gt; &amp; Co', excerpt: 'Of &lt;T&gt; &amp; R&amp;D', categories: [77, expect.any(Number)] },
  ]);
  expect([...site.terms.keys()]).toEqual(['/categories > News & more', '/tags c&lt;t>', '/categories new']);
  expect(await project.publish(['a.md'], call)).toMatchObject([{ outcome: 'unchanged' }]);
});

// WP-API/WP-API#2505, 10up/ElasticPress#2742, #3555: a plugin answers searches by REST, and finds no drafts and no comments.
test('a post whose answer was lost is found at a site whose search finds nothing', async () => {
  await using site = await startWordPress({ hasSearch: false });
  await using project = await publishProject({
    'a.md': '---\ntitle: A\n---\n\nx\n',
    'b.md': '---\ntitle: B\n---\n\nx\n',
  });
  const call = { settings: { publish: ['wordpress' as const], wordpressUrl: site.url }, secrets };
  let lost = 0;
  site.fault = (request) => (/^POST .*\/posts$/.test(request) && lost++ === 0 ? 'lost' : undefined);

  await project.publish(['a.md', 'b.md'], call);

  expect([...site.posts.values()].map(({ title }) => title)).toEqual(['A', 'B']);
});

test.each([
  ['that is not there', '![A](gone.png)', 'gone.png (not there)'],
  ['git-lfs/git-lfs: a pointer', '![A](pointer.png)', 'pointer.png (a pointer of Git LFS: run `git lfs pull`)'],
  ['in another form', '![A](drawing.svg)', 'drawing.svg (no PNG, JPEG, GIF, WebP or AVIF)'],
  ['in the text itself', '![A](data:image/png;base64,iVBO)', 'A (a picture without a file)'],
  ['of the front matter', '', 'cover.png (not there)'],
])('a picture %s is told of', async (_what, body, lost) => {
  await using site = await startWordPress();
  await using project = await publishProject({
    'a.md': `---\ntitle: T\n${body === '' ? 'image: cover.png\n' : ''}---\n\nText. ${body}\n`,
    'pointer.png': 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n',
    'drawing.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  });
  const call = { settings: { publish: ['wordpress' as const], wordpressUrl: site.url }, secrets };

  expect(await project.publish(['a.md'], call)).toMatchObject([{ outcome: 'created', lost: [lost] }]);
});

test('files that are no posts and no pictures are told of; a number is called', async () => {
  await using site = await startWordPress();
  await using project = await publishProject({
    'a.md':
      '---\ntitle: T\n---\n\n[Slides](talk.pdf), [b](b.md), [up](/x.pdf), [call](tel:+8210) <audio src="a.mp3"></audio>\n',
    'only.md': '---\ntitle: T\n---\n\n{{< gallery >}}\n',
  });
  const call = { settings: { publish: ['wordpress' as const], wordpressUrl: site.url }, secrets };
  const results = await project.publish(['a.md', 'only.md'], call);

  expect(results).toMatchObject([
    { outcome: 'held', detail: 'Nothing of it is left without {{< gallery >}}.' },
    { outcome: 'created', lost: ['talk.pdf', 'a.mp3 (films and sounds stay here)'] },
  ]);
  expect([...site.posts.values()][0]?.content).toMatch(
    /Slides, b, <a href="\/x\.pdf"[^>]*>up<\/a>, <a href="tel:\+8210"/,
  );
});

test('a picture is found in the folder of the editor, and by either spelling of its name', async () => {
  await using site = await startWordPress();
  await using project = await publishProject({
    'notes/a.md': `---\ntitle: T\n---\n\n![[boat.png]] ![B](${'가'.normalize('NFC')}.png)\n`,
    'attachments/boat.png': PNG,
    [`notes/${'가'.normalize('NFD')}.png`]: PNG,
  });
  const call = { settings: { publish: ['wordpress' as const], wordpressUrl: site.url }, secrets };
  const [result] = await project.publish(['notes/a.md'], call);

  expect(result?.lost).toBe(undefined);
  expect([...site.posts.values()][0]?.content.match(/<img /g)).toHaveLength(2);
});
