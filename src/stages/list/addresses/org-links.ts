/** Links of Org mode: `[[https://…][text]]` and `[[https://…]]`, several in a line. Pure, linear. */

const LINK = /\[\[(https?:[^\][\s]+)\](?:\[[^\][]*\])?\]/gi;
const MARK = /\[\[(?:https?|file|id):[^\][]+\](?:\[[^\][]*\])?\]/i;

/** True for a line with a link to the web, to a file or to a heading. */
export function hasOrgLink(line: string): boolean {
  return MARK.test(line);
}

/** The web addresses that a line links to; behind a bar, which tables escape, stands the title of a wiki. */
export function orgAddresses(line: string): readonly string[] {
  return [...line.matchAll(LINK)].map(([, address = '']) => (address.split('|', 1)[0] ?? '').replace(/\\$/, ''));
}
