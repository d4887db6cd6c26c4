import fc from 'fast-check';
import type { Post } from '../../src/core/types.ts';
import type { FrontMatterPreset } from '../../src/stages/publish/render/presets/presets.ts';
import { FakeClock } from './fakes.ts';
import { makeCheckedDraft, makePublisher } from './make-publisher.ts';

/** What has broken the build of some site, or could. */
const TROUBLE = [
  "It's 10:30: “what now?”",
  'He said: "no" --- and left',
  '--- yes: [no] {maybe}',
  '# not a heading',
  "'",
  '"',
  '"""',
  ': : :',
  '- item',
  '? key',
  '@at `tick` %percent &anchor *alias !tag |pipe >fold',
  'null',
  '~',
  'true',
  '2026-01-01',
  '0x1F',
  '1e3',
  '\\u0041 \\n \\',
  'C:\\new\\table',
  '🎉 👩‍👩‍👧‍👦 🇰🇷',
  'שלום עולם: العربية',
  '안녕하세요: “세계”',
  '한글과 English, 漢字, かな',
  '{{ site.title }}',
  '{% include x.html %}',
  '{{< figure src="x" >}}',
  '{{% note',
  '{{</* x */>}}',
  '<script>alert(1)</script>',
  '<div class="x">',
  '<!-- more -->',
  '&amp; &nbsp; &#x41;',
  '{: .class onclick="x"}',
  '{::nomarkdown}<b>x</b>{:/}',
  '{::options parse_block_html="true" /}',
  '$$x^2$$',
  '[^1] and [ref] and [a](b',
  '| a | b |',
  '***',
  '   padded   ',
  'x'.repeat(400),
  '가'.repeat(300),
  '../../up',
  '../a/b?c#d',
  'a/b/c',
  'index',
  '%20 100%',
  '#hash?query=1',
  '<%= erb %> <? php ?>',
  'import x from "y"',
  'export const a = 1',
] as const;

/** Signs of every kind that people write with; scripts younger than the generators' own Unicode tables are left out. */
const sign = fc.oneof(
  fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 }),
  fc.constantFrom(...'äéñßøÆŁşčЖяΩλ가힣한글あアン漢字אבגدينกขहन'),
  fc.constantFrom(
    'é',
    '🎉',
    '👩‍👩‍👧‍👦',
    '🇰🇷',
    '—',
    '…',
    '“',
    '”',
    '’',
    '«',
    '\u00a0',
    '→',
    '€',
    '½',
    '\u202e',
    '\u200d',
  ),
);
const text = fc.oneof(
  fc.constantFrom(...TROUBLE),
  fc.array(sign, { minLength: 1, maxLength: 80 }).map((signs) => signs.join('')),
  fc.tuple(fc.constantFrom(...TROUBLE), fc.constantFrom(...TROUBLE)).map((parts) => parts.join(' ')),
);
const block = fc.oneof(
  text,
  text.map((line) => `## ${line}`),
  text.map((line) => `- ${line}\n- ${line}`),
  text.map((line) => `> ${line}`),
  text.map((line) => `\`\`\`js\n${line}\n\`\`\``),
  text.map((line) => `Some words, \`${line.replaceAll('`', '')}\`, and more.`),
  text.map((line) => `| ${line.replaceAll('|', '')} | b |\n| --- | --- |\n| c | d |`),
);
const draft = fc.record({
  title: text,
  description: text,
  tags: fc.array(text, { maxLength: 3 }),
  categories: fc.constantFrom(undefined, ['News'], ['소식: "하나"', 'Towns', '../a/b?c#d']),
  body: fc.array(block, { minLength: 1, maxLength: 6 }).map((blocks) => blocks.join('\n\n')),
});

export const POSTS = 200;
/** Of a post that is held: it stands nowhere in a built site. */
export const HELD_TEXT = 'Heldsentence that nobody may read yet';

/** Writes 200 hard posts, the same each time, as a run with this preset would. */
export async function writeFuzzedPosts(out: string, preset: FrontMatterPreset) {
  const { publisher } = await makePublisher({ out, preset, clock: new FakeClock(Date.UTC(2026, 0, 1)) });
  const saved: Post[] = [];
  for (const [index, members] of fc.sample(draft, { seed: 20_260_101, numRuns: POSTS }).entries()) {
    const before = saved
      .slice(-2)
      .map(({ title, file, address = file }) => ({ path: file, address, title, draft: false, terms: [] }));
    const { categories, ...content } = members;
    const checked = makeCheckedDraft({
      ...content,
      ...(categories === undefined ? {} : { categories }),
      key: `k${index}`,
      sourceKey: `s${index}`,
    });
    saved.push(await publisher.publish({ ...checked, related: before }, new AbortController().signal));
  }
  const held = makeCheckedDraft({ key: 'held', sourceKey: 'held', title: HELD_TEXT, body: HELD_TEXT, held: true });
  await publisher.publish(held, new AbortController().signal);
  return saved;
}
