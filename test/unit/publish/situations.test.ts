/** Situations that broke somebody's site, as public reports tell them, with siblings. Read by the generators' own parsers where they are at hand. */

import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { describeFront } from '../../../src/core/post-front.ts';
import { cleanText } from '../../../src/stages/publish/render/clean-text.ts';
import { frontMatterOf, type PostFacts } from '../../../src/stages/publish/render/front-matter.ts';
import { renderMarkdown } from '../../../src/stages/publish/render/markdown/render-markdown.ts';
import { type Preset, plain } from '../../../src/stages/publish/render/presets/preset.ts';
import { type FrontMatterPreset, presetOf } from '../../../src/stages/publish/render/presets/presets.ts';
import { slugOf } from '../../../src/stages/publish/render/slug.ts';
import { markedContent } from '../../../src/targets/wordpress/markup.ts';
import { readFrontMatter } from '../../../src/util/front/front-matter.ts';
import { makeCheckedDraft } from '../../helpers/make-publisher.ts';

// The parsers of Jekyll's and Eleventy's templates, of Hexo's, and of the front matter of all that run on Node come with Eleventy.
const fromEleventy = createRequire(createRequire(import.meta.url).resolve('@11ty/eleventy'));
const { Liquid } = fromEleventy('liquidjs') as {
  readonly Liquid: new (options: object) => { parseAndRender(text: string): Promise<string> };
};
const yaml4 = fromEleventy('js-yaml') as { load(text: string): Record<string, unknown> };
const matter = fromEleventy('gray-matter') as (text: string) => { readonly data: Record<string, unknown> };

const FACTS: PostFacts = {
  slug: 'x',
  date: '2026-01-01T09:00:00+09:00',
  lastmod: '2026-01-01T09:00:00+09:00',
  draft: false,
  generator: 'blogger 0',
  runId: 'r',
  form: '0o17',
  disclosure: 'auto',
};

const render = (body: string, preset: FrontMatterPreset): Promise<string> =>
  renderMarkdown(
    {
      body,
      sources: [],
      hasCitations: false,
      isDisclosed: false,
      isFramed: false,
      related: [],
      internalLinks: 'off',
      lang: 'en',
      address: 'a.md',
    },
    presetOf(preset),
  );

const YAML_PRESETS: readonly FrontMatterPreset[] = [
  'generic',
  'hugo',
  'jekyll',
  'astro',
  'eleventy',
  'hexo',
  'zola',
  'docusaurus',
];

test.each([
  ['apache/jena-site#24: a colon', 'Docker: how to'],
  ['langfuse/langfuse-docs#3340: a colon', 'Pass or Fail: Gates for AI'],
  ['uPagge/uBlogger#15: a tab', 'dotfiles\tin git'],
  ['gohugoio/hugo#4451: a word that is a truth', 'yes'],
  ['jekyll/jekyll#8947: the code of Norway', 'NO'],
  ['a word that is a truth to YAML 1.1 alone', 'Off'],
  ['a letter that is one to some', 'y'],
  ['nothing', 'null'],
  ['a tilde', '~'],
  ['a number with leading zeros', '007'],
  ['a number of YAML 1.2', '0o17'],
  ['a number of Ruby', '1,000'],
  ['a number with an exponent', '1e3'],
  ['a time of day, which is a number to base 60', '12:30'],
  ['a date', '2026-01-01'],
  ['a date with a zone', '2026-01-01T00:00:00+09:00'],
  ['not a number', '.nan'],
  ['a symbol of Ruby', ':published'],
  ['a merge key', '<<'],
  ['an equals sign', '='],
  ['a comment', 'C# # and F#'],
  ['an at sign', '@everyone'],
  ['a percent sign', '%s and 100 %'],
  ['a backtick', '`code` first'],
  ['an anchor and an alias', '&anchor *alias'],
  ['a tag', '!important'],
  ['a flow list', '[a, b]'],
  ['a flow map', '{a: b}'],
  ['a list item', '- item'],
  ['a key', '? key'],
  ['the end of the front matter', '---'],
  ['the other end', '...'],
  ['jekyll/jekyll-import#240: a tag of HTML and quotes', `<a href="#">It's</a> "x"`],
  ['an emoji', '🎉 Launch'],
  ['a line separator', 'a\u2028b'],
  ['very long', 'word '.repeat(400).trim()],
] as const)('a title of %s is that text to every reader of front matter', (_report, title) => {
  for (const name of YAML_PRESETS) {
    const preset: Preset = presetOf(name);
    const data = frontMatterOf(makeCheckedDraft({ title, tags: [title, 'yes', '2024'] }), FACTS);
    const text = preset.front(preset.shape(data));
    const block = text.slice(4, text.lastIndexOf('\n---'));
    const wanted = name === 'docusaurus' ? title.replaceAll('<', '＜') : title;
    for (const read of [yaml4.load(block), matter(text).data, readFrontMatter(text).data])
      expect([name, read['title']]).toEqual([name, wanted.replace(/\s+/g, ' ')]);
  }
});

