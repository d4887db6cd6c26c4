const MAX_SHOWN = 80;
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Text of a list for a message: in quotes, shortened, invisible and control characters written as `\u200b`, so that no list can steer a terminal or a log. */
export function quoted(text: string): string {
  return `"${visible(text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN - 3)}…` : text)}"`;
}

/** The text with invisible and control characters written as escapes. */
export function visible(text: string): string {
  return text.replace(UNPRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
