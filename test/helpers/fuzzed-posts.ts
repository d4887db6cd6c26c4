import fc from 'fast-check';

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
  text.map((line) => `[There](#${line.slice(0, 12)}), [here](#a-part), [page](/about) and [file](./other.md).`),
  fc.constant('## A part\n\nSee [the part](#a-part).'),
  text.map((line) => `A word[^1] and more.[^1]\n\n[^1]: ${line}`),
  text.map((line) => `- item\n\n  \`\`\`html\n  ${line}\n  \`\`\``),
  text.map((line) => `> ~~~\n> ${line}\n> ~~~`),
  text.map((line) => `\`\`\`\`md\n\`\`\`sh\n# ${line}\n\`\`\`\n\`\`\`\``),
  text.map((line) => `    indented ${line}`),
  text.map((line) => `**“${line.replaceAll('*', '')}”**는 10~20명, 30~40명.`),
  text.map((line) => `~~~ js title="x" {1,3}\n${line}`),
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

/** 200 hard posts, the same each time. */
export function fuzzedDrafts(count = POSTS) {
  return fc.sample(draft, { seed: 20_260_101, numRuns: count });
}
