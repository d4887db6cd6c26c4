import { trimEdges } from '../../../util/text/trim-edges.ts';
import { withoutBrokenLines } from '../addresses/broken-lines.ts';
import { addressCell, markedAddress, withoutTableHeads } from '../addresses/marked-address.ts';
import { hasOrgLink, orgAddresses } from '../addresses/org-links.ts';
import { withoutSentenceEnd } from '../addresses/sentence-end.ts';
import { isWebAddress, tidyAddress } from '../addresses/tidy-address.ts';
import { entryRow, type ListContent, type ListRow } from '../list-row.ts';
import { OPTION_NAMES, readPriority } from '../read/entry-options.ts';
import { quoted } from '../read/quoted.ts';

/** One entry a line: the address, then a priority or `name=value`, values in double quotes where they hold spaces; `#` starts a comment. */
export function parseTextRows(text: string): ListContent {
  const lines = withoutTableHeads(withoutBrokenLines(text).split(/\r\n|[\r\n\v\f\u0085\u2028\u2029]/));
  // In an outline of Org mode headings, drawers and words stand between the links.
  const isOutline = lines.some(hasOrgLink);
  const rows = lines.flatMap((line, index): ListRow[] => {
    const trimmed = trimEdges(line.replace(PICTURE, ''), EDGE);
    const isEmpty = trimEdges(line, EDGE) !== trimmed && BARE_BULLET.test(trimmed);
    const heading = HEADING_LINK.exec(trimmed)?.[1];
    if (heading !== undefined) return [entryRow(index + 1, heading, [])];
    if (trimmed === '' || isEmpty || COMMENT.test(trimmed)) return [];
    const links = isOutline ? orgAddresses(trimmed) : [];
    if (links.length > 0) return links.map((address) => entryRow(index + 1, address, []));
    if (SETTING.test(line)) return [{ kind: 'other', line: index + 1, text: trimmed }];
    return isOutline && !/https?:/i.test(trimmed) ? [] : parseLine(plainLine(trimmed), index + 1);
  });
  return { rows };
}

/** A setting of a download program for the address above it, as `  out=name.html`. */
const SETTING = /^[ \t]+[a-z][\w-]*=(?!["']?https?:)\S*$/i;
const EDGE = /[\s\ufeff\u200b]/;
/** `![a picture](https://…)` of Markdown. */
const PICTURE = /!\[[^\][]*\]\([^()]*(?:\([^()]*\)[^()]*)*\)/g;
const BARE_BULLET = /^(?:[-*+\u2022\u00b7|\s]|\d{1,4}[.)])*$/;

/** `#` as said here; `//`, `;` and `--` with a space behind them as in other languages, also as a line of nothing else. */
const COMMENT = /^(?:#|(?:\/\/+|;+|--+)(?:\s|$))/;
/** A heading of Markdown below the first level that is a link; `# ` alone is a comment. */
const HEADING_LINK = /^#{2,6}\s{1,9}(\[[^\][]{0,500}\]\(\s{0,9}<?https?:[^\s<>]{1,2000}\))$/i;
/** `[1]: https://… "Title"` of Markdown. */
const REFERENCE = /^\[[^\]]{1,100}\]:\s{0,9}(<?https?:\/\/\S+)(?:\s.*)?$/i;
const BULLET = /^(?:[-*+\u2022\u00b7]|\d{1,4}[.)]|[a-z][.)])[^\S\r\n]+/i;
/** `"A title":` of Textile, `link:` of AsciiDoc. */
const LINK_NAME = /^(?:"[^"]{1,500}":|link:)(?=https?:\/\/)/i;
/** `=> https://… A title` of Gemini. */
const GEMINI = /^=>\s+(\S+)(?:\s.*)?$/;
/** `https://…[A title]` of AsciiDoc; digits or nothing in brackets are part of a query. */
const TITLE_BEHIND = /^(https?:\/\/[^\s[\]]+)\[(?=[^\]]*[^\d\]])[^[\]]*\](?=\s|$)/i;
const LINK_AT_START = /^!?\[[^\]]{0,500}\]\(\s*<?([^\s()<>]+(?:\([^\s()]*\)[^\s()<>]*)*)>?\s*\)(?:[^\s\w].*)?/;

