import { entryRow, type ListRow } from './list-row.ts';
import { isPriority } from './wishes.ts';

/** One entry a line: the address, then `high|medium|low` or `name=value`, values in double quotes where they hold spaces; `#` starts a comment. */
export function parseTextRows(text: string): readonly ListRow[] {
  return text.split(/\r\n|\r|\n/).flatMap((line, index) => {
    const trimmed = line.trim();
    return trimmed === '' || trimmed.startsWith('#') ? [] : [parseLine(trimmed, index + 1)];
  });
}

function parseLine(text: string, line: number): ListRow {
  const words = splitWords(text);
  if (words === undefined)
    return { kind: 'problem', line, message: 'expected a closing " for the quoted value, found the end of the line' };
  const [target = '', ...attributes] = words;
  const pairs: [string, string][] = [];
  for (const attribute of attributes) {
    const equals = attribute.indexOf('=');
    if (isPriority(attribute.toLowerCase())) pairs.push(['priority', attribute]);
    else if (equals > 0) pairs.push([attribute.slice(0, equals).toLowerCase(), attribute.slice(equals + 1)]);
    else
      return {
        kind: 'problem',
        line,
        message: `expected high, medium, low or name=value behind the URL, got "${attribute}"`,
      };
  }
  return entryRow(line, target, pairs);
}

/** Splits at spaces outside of double quotes, drops the quotes, and stops at a comment; undefined when a quote stays open. */
function splitWords(text: string): string[] | undefined {
  const words: string[] = [];
  let word = '';
  let started = false;
  let quoted = false;
  for (const character of text) {
    if (character === '"') {
      quoted = !quoted;
      started = true;
    } else if (!quoted && /\s/.test(character)) {
      if (started) words.push(word);
      word = '';
      started = false;
    } else if (!quoted && character === '#' && !started && words.length > 0) {
      return words;
    } else {
      word += character;
      started = true;
    }
  }
  if (quoted) return undefined;
  if (started) words.push(word);
  return words;
}
