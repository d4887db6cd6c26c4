/** Bodies that parsers read differently, in each preset: what is written is read by a strict parser as this project reads the original. */

import type { Nodes } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { expect, test } from 'vitest';
import { renderMarkdown } from '../../../src/stages/publish/render/markdown/render-markdown.ts';
import { type FrontMatterPreset, PRESET_TABLE, presetOf } from '../../../src/stages/publish/render/presets/presets.ts';
import { parseBounded, plainText } from '../../../src/util/text/markdown.ts';

const PRESETS = Object.keys(PRESET_TABLE) as FrontMatterPreset[];

const render = (body: string, preset: FrontMatterPreset): Promise<string> =>
  renderMarkdown(
    {
      body,
      sources: [{ title: 'Source', url: 'https://a.example/' }],
      hasCitations: false,
      isDisclosed: false,
      isFramed: true,
      related: [],
      internalLinks: 'off',
      lang: 'en',
      address: 'a.md',
    },
    presetOf(preset),
  );

/** As most generators parse: CommonMark with GitHub's additions, a single `~` strikes. */
const strict = (markdown: string) => unified().use(remarkParse).use(remarkGfm).parse(markdown);

function nodesOf(node: Nodes, type: string): Nodes[] {
  const inner = 'children' in node ? node.children.flatMap((child) => nodesOf(child, type)) : [];
  return node.type === type ? [node, ...inner] : inner;
}

const letters = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '');

test.each([
  '하루에 10~20명이 오고, 주말에는 30~40명이 온다.',
  '~5kg 이상, ~10kg 이하',
  '朝は5~7隻、夜は8~9隻。',
  '每天10~20人，周末30~40人。',
  'Between ~10 ms and ~20 ms.',
  'Files in ~/a and ~/b.',
  'H~2~O and x~i~.',
  '- 1~2시간\n- 3~4시간',
  '| 값 | 수 |\n| --- | --- |\n| 1~2 | 3~4 |',
  '> 10~20%, 30~40%',
  '## 1~2월과 3~4월',
  'See https://a.example/~ann/ and https://a.example/~bob/.',
  '10~20명\\~ 30~40명',
  '값은 **3~4만원**, 배는 *5~7척*이다.',
])('%j: no preset strikes out what stands between two ranges', async (body) => {
  for (const preset of PRESETS) {
    const written = strict(await render(body, preset));
    expect([preset, nodesOf(written, 'delete').length]).toEqual([preset, 0]);
    expect(letters(plainText(written))).toContain(letters(plainText(parseBounded(body))).replace(/2F|3A/g, ''));
  }
});

test('two marks still strike out, and code keeps its tildes', async () => {
  for (const preset of PRESETS) {
    const text = await render('~~old~~ and `a~b ~c` and 1~2, 3~4.\n\n```sh\ncd ~/a ~/b\n```', preset);
    expect(nodesOf(strict(text), 'delete').map(plainText)).toEqual(['old']);
    expect(nodesOf(strict(text), 'inlineCode').map(plainText)).toEqual(['a~b ~c']);
    expect(nodesOf(strict(text), 'code').map(plainText)).toEqual(['cd ~/a ~/b']);
  }
});

test.each([
  ['이것은 **중요(important)**은 말이다.', ['중요(important']],
  ['**"강조"**는 말이다.', ['강조']],
  ['그는 **“안녕”**이라고 말했다.', ['안녕']],
  ['이것은**(중요)**입니다.', ['중요']],
  ['これは**「強調」**です。', ['強調']],
  ['これは**「強調」。**次の文。', ['強調']],
  ['这是**“重点”**内容。', ['重点']],
  ['这是**重点（注）**内容。', ['重点（注']],
  ['**[링크](https://a.example/)**는 있다.', ['링크']],
  ['가격은 **5,000원(세금 포함)**이고 **무료!**라고 한다.', ['5,000원(세금 포함', '무료']],
  ['*‘강조’*는 말이다.', []],
  ['**100%**가 넘는다.', ['100']],
  ['- **항목:**설명\n- **둘째:**설명', ['항목', '둘째']],
  ['A **bold (word)** in Latin.', ['bold (word)']],
  ['**보통** 강조는 그대로다.', ['보통']],
] as const)('%j: emphasis beside Chinese, Japanese and Korean is seen by a strict parser', async (body, strong) => {
  for (const preset of PRESETS) {
    const written = strict(await render(body, preset));
    expect([preset, nodesOf(written, 'strong').map(plainText)]).toEqual([preset, strong.map((text) => text)]);
    expect(nodesOf(written, 'text').map(plainText).join('')).not.toContain('**');
    expect(letters(plainText(written))).toContain(letters(plainText(parseBounded(body))));
  }
});