/** Without the bullet, box or label in front, and with a Markdown link as its address. */
function plainLine(line: string): string {
  const content = withoutOuterBrackets(line)
    .replace(BULLET, '')
    .replace(BOX, '')
    .replace(LINK_NAME, '')
    .replace(GEMINI, '$1')
    .replace(TITLE_BEHIND, '$1');
  const linked = content.replace(LINK_AT_START, '$1').replace(REFERENCE, '$1');
  const cell = addressCell(content);
  if (cell !== undefined) return cell.replace(LINK_AT_START, '$1');
  const [first = ''] = linked.split(/\s/, 1);
  if (/^[^\s<[]*https?:/i.test(first) && isWebAddress(first))
    return withoutSentenceEnd(first, { inSentence: false }) + linked.slice(first.length);
  return markedAddress(linked) ?? (isWebAddress(first) ? linked : (sentenceAddress(content) ?? line));
}

/** `['https://…', 'https://…']`, as programs print lists. */
function withoutOuterBrackets(line: string): string {
  return /^[[(]\s{0,9}["']https?:/i.test(line) && /["'],?\s{0,9}[\])][;,]?$/.test(line)
    ? line.replace(/^[[(]|[\])][;,]?$/g, '').trim()
    : line;
}

const BOX = /^\[[ xX]\]\s+/;
const ADDRESS_INSIDE = /["'<(]?https?:\/\/[^\s/]/gi;
/** `file:12:` of a search. */
const FOUND_AT = /(?:^|[^\s:]:)\d{1,7}:$/;
/** What may stand right before an address: a space, `=`, an opening mark, and letters of scripts that put no spaces between words. */
const LABEL_END = /[\s=“‘„‚«[「『《（【：，。、\p{scx=Han}\p{scx=Hira}\p{scx=Kana}]$/u;

/** `A title: https://…`, `url = "https://…"`, `see https://….`: the only address of a line with words in front, and the options behind it. */
function sentenceAddress(line: string): string | undefined {
  const [found, ...more] = line.slice(0, MAX_LABELLED).matchAll(ADDRESS_INSIDE);
  if (found === undefined || more.length > 0) return undefined;
  const label = line.slice(0, found.index);
  const [word = '', ...others] = label.trim().split(/\s+/);
  const isAddress = others.length === 0 && /[./]/.test(word);
  if (!FOUND_AT.test(label) && (!LABEL_END.test(label) || isAddress)) return undefined;
  const [written = ''] = line.slice(found.index).split(/\s/, 1);
  const address = withoutSentenceEnd(written, { inSentence: true });
  const behind = line.slice(found.index + written.length).trim();
  return isRestOfSentence(behind, address !== written) ? address : `${address} ${behind}`;
}

/** Words that go on with the sentence; a single one may be an option with a typing error. */
function isRestOfSentence(behind: string, hasEnded: boolean): boolean {
  const [first = '', ...others] = behind.split(/\s+/);
  if (isOption(first) || first.includes('=')) return false;
  return hasEnded || others.length > 0 || !/[\p{L}\p{N}]/u.test(first);
}

const MAX_LABELLED = 4_000;

function parseLine(text: string, line: number): ListRow[] {
  const words = splitWords(separated(text));
  if (words === undefined)
    return [{ kind: 'problem', line, message: 'expected a closing " for the quoted value, found the end of the line' }];
  if (words.length > 1 && words.every(isWebAddress)) return words.map((word) => entryRow(line, word, []));
  return [readWords(words, line)];
}

/** Addresses that only a comma or a semicolon keeps apart; behind a tab stand other cells of a spreadsheet, of which options count. */
function separated(text: string): string {
  const apart = text.includes('?') ? text : text.replace(/[;,](?=https?:\/\/)/gi, ' ');
  const [address = '', ...cells] = apart.split('\t');
  return [address, ...cells.filter(isOption)].join(' ');
}

function isOption(cell: string): boolean {
  const word = cell.trim();
  return (
    isWebAddress(word) ||
    readPriority(word) !== undefined ||
    OPTION_NAMES.some((name) => word.toLowerCase().startsWith(`${name}=`))
  );
}

/** A lone mark behind the address, as in `https://… | A title`, or a bracket begins a remark. */
const REMARK = /^(?:[|\u2013\u2014\u00b7-]|\/\/|\(.*|\p{So}.*)$/u;

function readWords([target = '', ...rest]: readonly string[], line: number): ListRow {
  const remark = rest.findIndex((word) => REMARK.test(word));
  const attributes = remark === -1 ? rest : rest.slice(0, remark);
  const pairs: [string, string][] = [];
  const faults: string[] = [];
  for (const attribute of attributes) {
    const equals = attribute.indexOf('=');
    if (tidyAddress(attribute) === '') continue;
    if (/^[a-z]+$/i.test(attribute) && readPriority(attribute) !== undefined) pairs.push(['priority', attribute]);
    else if (equals > 0) pairs.push([attribute.slice(0, equals).toLowerCase(), attribute.slice(equals + 1)]);
    else if (faults.length === 0)
      faults.push(`expected high, medium, low or name=value behind the URL, got ${quoted(attribute)}`);
  }
  return entryRow(line, target, pairs, faults);
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
