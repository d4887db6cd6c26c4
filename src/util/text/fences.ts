/** The only parser of fenced code (CommonMark 4.5), line by line. */

/** For each line, whether it is code or a fence marker. A fence is closed by at least as many of its markers without text after them. */
export function fencedLines(lines: readonly string[]): readonly boolean[] {
  let fence: string | undefined;
  return lines.map((line) => {
    const [, mark = '', rest = ''] =
      /^(?: {0,3}|[ \t]*(?:[-+*]|\d{1,9}[.)])[ \t]+|[ \t>]*)(`{3,}|~{3,})(.*)/.exec(line) ?? [];
    if (fence === undefined) {
      if (mark === '' || (mark.startsWith('`') && rest.includes('`'))) return false;
      fence = mark;
      return true;
    }
    if (mark.startsWith(fence) && rest.trim() === '') fence = undefined;
    return true;
  });
}

/** Lines outside of fenced code, with their 1-based numbers. */
export function linesOutsideCode(lines: readonly string[]): { readonly text: string; readonly number: number }[] {
  const fenced = fencedLines(lines);
  return lines.flatMap((text, index) => (fenced[index] === true ? [] : [{ text, number: index + 1 }]));
}
