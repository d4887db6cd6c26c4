/** Truncates text to `most` characters, with `…`, at a word boundary if one is near. Never splits a character. */
export function cutAtWord(text: string, most: number): string {
  const characters = [...text];
  if (characters.length <= most) return text;
  const start = characters.slice(0, most - 1).join('');
  return `${start.replace(/\s\S{0,20}$/, '').trimEnd()}…`;
}