test('times are times to Astro and Docusaurus, and text to those that parse them by themselves', () => {
  for (const [name, member] of [
    ['astro', 'pubDate'],
    ['docusaurus', 'date'],
  ] as const) {
    const preset: Preset = presetOf(name);
    const text = preset.front(preset.shape(frontMatterOf(makeCheckedDraft(), FACTS)));
    expect(matter(text).data[member]).toEqual(new Date(FACTS.date));
  }
});

const LIQUID: readonly (readonly [report: string, body: string])[] = [
  ['jekyll/jekyll#6083', '```\n{{ }}\n```'],
  ['cotes2020/jekyll-theme-chirpy#1154', '```bash\necho -n "%{%k%F{$CURRENT_BG}%}$SEP %(?.%F{x})"\n```'],
  ['barryclark/jekyll-now#1240', '```c\nstatic const x[] = {{"new", new_array}, {NULL, NULL}};\n```'],
  ['jekyll/jekyll#5785', "```php\nsetTags('{%%', '%%}');\n```"],
  ['alshedivat/al-folio#2504', '`{{1..3},{7..9}}` is a feature'],
  ['jekyll/jekyll#8099', "```python\nprint('nctf{%s}' % x)\n```"],
  ['gettalong/kramdown#277', '    {% include "_head.html" %}'],
  ['ipop-project#32', 'An unclosed {{ in text'],
  ['11ty/buildawesome#2197', '```hbs\n<h1>{{or @foo "default"}}\n```'],
  ['11ty/buildawesome#791', '```njk\n{% extends "layout.njk" %}\n{% block content %}\n```'],
  ['11ty/buildawesome#2455', '```njk\n{% render "path/to/file.njk", myData %}\n```'],
  ['hexojs/hexo#4109', 'A comment {# that never ends'],
  ['hexojs/hexo#1084', 'A class `{%\\s}` of signs'],
  ['getzola/zola#668', '`{{ get_url(path="index.css", trailing_slash=false) }}`'],
  ['getzola/zola#1003', '```jinja2\n{% block head %}\n    {{ super() }}\n{% endblock head %}\n```'],
  ['getzola/zola#3265', "```vue\n<span>{{ scope.row === 0 ? 'yes' : 'no' }}</span>\n```"],
  ['genealogix/glx#1100', 'Set `-X main.date={{.Date}}` as flag'],
  ['a raw block that ends early', '```\n{% endraw %}{{ secret }}{% raw %}\n```'],
  ['whitespace control', 'Use {%- if x -%} and {{- y -}} here'],
  ['shortcodes of Hugo', '{{< figure src="x" >}} and {{% note %}} and {{</* x */>}}'],
];

