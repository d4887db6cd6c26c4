/** Signs of site generators and editors in a person's post: shown as what they mean, kept where they are text, told of where only the generator knows. */

import { expect, test } from 'vitest';
import { markdownToHtml } from '../../../src/stages/publish/render/markdown/markdown-to-html.ts';
import { settleWritten } from '../../../src/stages/publish/render/written/settle-written.ts';

async function shown(markdown: string, file = 'a.md') {
  const { text, lost } = settleWritten(markdown, { file });
  const html = await markdownToHtml(text, { lang: 'en', isWritten: true });
  return { html: html.replace(/\s+/g, ' ').trim(), lost };
}

/** What must stand in the page, and what must not. */
type Row = readonly [from: string, markdown: string, has: readonly RegExp[], hasNot?: RegExp];

const SIGNS = /\{\{|\{%|%\}|\}\}/;

const CALLS: readonly Row[] = [
  [
    'Hugo',
    '{{< figure src="boat.png" alt="A boat" caption="Out *at* sea" >}}',
    [/<img src="boat\.png" alt="A boat">/, /<em>at<\/em>/],
  ],
  ['Hugo', '{{< img "boat.png" "A boat" >}}', [/<img src="boat\.png" alt="A boat">/]],
  ['Hugo', '{{< youtube id="w7Ft2ymGmfc" title="x" >}}', [/<iframe src="[^"]*\/w7Ft2ymGmfc"/]],
  [
    'Hugo',
    '{{< highlight go "linenos=table" >}}\nif a < b { c }\n{{< /highlight >}}',
    [/<pre><code class="language-go">if a &#x3C; b \{ c \} <\/code><\/pre>/],
  ],
  [
    'Hugo',
    '{{% notice tip %}}\nUse **this**.\n{{% /notice %}}',
    [/<blockquote> <p><strong>Tip<\/strong><\/p> <p>Use <strong>this/],
  ],
  ['Hugo', '{{< tabs >}}\n{{< tab "A" >}}\nOne\n{{< /tab >}}\n{{< /tabs >}}', [/<p>One<\/p>/]],
  ['Hugo', '{{< gist spf13 7896402 >}}', [/href="https:\/\/gist\.github\.com\/spf13\/7896402"/]],
  ['Hugo', 'See [it]({{< relref "/posts/other.md#a" >}}).', [/<a href="posts\/other\.md#a"/]],
  ['j2kun/math-intersect-programming#2: raw HTML', '{{< rawhtml >}}<b>x</b>{{< /rawhtml >}}', [/<b>x<\/b>/]],
  [
    'Jekyll',
    '{% highlight ruby linenos %}\nputs [[1]], "a_b" if b < c\n{% endhighlight %}',
    [/language-ruby">puts \[\[1\]\], "a_b" if b &#x3C; c/],
  ],
  ['Jekyll', 'See [a]({% post_url 2024-01-01-a %}).', [/href="2024-01-01-a\.md"/]],
  [
    'Jekyll',
    '![A]({{ site.baseurl }}/a.png) ![B]({{ "/b.png" | relative_url }})',
    [/src="\/a\.png"/, /src="\/b\.png"/],
  ],
  ['Jekyll', '{% include figure.html src="/boat.png" alt="A boat" %}', [/<img src="\/boat\.png" alt="A boat">/]],
  ['Hexo', '{% asset_img boat.png A boat %}', [/<img src="boat\.png" alt="A boat">/]],
  ['Hexo', 'See {% post_link other "Other post" %}.', [/<a href="other\.md"[^>]*>Other post<\/a>/]],
  [
    'Hexo',
    '{% blockquote David Levithan, Wide Awake %}\nSeek.\n{% endblockquote %}',
    [/<blockquote> <p>Seek\.<\/p> <p>— David Levithan Wide Awake<\/p>/],
  ],
  ['Hexo', '{% codeblock lang:js %}\nlet a = b < c;\n{% endcodeblock %}', [/language-js">let a = b &#x3C; c;/]],
  [
    'Zola',
    '{% quote(author="V") %}\nA quote.\n{% end %}\n\n{{ youtube(id="dQw4w9WgXcQ") }}',
    [/A quote\.<\/p> <p>— V/, /<iframe[^>]*dQw4w9WgXcQ/],
  ],
  ['Jekyll: a file with a film', '{% include youtube.html id="abc123xyz" %}', [/<iframe src="[^"]*\/abc123xyz"/]],
  [
    'Hugo: a button',
    '{{< button href="https://x.example/" >}}Get *it*{{< /button >}}',
    [/<a href="https:\/\/x\.example\/"[^>]*>Get <em>it/],
  ],
  [
    'Hugo: a diagram',
    '{{< mermaid >}}\nA[x] --> B{y}\n{{< /mermaid >}}',
    [/<code class="language-mermaid">A\[x\] --> B\{y\}/],
  ],
  ['a loop of Liquid', '{% for x in y %}\nInner\n{% endfor %}\n{%- assign a = 1 -%}\nB', [/Inner/, /B/]],
];

const NOTES: readonly Row[] = [
  [
    'Southpaw1496/obsidian-send-to-ghost#11',
    'See [[Other note#The head|that]] and [[Gone]] and [[#Here]].',
    [/<a href="Other%20note\.md#the-head"[^>]*>that<\/a>/, />Gone</, /<a href="#here"[^>]*>Here<\/a>/],
    /\[\[/,
  ],
  [
    'AntTheLimey/gm-apprentice#86: embeds',
    '![[my boat.png|300]] and ![[boat.png|A boat]]',
    [/<img src="my%20boat\.png" alt="">/, /alt="A boat"/],
    /\[\[|300/,
  ],
  [
    'AntTheLimey/gm-apprentice#86: callouts',
    '> [!NOTE]\n> Mind **this**.\n\n> [!custom]- Own title\n> > [!tip] In\n> > x',
    [/<strong>Note<\/strong>/, /<strong>Own title<\/strong>/, /<strong>In<\/strong>/],
    /\[!/,
  ],
  [
    'Docusaurus',
    ':::tip[My tip]\n\nUse **this**.\n\n:::\n\n::::note\n:::danger Take care\nX\n:::\n::::',
    [/<strong>My tip<\/strong>/, /<strong>Take care<\/strong>/],
    /:::/,
  ],
  [
    'VitePress',
    '::: details More\nInner\n:::\n\n::: code-group\n\n```js [a.js]\nlet a;\n```\n\n:::',
    [/<details> <summary>More<\/summary>/, /let a/],
    /:::/,
  ],
  [
    'MkDocs',
    'A\n\n!!! note "Own"\n    Text *x*\n\nB',
    [/<strong>Own<\/strong><\/p> <p>Text <em>x<\/em>/, /<\/blockquote> <p>B/],
    /!!!|<pre/,
  ],
  [
    'kramdown',
    'A.\n{: .lead #intro}\n\n![A](a.png){: width="50%"}\n\n* TOC\n{:toc}\n\n{::nomarkdown}<b>x</b>{:/nomarkdown}',
    [/<p>A\.<\/p>/, /<img src="a\.png" alt="A"><\/p>/, /<b>x<\/b>/],
    /\{|TOC/,
  ],
  ['a heading with a name of its own', '## Head {#own}\n\n[to](#own)', [/<h2[^>]*>Head <a id="own"/], /\{#/],
  ['pandoc', '![A](a.png){width=50%}, [b]{.cls}', [/<img[^>]*>, \[b\]/], /\{/],
  [
    'info of a fence',
    '```js {1,3} title="a"\nlet a;\n```\n\n```{.python .lines}\nb\n```',
    [/class="language-js"/, /class="language-python"/],
  ],
  ['a table of contents', '[[toc]]\n\nA\n\n[TOC]', [/^<p>A<\/p>$/]],
  ['marked words', 'This is ==very *important*== and a == b.', [/<mark>very <em>important<\/em><\/mark> and a == b/]],
  ['terms', 'Apple\n:   Red\n\nOrange\n:   One\n:   Two', [/<dt> <p>Apple<\/p> <\/dt> <dd> <p>Red/, /<dd> <p>Two/]],
  ['a note at the foot, in the line', 'A claim^[The source.] stands.', [/A claim \(The source\.\) stands/]],
  [
    'sizes of pictures',
    '![boat|300](boat.png) ![boat](boat.png =300x200)',
    [/(?:<img src="boat\.png" alt="boat"> ?){2}/],
  ],
  ['names for links and abbreviations', 'A. ^1a2b3c\n\nHTML.\n\n*[HTML]: Hyper Text', [/^<p>A\.<\/p> <p>HTML\.<\/p>$/]],
  [
    'Pelican and Zola',
    '[o]({filename}other.md) ![b](|static|/boat.png) [z](@/blog/z.md)',
    [/href="other\.md"/, /src="\/boat\.png"/, /href="blog\/z\.md"/],
  ],
  [
    'rochacbruno/marmite#268: formulas',
    'Let $a_1*b_2$ and $c_1*d$.\n\n$$\na_{1} &= b \\\\\n$$\n\n\\(a_1 * b * c\\)',
    [/\$a_1\*b_2\$ and \$c_1\*d\$/, /b \\\\ \$\$/, /\\\(a_1 \* b \* c\\\)/],
    /<em>/,
  ],
];

test.each(CALLS.map(([from, markdown, has]) => [from, markdown, has] as const))(
  'what a generator would run is shown: %s %s',
  async (_from, markdown, has) => {
    const { html, lost } = await shown(markdown);

    for (const one of has) expect(html).toMatch(one);
    expect(html).not.toMatch(SIGNS);
    expect(lost).toEqual([]);
  },
);

test.each(NOTES.map(([from, markdown, has, hasNot = /^$/]) => [from, markdown, has, hasNot] as const))(
  'signs of editors: %s %s',
  async (_from, markdown, has, hasNot) => {
    const { html } = await shown(markdown);

    for (const one of has) expect(html).toMatch(one);
    expect(html).not.toMatch(hasNot);
  },
);

const MDX: readonly (readonly [what: string, markdown: string, has: RegExp, lost: readonly string[]])[] = [
  [
    'imports',
    "import Box from '../Box.astro';\nimport pic from './boat.png';\n\n<Image\n  src={pic}\n  alt={'A boat'}\n  sizes={[1, {a: 2}]}\n/>",
    /^<img src="\.\/boat\.png" alt="A boat">$/,
    [],
  ],
  [
    'boxes',
    '<Callout type="warning" title="Mind">\n  Text **b**\n</Callout>',
    /<strong>Mind<\/strong><\/p> <p>Text <strong>b<\/strong>/,
    [],
  ],
  [
    'tabs',
    '<Tabs>\n  <TabItem value="npm">\n\n```bash\nnpm i x\n```\n\n  </TabItem>\n</Tabs>',
    /^<pre><code class="language-bash">npm i x <\/code><\/pre>$/,
    [],
  ],
  [
    'what only MDX knows',
    'A {props.x} B {"lit"} `{c}` \\{d}\n\n<Chart data={[1]} />',
    /A B lit <code>\{c\}<\/code> \{d\}/,
    ['<Chart data={[1]} />', '{props.x}'],
  ],
];

test.each(MDX)('MDX: %s', async (_what, markdown, has, lost) => {
  const result = await shown(markdown, 'a.mdx');

  expect(result.html).toMatch(has);
  expect(result.lost).toEqual(lost);
});

test('Docusaurus reads Markdown as MDX: what is imported and shown says so', async () => {
  const page = "import Tabs from '@theme/Tabs';\n\n<Tabs>\n\nA {'b'}\n\n</Tabs>";

  expect((await shown(page)).html).toBe('<p>A b</p>');
  expect((await shown(`import Tabs is a sentence.\n\n\`\`\`\n${page}\n\`\`\``)).html).toContain(
    '<p>import Tabs is a sentence.</p> <pre><code>import Tabs from',
  );
});

test('what only the generator knows is told', async () => {
  const { html, lost } = await shown('A {{< gallery dir="x" >}} B {% page_meta "y" %}');

  expect(html).toBe('<p>A B</p>');
  expect(lost).toEqual(['{{< gallery dir="x" >}}', '{% page_meta "y" %}']);
});

test.each([
  'If [[ -f x ]] then',
  'An { a: 1 } and {x=1} and {b}, C# {#1}',
  'x == y, a ==b; i==j==k',
  'It costs $5 or $10_000 and $20; $HOME/$USER',
  '{{ title }} and {{name}} and {{, 100 %} and {% of',
  '10 ^1000 and y^[a',
  '!!! wow that is big',
  '::: and :::',
  'Note: this is: that',
  'export this and import that',
])('text is text: %s', async (text) => {
  expect(await shown(text)).toEqual({ html: `<p>${text}</p>`, lost: [] });
});

test('types are no components; what is code stays code, but for the escapes that a generator takes off there too', async () => {
  expect((await shown('A List<T>, a Map<K, V>, a Promise<Array<string>>')).html).toBe(
    '<p>A List&#x3C;T>, a Map&#x3C;K, V>, a Promise&#x3C;Array&#x3C;string>></p>',
  );
  const code = '[[x]] ==y== {{< z >}} {% q %} $a_b$ <Foo/> {#id} :::tip > [!NOTE] \\(a_b\\) ^[n] ^abcd';
  expect((await shown(`\`\`\`\n${code}\n\`\`\`\n\n\`${code}\``)).html.replaceAll('&#x3C;', '<')).toBe(
    `<pre><code>${code} </code></pre> <p><code>${code}</code></p>`,
  );
  expect((await shown('```\n{% raw %}a: {{ b }}{% endraw %} {{</* c */>}}\n```')).html).toBe(
    '<pre><code>a: {{ b }} {{&#x3C; c >}} </code></pre>',
  );
});

test('nothing that a sign holds runs in the page', async () => {
  const { html } = await shown(
    '{{< figure src="x.png" alt="\\"><script>secret()</script>" caption="<img src=x onerror=secret()>" >}}\n\n[[x|<script>secret()</script>]] ==<b onclick=secret()>b</b>== {{< youtube "a\\"onload=secret()" >}}',
  );

  expect(html.replaceAll(/&#x3C;|&lt;|&quot;|&#x22;/g, '')).not.toMatch(/<script|onerror=|onclick=|<[^>]*onload=/);
});
