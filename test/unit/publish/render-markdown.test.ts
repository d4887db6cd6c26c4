import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeLinks } from '../../../src/stages/publish/render/markdown/markdown-text.ts';
import { type MarkdownBody, renderMarkdown } from '../../../src/stages/publish/render/markdown/render-markdown.ts';
import { PRESET_TABLE } from '../../../src/stages/publish/render/presets/presets.ts';

const body = (members: Partial<MarkdownBody> = {}): MarkdownBody => ({
  body: '## The turbine\n\nA tidal turbine turns. The `harbour` code, [the harbour](https://a.example/) and the harbour wall.\n\n> A quoted turbine.\n\nAnother turbine of the harbour.',
  sources: [],
  hasCitations: false,
  isDisclosed: false,
  isFramed: false,
  related: [
    { path: 'tidal.md', title: 'Tides [and] turbines', draft: false, terms: ['turbine'] },
    { path: 'old/harbour.md', title: 'The harbour', draft: false, terms: ['harbour'] },
    { path: 'draft.md', title: 'A draft', draft: true, terms: ['tidal'] },
  ],
  internalLinks: 'related',
  lang: 'en',
  address: 'new.md',
  ...members,
});

test('related posts are a list below the text, in the language of the post, with the address that the generator uses', async () => {
  const listOf = async (preset: keyof typeof PRESET_TABLE, members: Partial<MarkdownBody> = {}) =>
    (await renderMarkdown(body({ body: 'Text.', ...members }), PRESET_TABLE[preset])).split('\n').slice(2);

  expect(await listOf('generic')).toEqual([
    '## Related',
    '',
    '- [Tides \\[and\\] turbines](<./tidal.md>)',
    '- [The harbour](<./old/harbour.md>)',
  ]);
  const pages = [
    { path: 'tidal.md', address: 'tidal/', title: 'Tides', draft: false, terms: [] },
    { path: '../old.md', address: '../old/', title: 'Old', draft: false, terms: [] },
    { path: 'set.md', address: '/by/hand/', title: 'Set', draft: false, terms: [] },
  ];
  for (const preset of ['hugo', 'astro', 'eleventy', 'zola'] as const)
    expect((await listOf(preset, { related: pages, address: 'new/' })).slice(2)).toEqual([
      '- [Tides](<../tidal/>)',
      '- [Old](<../../old/>)',
      '- [Set](</by/hand/>)',
    ]);
  const jekyll = [
    { path: '_posts/2026-01-01-a.md', address: '2026/01/01/a.html', title: 'A', draft: false, terms: [] },
  ];
  expect((await listOf('jekyll', { related: jekyll, address: 'news/2026/01/02/b.html', lang: 'ko' })).join('\n')).toBe(
    '## 함께 읽을 글\n\n- [A](<../../../../2026/01/01/a.html>)',
  );
  expect(await listOf('generic', { internalLinks: 'off' })).toEqual([]);
});

test.each(['docusaurus', 'vitepress'] as const)(
  '%s ends its build at a dead link: only whole addresses are written',
  async (preset) => {
    const related = [{ path: 'a.md', address: 'a', title: 'A', draft: false, terms: [] }];
    const render = (members: Partial<MarkdownBody>) =>
      renderMarkdown(body({ body: 'Text.', related, ...members }), PRESET_TABLE[preset]);

    expect(await render({})).toBe('Text.');
    expect(await render({ siteUrl: 'https://blog.example/b' })).toContain('- [A](https://blog.example/b/a)');
  },
);

test('inline links are at most one in a paragraph, in running text alone, and change no word', async () => {
  const text = await renderMarkdown(body({ internalLinks: 'inline' }), PRESET_TABLE.hugo);

  expect(text).toBe(
    '## The turbine\n\nA tidal [turbine](<./tidal.md>) turns. The `harbour` code, [the harbour](https://a.example/) and the harbour wall.\n\n> A quoted turbine.\n\nAnother turbine of the [harbour](<./old/harbour.md>).',
  );
});

test('links that are placed add brackets and nothing else, whatever the text', () => {
  const piece = fc.constantFrom(
    'turbine',
    'harbour ',
    '`turbine`',
    '[turbine](x)',
    '\n\n',
    '## turbine\n',
    '> ',
    '\\',
    '*',
    '| a | turbine |\n',
    '```\n',
    '안녕 ',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const markdown = pieces.join('');
      const placed = placeLinks(markdown, [{ terms: ['turbine', 'harbour'], destination: '<./DEST>' }]);

      expect(placed.replace(/\[([^\]]*)\]\(<\.\/DEST>\)/, '$1')).toBe(markdown);
    }),
  );
});

test.each(['generic', 'jekyll', 'hugo'] as const)(
  '%s: the numbers of sources lead to them; numbers of none, code and links stay',
  async (preset) => {
    const sources = ['https://a.example/?q=(1)', 'https://b.example/'].map((url) => ({ url, title: url }));
    const text = await renderMarkdown(
      body({ body: 'One. [1]\n\nBoth [1, 2], `x[1]`.', sources, hasCitations: true, related: [] }),
      PRESET_TABLE[preset],
    );

    expect(text).toBe(
      'One. [\\[1\\]](<https://a.example/?q=(1)>)\n\nBoth [\\[1\\]](<https://a.example/?q=(1)>) [\\[2\\]](<https://b.example/>), `x[1]`.',
    );
    expect(
      await renderMarkdown(body({ body: 'See [3].', sources, hasCitations: true, related: [] }), PRESET_TABLE.generic),
    ).toBe('See [3].');
  },
);

test('to Jekyll a code mark between spaces is none: code that begins with one does so no more', async () => {
  const render = (text: string) => renderMarkdown(body({ body: text, related: [] }), PRESET_TABLE.jekyll);

  expect(await render('A `  <div>` b `` ` `` `c`.')).toBe('A `<div>` b `` ` `` `c`.');
});

test('raw HTML becomes text outside of code, and code is left alone', async () => {
  const html = 'A <b>b</b> <!-- c --> 1 < 2 <https://a.example/> `<i>` \n\n```html\n<p>\n```';

  expect(await renderMarkdown(body({ body: html, related: [] }), PRESET_TABLE.generic)).toBe(
    'A &lt;b>b&lt;/b> &lt;!-- c --> 1 < 2 <https://a.example/> `<i>` \n\n```html\n<p>\n```',
  );
});