const SCRIPT = '<script>alert(1)</script>';
test.each([
  ['nested fences', '````md\n```sh\n# a\n```\n# b\n````', '```sh\n# a\n```\n# b'],
  ['tildes around backticks', '~~~md\n```\n# a\n```\n~~~', '```\n# a\n```'],
  ['a fence that is never closed', `\`\`\`html\n${SCRIPT}\n# a`, `${SCRIPT}\n# a`],
  ['tildes that are never closed', `~~~\n${SCRIPT}`, SCRIPT],
  ['a fence in a list', `- item\n\n  \`\`\`html\n  ${SCRIPT}\n  \`\`\``, SCRIPT],
  ['a fence in a list that is never closed', `1. item\n\n   ~~~\n   ${SCRIPT}`, SCRIPT],
  ['a fence in a quotation', `> \`\`\`\n> ${SCRIPT}\n> \`\`\``, SCRIPT],
  ['a fence in a quotation that is never closed', `> ~~~\n> ${SCRIPT}`, SCRIPT],
  ['code by its indent', `Words.\n\n    ${SCRIPT}\n\n    # b`, `${SCRIPT}\n\n# b`],
  ['code by its indent in a list', `- item\n\n      ${SCRIPT}`, SCRIPT],
  ['code by a tab', `\t${SCRIPT}`, SCRIPT],
  ['a fence that is indented', `   \`\`\`\n   ${SCRIPT}\n   \`\`\``, SCRIPT],
  ['a longer closing fence', `\`\`\`\n${SCRIPT}\n\`\`\`\`\``, SCRIPT],
  ['an info string of many words', `\`\`\`js title="a b" {1,3}\n${SCRIPT}\n\`\`\``, SCRIPT],
  ['a language that VitePress runs', '```js-vue\n{ x }\n```', '{ x }'],
  ['marks within code', '```\nuse ``` here\n```', 'use ``` here'],
  ['nothing in it', '```\n```', ''],
])('%s: the code stays code, and what follows is none', async (_what, body, code) => {
  for (const preset of PRESETS) {
    const text = await render(`Before.\n\n${body}`, preset);
    const written = strict(text);
    const blocks = nodesOf(written, 'code').map(plainText);
    const lines = blocks.length > 0 ? blocks : [nodesOf(written, 'inlineCode').map(plainText).join('\n')];
    expect([preset, lines]).toEqual([preset, [code]]);
    expect(nodesOf(written, 'html')).toEqual([]);
    expect(nodesOf(written, 'link').map(plainText)).toEqual(['Source']);
    // Python-Markdown reads such fences alone.
    if (preset === 'pelican') expect(text).not.toMatch(/^[> \d.-]+(?:```|~~~)/m);
  }
});

const KNOWN = { github: 'costs', attribute: 'costs', none: undefined } as const;
test.each([
  ['## Costs', '#costs', 'costs'],
  ['## Costs & more', '#costs--more', 'costs--more'],
  ['Costs\n-----', '#Costs', 'costs'],
  ['## 비용과 시간', '#비용과-시간', '비용과-시간'],
  ['## 비용과 시간', `#${encodeURI('비용과-시간')}`, '비용과-시간'],
  ['## 費用について', '#費用について', '費用について'],
  ['## Стоимость', '#стоимость', 'стоимость'],
  ['## التكلفة', '#التكلفة', 'التكلفة'],
  ['## Costs\n\n## Costs', '#costs-1', 'costs-1'],
  ['## **Bold** costs', '#bold-costs', 'bold-costs'],
  ['## 3 costs', '#3-costs', '3-costs'],
] as const)('%j with %s: a link to a heading leads there in the form of each generator', async (heading, link, id) => {
  for (const preset of PRESETS) {
    const text = await render(`See [there](${link}).\n\n${heading}\n\nText.`, preset);
    const [target] = nodesOf(strict(text), 'link').map((node) => ('url' in node ? decodeURI(node.url) : ''));
    const { anchors } = presetOf(preset) as (typeof PRESET_TABLE)['hugo'];
    if (KNOWN[anchors] === undefined) expect([preset, text]).toEqual([preset, expect.stringContaining('See there.')]);
    else if (anchors === 'github') expect([preset, target]).toEqual([preset, `#${id}`]);
    else expect([preset, text]).toEqual([preset, expect.stringContaining(` {${target}}\n`)]);
  }
});

test.each(['#nowhere', '#', '/about', './other.md', '../x/', 'page.html', '?q=1', '#fn-1', '#%zz'])(
  'a link that leads to %s, where nothing is, becomes its words',
  async (link) => {
    for (const preset of PRESETS)
      expect(await render(`See [the **page**](${link}) and [a][ref].\n\n[ref]: ${link}`, preset)).toContain(
        'See the **page** and ',
      );
  },
);

test.each([
  ['one note', 'A word[^1].\n\n[^1]: The note.', 'The note.'],
  ['a name', 'A word[^note].\n\n[^note]: The *note*.', 'The note.'],
  ['used twice', 'A[^1] b[^1].\n\n[^1]: The note.', 'The note.'],
  ['Korean', '항구[^1]의 아침.\n\n[^1]: 항구의 말.', '항구의 말.'],
  ['in a table', '| a |\n| --- |\n| b[^1] |\n\n[^1]: The note.', 'The note.'],
  ['two paragraphs', 'A[^1].\n\n[^1]: The note.\n\n    More of it.', 'More of it.'],
  ['in parts of a long post', 'A[^1].\n\n[^1]: First.\n\n## B\n\nB[^1].\n\n[^1]: Second.', 'Second.'],
])('footnotes, %s: the note is read in each generator, and no mark of it is text', async (_what, body, note) => {
  for (const preset of PRESETS) {
    const text = await render(body, preset);
    const tree = strict(text);
    const isKept = nodesOf(tree, 'footnoteDefinition').length > 0;
    expect([preset, plainText(tree)]).toEqual([preset, expect.stringContaining(note)]);
    expect([preset, isKept]).toEqual([preset, presetOf(preset).hasFootnotes !== false]);
    expect(nodesOf(tree, 'text').map(plainText).join('')).not.toContain('[^');
  }
});

test.each([
  ['a shortcode', '{{< figure src="x" >}}', '{{</* figure src="x" */>}}'],
  ['one with an end', '`{{% note %}}a{{% /note %}}`', '`{{%/* note */%}}a{{%/* /note */%}}`'],
  ['one over lines', '```md\n{{< a\n  b >}}\n```', '```md\n{{</* a\n  b */>}}\n```'],
  ['half of one', '```sh\n# this is a {{< comment\n```', '```sh\n# this is a { {< comment\n```'],
  ['half before a whole', '`{{% a {{% b %}}`', '`{ {% a {{%/* b */%}}`'],
  ['an escaped one', '`{{</* x */>}}`', '`{ {</* x */>}}`'],
  ['a comment in one', '`{{< a*/b >}}`', '`{ {< a*/b >}}`'],
  ['code with these signs', '`f({{<b>x</b>}})`', '`f({{</*b>x</b*/>}})`'],
  ['templates of others', '`{{ x }} {{ .y }} {% z %} >}}`', '`{{ x }} {{ .y }} {% z %} >}}`'],
])('Hugo shows %s as it is written', async (_what, body, written) => {
  expect((await render(body, 'hugo')).split('\n\nSource')[0]).toBe(written);
});

// gohugoio/hugo#1323, withastro/docs#508, arangodb/docs#3, docker/docs#4178: a flag loses a hyphen; `Term` and `: text` define a term.
test.each(['hugo', 'jekyll', 'hexo'] as const)(
  '%s makes no dash of a flag and no list of a line with a colon',
  async (preset) => {
    const body = 'Run (--all) git log --oneline -- x, 1--2 and a -- b, 1 << 3 >> 2.\n\nTerm\n: text\n\n`--code <<`';
    const text = await render(body, preset);

    expect(text).toContain('(\\-\\-all) git log \\-\\-oneline -- x, 1--2 and a -- b, 1 &lt;&lt; 3 &gt;&gt; 2.');
    expect(text).toContain('Term\n&#58; text');
    expect(text).toContain('`--code <<`');
    expect(letters(plainText(strict(text)))).toBe(
      letters(plainText(strict(`${body}\n\nSource: [Source](<https://a.example/>)`))),
    );
  },
);

// Astro's smart punctuation changes text whatever is escaped in it, and leaves code alone.
test('Astro shows a flag as code', async () => {
  const text = await render(
    'Run (--all) git log --no-pager=1 -- x, 1--2 and a -- b. `--code`\n\n## Use --flag',
    'astro',
  );

  expect(text).toContain('(`--all`) git log `--no-pager`=1 -- x, 1--2 and a -- b. `--code`\n\n## Use `--flag`');
});

test.each(['jekyll', 'pelican'] as const)(
  '%s shows a bar in the code of a table without a backslash',
  async (preset) => {
    const text = await render('| type |\n|---|\n| `a \\| b` or `c` |\n\nAs `a \\| b`.', preset);

    expect(text).toContain('| `a | b` or `c` |');
    expect(text).toContain('As `a \\| b`');
  },
);

test('Pelican shows no backslash of an escape that Python-Markdown does not know', async () => {
  const text = await render('From 10~20 to 30~40, \\$5, \\*x\\*, \\<b>, \\[c].\n\nTerm\n: text', 'pelican');

  expect(text).toContain('From 10&#126;20 to 30&#126;40, &#36;5, \\*x\\*, &lt;b>, \\[c].');
  expect(text).toContain('Term\n&#58; text');
});

test.each(PRESETS)('an escaped tag is the same text in %s', async (preset) => {
  const text = await render('Write \\<b> and \\\\<i> here.', preset);

  expect(plainText(strict(text))).toMatch(/Write <b> and \\<i> here\./);
});

test.each([
  ['`{{ .Values.x }} {% if y %} {# z #} $a`', '`{{ .Values.x }} {% if y %} {# z #} $a`'],
  ['`{{ youtube(id="x") }}`', '`{ { youtube(id="x") }}`'],
  ['`{%quote (by="x")%}`', '`{ %quote (by="x")%}`'],
  ['`{{/* x() */}}`', '`{ {/* x() */}}`'],
])('Zola shows %s, and runs nothing of it', async (body, written) => {
  expect((await render(body, 'zola')).split('\n\nSource')[0]).toBe(written);
});
