/** An address that a tool broke over lines, and indented; a line break is part of none. */
export function joinLines(text: string): string {
  return text
    .split(/[\r\n]/)
    .map((part) => part.trim())
    .join('');
}
