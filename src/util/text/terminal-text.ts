/**
 * Sanitises text from pages, lists and servers for its output: a terminal (no cursor movement, colours, links or changes of text
 * direction), the log of a CI job (no workflow commands), and readers of JSON.
 */

const ESCAPES =
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[PX^_][^\u001b]*(?:\u001b\\)?|[@-Z\\-_]?)/g;
const CONTROLS =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** One line without escapes, control characters and directional overrides. */
export function terminalLine(text: string): string {
  return terminalText(text.replace(/[\t\n\r]+/g, ' '));
}

/** Like `terminalLine`, but keeps line breaks and tabs. A carriage return would overwrite the line, so it becomes a space. */
export function terminalText(text: string): string {
  return text
    .replace(ESCAPES, '')
    .replace(/\r\n?/g, (end) => (end === '\r' ? ' ' : '\n'))
    .replace(CONTROLS, '');
}

/** Escapes what a CI service would execute as a command: `::name::` at the start of a line, and `##[name]`, `##vso[name]` anywhere. */
export function ciText(text: string): string {
  return text
    .split('\n')
    .map((line) => (line.trimStart().startsWith('::') ? line.replace('::', ': :') : line))
    .join('\n')
    .replace(/##(?=[a-z]{0,40}\[)/gi, '# #');
}

/** JSON without escape sequences or CI commands; parses to the same value. */
export function jsonText(value: unknown, indent = 0, replacer?: (key: string, value: unknown) => unknown): string {
  return JSON.stringify(value, replacer, indent)
    .replace(CONTROLS, (char) => (char === '\n' ? char : unicodeEscape(char)))
    .replace(/##(?=[a-z]{0,40}\[)/gi, '#\\u0023');
}

function unicodeEscape(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
