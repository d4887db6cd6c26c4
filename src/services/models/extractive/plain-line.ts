import { trimTail } from '../../../util/text/trim-edges.ts';

/** One line of text as a person would write it: entities that a page escaped twice are decoded, broken characters dropped. */

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  pound: '£',
  euro: '€',
};

export function plainLine(text: string): string {
  return text
    .replace(
      /&(?:#(\d{1,6})|#x([\da-f]{1,5})|([a-z]{2,6}));/gi,
      (whole, decimal?: string, hex?: string, name?: string) => {
        if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
        const code = decimal === undefined ? Number.parseInt(hex ?? '0', 16) : Number(decimal);
        return code > 31 && code < 0x11_0000 ? String.fromCodePoint(code) : '';
      },
    )
    .replace(/\ufffd+/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** At most `length` characters; a longer line ends at a word with one ellipsis. */
export function shortened(text: string, length: number): string {
  const line = plainLine(text);
  if (line.length <= length) return line;
  const cut = line.slice(0, length - 1);
  const space = cut.lastIndexOf(' ');
  return `${trimTail(space > length * 0.6 ? cut.slice(0, space) : cut, /[\s,;:.…–-]/)}…`;
}
