import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeLinks } from '../../../src/stages/publish/render/markdown/markdown-text.ts';
import { type MarkdownBody, renderMarkdown } from '../../../src/stages/publish/render/markdown/render-markdown.ts';
import { PRESET_TABLE } from '../../../src/stages/publish/render/presets.ts';

const body = (members: Partial<MarkdownBody> = {}): MarkdownBody => ({
  body: '## The turbine\n\nA tidal turbine turns. The `harbour` code, [the harbour](https://a.example/) and the harbour wall.\n\n> A quoted turbine.\n\nAnother turbine of the harbour.',
  sources: [],
  related: [
    { path: 'tidal.md', title: 'Tides [and] turbines', draft: false, terms: ['turbine'] },
    { path: 'old/harbour.md', title: 'The harbour', draft: false, terms: ['harbour'] },
    { path: 'draft.md', title: 'A draft', draft: true, terms: ['tidal'] },
  ],
  internalLinks: 'related',
  lang: 'en',
  file: 'new.md',
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
    '- [A draft](<./draft.md>)',
  ]);
  expect((await listOf('hugo')).slice(2)).toEqual([
    '- [Tides \\[and\\] turbines]({{< relref "tidal.md" >}})',
    '- [The harbour]({{< relref "old/harbour.md" >}})',
  ]);
  expect((await listOf('eleventy')).slice(2)).toEqual([
    '- [Tides \\[and\\] turbines](<../tidal/>)',
    '- [The harbour](<../old/harbour/>)',
  ]);
  const jekyll = [{ path: '_posts/2026-01-01-a.md', title: 'A', draft: false, terms: [] }];
  expect((await listOf('jekyll', { related: jekyll, file: '_posts/2026-01-02-b.md', lang: 'ko' })).join('\n')).toBe(
    '## 함께 읽을 글\n\n- [A]({% post_url 2026-01-01-a %})',
  );
  expect(await listOf('generic', { internalLinks: 'off' })).toEqual([]);
});

test('inline links are at most one in a paragraph, in running text alone, and change no word', async () => {
  const text = await renderMarkdown(body({ internalLinks: 'inline' }), PRESET_TABLE.hugo);

  expect(text).toBe(
    '## The turbine\n\nA tidal [turbine]({{< relref "tidal.md" >}}) turns. The `harbour` code, [the harbour](https://a.example/) and the harbour wall.\n\n> A quoted turbine.\n\nAnother turbine of the [harbour]({{< relref "old/harbour.md" >}}).',
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
    const sources = ['https://a.example/?q=(1)', 'https://b.example/'];
    const text = await renderMarkdown(
      body({ body: 'One. [1]\n\nBoth [1, 2], `x[1]`.', sources, related: [] }),
      PRESET_TABLE[preset],
    );

    expect(text).toBe(
      'One. [\\[1\\]](<https://a.example/?q=(1)>)\n\nBoth [\\[1\\]](<https://a.example/?q=(1)>) [\\[2\\]](<https://b.example/>), `x[1]`.',
    );
    expect(await renderMarkdown(body({ body: 'See [3].', sources, related: [] }), PRESET_TABLE.generic)).toBe(
      'See [3].',
    );
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
