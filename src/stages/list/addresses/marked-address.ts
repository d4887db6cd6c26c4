/** Addresses in the markup of other tools: links of chats, wikis, forums and documents, formulas of spreadsheets, rows of tables. Pure, linear. */

const MAX_CHARS = 4_000;
const ADDRESS = /https?:\/\/[^\s"'<>`{}\\^]+/gi;
/** What ends an address, by the character before it. */
const ENDS: Readonly<Record<string, string>> = { '[': ']|', '(': ')', '<': '|', '=': ']', ']': '[', '|': '|]' };
const OPENERS = '[(<=]|{"\'`';

/** The only address of a text where it stands in markup; undefined where there is none, or more than one. */
export function markedAddress(text: string): string | undefined {
  const found = new Set<string>();
  for (const match of text.slice(0, MAX_CHARS).matchAll(ADDRESS)) {
    const before = text.charAt(match.index - 1);
    if (before === '' || !OPENERS.includes(before)) return undefined;
    found.add(withoutEnd(match[0], before));
  }
  const [only] = found;
  return found.size === 1 ? only : undefined;
}

/** Brackets that an address opens itself belong to it. */
function withoutEnd(address: string, before: string): string {
  const end = ENDS[before];
  if (end === undefined) return address;
  let open = 0;
  for (let at = 0; at < address.length; at += 1) {
    const character = address.charAt(at);
    const isEnd = end.includes(character);
    if (isEnd && open === 0) return address.slice(0, at);
    if (isEnd) open -= 1;
    else if (character === before) open += 1;
  }
  return address;
}

const TABLE_RULE = /^\|?:?-{2,}:?(?:\|:?-{2,}:?)*\|?$/;

/** Lines of Markdown without the heads of its tables, which become empty lines. */
export function withoutTableHeads(lines: readonly string[]): readonly string[] {
  const isRule = (line: string | undefined) => line?.includes('|') === true && TABLE_RULE.test(line.replace(/\s/g, ''));
  return lines.map((line, at) => (isRule(line) || isRule(lines[at + 1]) ? '' : line));
}

/** The cell of a row of a table (`| One | https://… |`) that holds an address; undefined for any other line. */
export function addressCell(line: string): string | undefined {
  if (!line.startsWith('|')) return undefined;
  const cells = line.slice(0, MAX_CHARS).split(/(?<!\\)\|/);
  return cells.map((cell) => cell.replaceAll('\\|', '|').trim()).find((cell) => /https?:\/\//i.test(cell));
}
