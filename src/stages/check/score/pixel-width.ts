/** Width of a title and a description on a search page. Pure. */

/** About how wide a text is on a search page, in pixels, for letters of this size; Hangul and Han are square. */
export function pixelWidth(text: string, size: number): number {
  let width = 0;
  for (const char of text) width += size * shareOf(char);
  return Math.round(width);
}

function shareOf(char: string): number {
  if (/[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uff00-\uff60]|\p{Extended_Pictographic}/u.test(char)) return 0.92;
  if (/[ijl.,:;'|!()[\]]/.test(char)) return 0.26;
  if (/[\s\-ftr]/.test(char)) return 0.3;
  if (/[mwMW@%]/.test(char)) return 0.82;
  if (/\p{Lu}/u.test(char)) return 0.64;
  return 0.5;
}
