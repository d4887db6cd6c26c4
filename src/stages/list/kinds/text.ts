import { trimEdges } from '../../../util/text/trim-edges.ts';
import { entryRow, type ListContent, type ListRow } from '../list-row.ts';
import { readPriority } from '../read/entry-options.ts';
import { quoted } from '../read/quoted.ts';
import { isWebAddress, tidyAddress } from '../read/tidy-address.ts';

/** One entry a line: the address, then a priority or `name=value`, values in double quotes where they hold spaces; `#` starts a comment. */
export function parseTextRows(text: string): ListContent {
  const rows = text.split(/\r\n|\r|\n/).flatMap((line, index) => {
    const trimmed = trimEdges(line, /[\s\ufeff\u200b]/);
    return trimmed === '' || trimmed.startsWith('#') ? [] : parseLine(plainLine(trimmed), index + 1);
  });
  return { rows };
}

const BULLET = /^(?:[-*+\u2022\u00b7]|\d{1,4}[.)])[^\S\r\n]+/;
const LINK_AT_START = /^!?\[[^\]]{0,500}\]\(\s*<?([^\s()<>]+(?:\([^\s()]*\)[^\s()<>]*)*)>?\s*\)/;

/** Without the bullet, box or label in front, and with a Markdown link as its address. */
function plainLine(line: string): string {
  const content = line.replace(BULLET, '').replace(BOX, '');
  const linked = content.replace(LINK_AT_START, '$1');
  if (isWebAddress(linked.split(/\s/, 1)[0] ?? '')) return linked;
  return withoutLabel(content) ?? line;
}

const BOX = /^\[[ xX]\]\s+/;
const ADDRESS_INSIDE = /["'<(]?https?:\/\/[^\s/]/gi;

/** `A title: https://…` and `url = "https://…"`: words in front of the only address of a line say what it is. */
function withoutLabel(line: string): string | undefined {
  const [found, ...more] = line.slice(0, MAX_LABELLED).matchAll(ADDRESS_INSIDE);
  if (found === undefined || more.length > 0) return undefined;
  const label = line.slice(0, found.index);
  const [word = '', ...others] = label.trim().split(/\s+/);
  const isAddress = others.length === 0 && /[./]/.test(word);
  const isLabel = /[\s=]$/.test(label) && !isAddress;
  return isLabel ? line.slice(found.index) : undefined;
}

const MAX_LABELLED = 4_000;

function parseLine(text: string, line: number): ListRow[] {
  const words = splitWords(text);
  if (words === undefined)
    return [{ kind: 'problem', line, message: 'expected a closing " for the quoted value, found the end of the line' }];
  if (words.length > 1 && words.every(isWebAddress)) return words.map((word) => entryRow(line, word, []));
  return [readWords(words, line)];
}

/** A lone mark behind the address, as in `https://… | A title`, begins a remark. */
const REMARK = /^(?:[|\u2013\u2014\u00b7-]|\/\/)$/;

function readWords([target = '', ...rest]: readonly string[], line: number): ListRow {
  const remark = rest.findIndex((word) => REMARK.test(word));
  const attributes = remark === -1 ? rest : rest.slice(0, remark);
  const pairs: [string, string][] = [];
  for (const attribute of attributes) {
    const equals = attribute.indexOf('=');
    if (tidyAddress(attribute) === '') continue;
    if (/^[a-z]+$/i.test(attribute) && readPriority(attribute) !== undefined) pairs.push(['priority', attribute]);
    else if (equals > 0) pairs.push([attribute.slice(0, equals).toLowerCase(), attribute.slice(equals + 1)]);
    else
      return {
        kind: 'problem',
        line,
        message: `expected high, medium, low or name=value behind the URL, got ${quoted(attribute)}`,
      };
  }
  return entryRow(line, target, pairs);
}

/** Splits at spaces outside of double quotes, drops the quotes, and stops at a comment; undefined when a quote stays open. */
function splitWords(text: string): string[] | undefined {
  const words: string[] = [];
  let word = '';
  let started = false;
  let quotedPart = false;
  for (const character of text) {
    if (character === '"') {
      quotedPart = !quotedPart;
      started = true;
    } else if (!quotedPart && /\s/.test(character)) {
      if (started) words.push(word);
      word = '';
      started = false;
    } else if (!quotedPart && character === '#' && !started && words.length > 0) {
      return words;
    } else {
      word += character;
      started = true;
    }
  }
  if (quotedPart) return undefined;
  if (started) words.push(word);
  return words;
}
