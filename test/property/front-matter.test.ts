import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { cleanLine } from '../../src/stages/publish/render/clean-text.ts';
import { frontMatterOf } from '../../src/stages/publish/render/front-matter.ts';
import type { Preset } from '../../src/stages/publish/render/presets/preset.ts';
import { type FrontMatterPreset, PRESET_TABLE, presetOf } from '../../src/stages/publish/render/presets/presets.ts';
import { readFrontMatter } from '../../src/util/front/front-matter.ts';
import { fuzzed } from '../helpers/fuzz.ts';
import { makeCheckedDraft } from '../helpers/make-publisher.ts';

const trouble = fc.constantFrom(
  '---',
  '--- yes: [no]',
  'null',
  '~',
  'no',
  '2026-01-01',
  '0x1F',
  '1e3',
  '1_000',
  ': : :',
  "'",
  '"""',
  '- a',
  '{{ x }}',
  '\t',
  '#x',
  '@a',
  '%b',
  '\u2028',
  '\ud800',
  '🎉',
  '=',
  '<<',
);
const text = fc.oneof(
  trouble,
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.tuple(trouble, fc.string(), trouble).map((parts) => parts.join(' ')),
);
const facts = {
  slug: 'a-slug',
  date: '2026-01-01T00:00:00.000Z',
  lastmod: '2026-01-02T00:00:00.000Z',
  draft: false,
  canonicalUrl: 'https://a.example/x',
  generator: 'blogger 0',
  runId: 'r1',
  form: 'f',
  disclosure: 'auto' as const,
};
const PRESETS = (Object.keys(PRESET_TABLE) as FrontMatterPreset[]).filter(
  (name) => name !== 'none' && name !== 'pelican',
);

/** Hugo would write these signs into the address of the term's page. */
const hugoTerm = (tag: string) => tag.replaceAll('#', '♯').replaceAll('%', '％').replaceAll('\\', ' ');

test('whatever stands in a title, a description or a tag, YAML 1.1 and 1.2 read back the same, and the block ends where it should', () => {
  fc.assert(
    fc.property(
      text,
      text,
      fc.array(text, { maxLength: 4 }),
      fc.constantFrom(...PRESETS),
      (title, description, tags, preset) => {
        const data = frontMatterOf(makeCheckedDraft({ title, description, tags }), facts);
        const { front, shape }: Preset = presetOf(preset);
        const block = front(shape(data));
        const lines = block.split('\n');

        expect(lines[0]).toBe('---');
        expect(lines.indexOf('---', 1)).toBe(lines.length - 3);
        const yaml = lines.slice(1, -3).join('\n');
        for (const version of ['1.1', '1.2'] as const) {
          const read = parse(yaml, { version }) as Record<string, unknown>;
          const form = (value: string) =>
            preset === 'docusaurus' ? value.replaceAll('\\', '＼').replaceAll('<', '＜') : value;
          // VitePress writes the description into an attribute of its pages.
          const straight = (value: unknown) =>
            preset === 'vitepress' ? String(value).replace(/[“”]/g, '"').replaceAll('< /', '</') : value;
          if (preset !== 'vitepress')
            expect(read['title']).toBe(form(JSON.parse(JSON.stringify(cleanLine(title))) as string));
          expect(straight(read['description'])).toBe(straight(form(cleanLine(description))));
          const terms = (data['tags'] as string[]).map((tag) => (preset === 'hugo' ? hugoTerm(tag) : form(tag)));
          const written = read['tags'] ?? (read['extra'] as Record<string, unknown>)['tags'];
          // A tag of Docusaurus begins in the basic plane: what it begins with otherwise is left out, or a sign is put before it.
          if (preset === 'docusaurus') {
            for (const [index, tag] of (written as string[]).entries()) {
              expect(tag).toMatch(/^[^\u{10000}-\u{10ffff}]/u);
              expect(terms[index]?.endsWith(tag.replace(/^\u2060/, ''))).toBe(true);
            }
          } else expect(written).toEqual(terms);
        }
      },
    ),
    fuzzed(400),
  );
});

test('whatever stands in a title, a description or a tag, the lines of Pelican are one a member, and read back', () => {
  const { front, shape }: Preset = presetOf('pelican');
  fc.assert(
    fc.property(text, text, fc.array(text, { maxLength: 4 }), (title, description, tags) => {
      const block = front(shape(frontMatterOf(makeCheckedDraft({ title, description, tags }), facts)));
      const read = readFrontMatter(`${block}Body`);

      expect(read.body).toBe('\nBody');
      if (cleanLine(title) !== '') expect(read.data['title']).toBe(cleanLine(title));
    }),
    fuzzed(300),
  );
});