const letters = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '');
const signs = (text: string) => text.replace(/[^{}%#]/g, '');

test('a post for Hexo runs no template, whatever stands in it', () => {
  const data = frontMatterOf(makeCheckedDraft(), FACTS);
  expect(presetOf('hexo').shape(data)).toMatchObject({ disableNunjucks: true });
});

test.each(LIQUID)('%s: braces are text to every template language', async (_report, body) => {
  const jekyll = await render(body, 'jekyll');
  const shown = await new Liquid({ strictFilters: true }).parseAndRender(jekyll);
  expect(shown).not.toMatch(/\{\{ '/);
  expect(letters(shown)).toContain(letters(body).slice(0, 12));
  // Hexo is told to look for none (see below), and shows code as it is.
  expect(signs(await render(body, 'hexo'))).toBe(signs(body));
  // Hugo shows what stands in the comment of a shortcode.
  expect((await render(body, 'hugo')).replace(/\{\{([<%])\/\*.*?\*\/[>%]\}\}/gs, '')).not.toMatch(/\{\{[<%]/);
  expect(await render(body, 'zola')).not.toMatch(/\{[{%]\s*(?:\w+\s*\(|\/\*)/);
});

test.each([
  ['gettalong/kramdown#317', 'If you | have a number'],
  ['kramdown/parser-gfm#35', '* a project |(b) - c'],
  ['jekyll/jekyll#9575', '- [ADOX | Rodinal](https://x.example/a)'],
  ['gettalong/kramdown#791', 'simple [with | pipes](https://x.example/)'],
  ['a line that begins with one', '| is a pipe'],
  ['in another script', '서울 | 부산'],
  ['in emphasis', '**Edit | All**'],
  ['in a heading', '## a | b'],
] as const)('%s: a bar is no table to Jekyll', async (_report, body) => {
  expect((await render(body, 'jekyll')).replaceAll('\\|', '')).not.toContain('|');
});

test.each([
  ['vuejs/vitepress#5016: a tag', 'Use --before <name> here'],
  ['netease-lcap/wave-agent#2244: a tag of one letter', '已更新 <N> 个插件'],
  ['facebook/docusaurus#2157: a heading with less than', '## node < 8'],
  ['mochilang/mochi#21663: less than or equal', 'bounded by <= 16 parts'],
  ['chainstack/dev-portal#347: less than a number', 'in <100 ms'],
  ['facebook/docusaurus#11235: a brace', 'a text{ of LaTeX'],
  ['deepset-ai/haystack#10470: a map', 'takes {"a": 1} as value'],
  ['an address between brackets', 'See <https://x.example/a>.'],
  ['an import that is a sentence', 'import taxes rose\n\nexport fell'],
] as const)('%s: Docusaurus takes it for text', async (_report, body) => {
  const text = await render(body, 'docusaurus');
  expect(text.replace(/\\[{<]|\]\([^)]*\)/g, '')).not.toMatch(/[{<]/);
  expect(text).not.toMatch(/^(?:import|export)\b/m);
});

test.each([
  ['an emoticon', 'it is {:/} so', /[^\\]:\//],
  ['a short code', 'the :tada: of it', /[^\\]:tada/],
  ['less than three', 'fewer than <3 %', /[^\\]<3/],
  ['a container', '::: warning\nx\n:::', /^:/m],
  ['genealogix/glx#1100: double braces in code', 'Set `{{ site.title }}` there', /\}\}`(?!\{v-pre\})/],
  ['double braces in text', 'Set {{ site.title }} there', /\{\{/],
  ['a ratio, in a text without any other mark', '비율은 10:30:00이다 :D', /[^\\]:/],
  ['a file of the project', '<<< @/.env', /^<<</m],
  ['a region of a file, within a paragraph', 'See\n  <<< ./a.js#x{1-3}', /^\s*<<</m],
  ['a file, in a quotation', '> <<< ../secrets/key.pem', /^[>\s]*<<</m],
  ['a file, in a list', '- <<< @/a', /^[-\s]*<<</m],
  ['marks of a merge', '<<<<<<< HEAD\na\n=======\nb\n>>>>>>> main', /^<<</m],
  ['an included file', '<!--@include: ./.env-->', /<!--\s*@include/],
  ['an included file, in code', '```md\n<!-- @include: @/.env -->\n```', /<!--\s*@include/],
  ['an included file, in inline code', 'Write `<!--\t@include: a{1,2}-->` so', /<!--\s*@include/],
  ['a list of contents', 'Below\n\n[[toc]]\n\nabove', /^\[\[toc/im],
  ['a list of contents, in capitals', '[[TOC]]', /^\[\[toc/im],
] as const)('%s is text to VitePress', async (_what, body, live) => {
  expect(await render(body, 'vitepress')).not.toMatch(live);
});

test('a title or description never includes a file in VitePress', () => {
  const front = presetOf('vitepress');
  const data = front.shape({ description: 'See <!--@include: ./.env-->', tags: ['<!-- @include: a-->'] });

  expect(front.front(data)).not.toMatch(/<!--\s*@include/);
});

test.each([
  ['a name with a colon', 'Note:this is one', /[^\\]:t/],
  ['a container', ':::danger\nx\n:::', /^:::/m],
  ['an emoji', 'the :tada: of it', /:tada:/],
] as const)('%s is no directive to Docusaurus', async (_what, body, live) => {
  expect(await render(body, 'docusaurus')).not.toMatch(live);
});

test.each([
  ['c-d-cc/reap#32: a long title in Hangul', `긴 한글 제목 ${'가나다라'.repeat(40)}`],
  ['gatsbyjs/gatsby#4125: a long title', 'crazy insane long slug '.repeat(20)],
  ['whiteleaf7/narou#220: a long title in Japanese', 'おっさんのリメイク冒険日記'.repeat(10)],
  ['emoji alone', '🎉🎉🎉'],
  ['a path', '../../etc/passwd'],
  ['a dotfile', '.htaccess'],
  ['a device of Windows', 'CON'],
  ['a device with a sign', 'aux.'],
  ['the page of errors', '404'],
  ['the list of tags', 'Tags'],
  ['an archive', 'Archives'],
  ['a feed', 'RSS'],
  ['the map of the site', 'sitemap'],
  ['a text for robots', 'robots'],
] as const)('%s: the file name fits every file system and takes no page of a generator', async (_report, title) => {
  for (const form of ['unicode', 'ascii'] as const) {
    const slug = await slugOf(title, form);
    expect(Buffer.byteLength(`2026-01-01-${slug}.md.draft`)).toBeLessThan(256);
    expect(encodeURI(slug).length).toBeLessThan(400);
    expect(slug).toMatch(/^[\p{L}\p{M}\p{Nd}]/u);
    expect(slug).not.toMatch(/^(?:con|aux|404|tags|archives|rss|sitemap|robots)$/);
  }
});

test.each(['항구의 아침', 'Alena González', 'パンダ', 'Thủ đô', 'Ångström'])(
  'AntTheLimey/gm-apprentice#139: %s is one name in both forms of Unicode',
  async (title) => {
    expect(await slugOf(title.normalize('NFD'), 'unicode')).toBe(await slugOf(title.normalize('NFC'), 'unicode'));
  },
);

test.each([
  ['miniflux/v2#546: U+0008', '\u0008'],
  ['dbanty/dylananthony.com#196: U+001F', '\u001f'],
  ['feedjira/feedjira#418: U+0003', '\u0003'],
  ['miniflux/v2#52: U+0018', '\u0018'],
  ['U+FFFE, which is no character', '\ufffe'],
  ['U+FFFF', '\uffff'],
  ['half of a pair', '\ud83d'],
  ['the other half', '\udf89'],
  ['a plane’s last code', '\u{1ffff}'],
] as const)('%s is in no text: XML may not hold it', (_report, sign) => {
  expect(cleanText(`a${sign}b`)).toBe('ab');
});

test('pairs, and signs that join others, stay', () => {
  for (const text of ['🎉', '👩‍👩‍👧‍👦', '𠮷野家', 'न्दी', '한']) expect(cleanText(text)).toBe(text);
});

test.each([
  'draft: yes',
  'draft: on',
  'draft: Y',
  'draft: "true"',
  'draft: 1',
  'Draft: true',
  'DRAFT: True',
  'isDraft: true',
  'published: no',
  'published: off',
  'Published: "false"',
  'published: 0',
  'publish: false',
  'is_published: n',
  'status: Draft',
  'status: private',
  'status: pending',
  'visibility: private',
  'private: true',
  'unlisted: true',
  'permalink: false',
  '_build:\n  render: never',
])('a post that says "%s" is held', (line) => {
  expect(describeFront(readFrontMatter(`---\ntitle: a\n${line}\n---\n\nText.\n`).data).hidden).toBe(true);
});

test.each([
  'draft: no',
  'draft: "off"',
  'published: 2026-01-01',
  'publish: true',
  'status: published',
  'visibility: public',
  'hidden: false',
])('a post that says "%s" is shown', (line) => {
  expect(describeFront(readFrontMatter(`---\ntitle: a\n${line}\n---\n\nText.\n`).data).hidden).toBe(false);
});

test.each([
  ['title: 1984', '1984'],
  ['title: 3.5', '3.5'],
  ['title: true', 'true'],
  ['Title: In capitals\nother: x', 'In capitals'],
  ['title: Usual\nTITLE: Other', 'Usual'],
  ['title: 2026-01-01', '2026-01-01'],
] as const)('the title of "%s" is %s', (line, title) => {
  expect(describeFront(readFrontMatter(`---\n${line}\n---\n\nText.\n`).data).title).toBe(title);
});

test('tags that YAML takes for something else are tags, and one of two spellings is kept', () => {
  expect(describeFront({ tags: ['a', 2024, true, false, null] }).tags).toEqual(['a', '2024', 'true', 'false']);
  const { tags } = frontMatterOf(makeCheckedDraft({ tags: ['AI', 'ai', '#AI', 'Café', 'Cafe\u0301', '항구'] }), FACTS);
  expect(tags).toEqual(['AI', 'Café', '항구']);
});

const wordpress = (html: string, markup: 'blocks' | 'classic' = 'blocks') =>
  markedContent({ html, title: 'T', excerpt: 'E' }, { key: 'a1', hash: 'b2' }, markup);

test.each([
  ['a shortcode in code', '<pre><code>[gallery ids="1"]\n</code></pre>', /\[gallery/],
  ['a shortcode in an attribute', '<p><a href="x" title="[embed]">a</a></p>', /\[embed/],
  ['an address alone in a line of code', '<pre><code>get:\nhttps://youtu.be/x\n</code></pre>', /https:\/\//],
  ['an address alone in an indented line', '<pre><code>a\n  http://x.example/y\nb</code></pre>', /http:\/\//],
  ['an address alone in a paragraph', '<p>https://youtu.be/x</p>', /https:\/\//],
  ['the mark of a next page in code', '<pre><code>&#x3C;!--nextpage--></code></pre>', /<!--nextpage/],
  ['the mark of a block in code', '<pre><code>&#x3C;!-- wp:html --></code></pre>', /<code><!-- wp/],
] as const)('%s is only shown by WordPress', (_what, html, live) => {
  for (const markup of ['blocks', 'classic'] as const) expect(wordpress(html, markup)).not.toMatch(live);
});

test('an address within a line, and one that is a link, stay as they are', () => {
  for (const html of [
    '<p>See https://x.example/ there</p>',
    '<p><a href="https://x.example/">https://x.example/</a></p>',
  ])
    expect(wordpress(html)).toContain(html);
});

test('plain presets read no text at all', () => {
  expect(plain.text('a | b :c: {d}')).toBe('a | b :c: {d}');
});

/** The data of a front matter as the generator's parser has it. */
const frontOf = (preset: FrontMatterPreset, members: Parameters<typeof makeCheckedDraft>[0]) => {
  const { front, shape }: Preset = presetOf(preset);
  return yaml4.load(front(shape(frontMatterOf(makeCheckedDraft(members), FACTS))).replaceAll('---', ''));
};

test.each([
  ['a pictograph before a word', '🎉 party', 'party'],
  ['a joined pictograph', '👩‍👩‍👧‍👦 family', 'family'],
  ['flags', '🇰🇷 한국', '한국'],
  ['a letter of the second plane', '𠮷野家', '\u2060𠮷野家'],
  ['a letter behind a pictograph', '🎉𠮷', '\u2060𠮷'],
  ['a letter', 'Ωmega', 'Ωmega'],
  ['Hangul', '항구', '항구'],
  ['a digit', '3D', '3D'],
])('the list of tags of Docusaurus has an anchor for %s', (_name, tag, expected) => {
  const { tags } = frontOf('docusaurus', { tags: [tag] });
  expect(tags).toEqual([expected]);
  expect(expected.charAt(0)).not.toMatch(/[\ud800-\udfff]/);
});

test.each([
  ['a quotation', 'He said "no" and left', 'He said “no” and left'],
  ['markup', '{{< figure src="x" >}} <div class="y">', '{{< figure src=”x” >}} <div class=”y”>'],
  ['a quote at the begin', '"Yes", she said', '“Yes”, she said'],
  ['an apostrophe', "It's here", "It's here"],
])('the description of a VitePress page does not end its attribute: %s', (_name, description, expected) => {
  expect(frontOf('vitepress', { description })['description']).toBe(expected);
});
