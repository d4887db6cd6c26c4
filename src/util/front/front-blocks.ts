/** Finds the block of front matter at the top of a text, in the forms that site generators read, and tells what only looks like one. Pure. */

export interface Block {
  readonly syntax: 'yaml' | 'toml' | 'json' | 'lines';
  /** Range of the block's text, without its delimiters. */
  readonly start: number;
  readonly end: number;
  readonly bodyStart: number;
}

/**
 * The block between lines of `---` (or `...` at the end), `+++` or `;;;`, with the name of a language behind the first (Eleventy); a JSON object
 * (Hugo); members with a closing line alone (Hexo); lines up to the first blank one (Pelican, MultiMarkdown). What Jekyll would show as text
 * is read too where it can be nothing else: blank lines above the block.
 */
export function findBlock(text: string): Block | undefined {
  return findFenced(text) ?? findJson(text) ?? findClosed(text) ?? findLines(text);
}

/**
 * Why a text whose front matter was not found seems to have some. To publish it would show a draft as finished, with its front matter as text.
 */
export function unreadBlock(text: string): string | undefined {
  if (OPEN_ENDED.test(text)) return 'line 1: the block has no closing line of its own';
  const plain = text.replace(/\r\n?/g, '\n');
  const top = headOf(plain);
  const [fence = '', first = ''] = plain.slice(top).split('\n', 2);
  const looksFenced = FENCE.test(fence) && MEMBER.test(first);
  if (!looksFenced && !/^\{\s*"[^"\n]*"\s*:/.test(plain.slice(top)) && !/^\.\. [\w-]+:/m.test(plain.slice(0, top)))
    return undefined;
  const line = plain.slice(0, top).split('\n').length;
  return `line ${line}: the block is not written as any site generator reads it`;
}

/** A block that begins but does not end: its opening line, and a member of YAML or TOML. */
const OPEN_ENDED = /^\ufeff?(?:---[ \t]*\r?\n[\w"'-]+:|\+\+\+[ \t]*\r?\n[\w"'-]+ ?=)/;
/** What editors and word processors make of the three hyphens, or a generator's own language behind them. */
const FENCE = /^[ \t]{0,9}(?:[-\u2013\u2014+;]{1,9})[ \t]{0,9}[a-z]{0,12}[ \t]{0,9}$/;
const MEMBER = /^[ \t]{0,9}\{?[ \t]{0,9}["']?[\w.-]{1,60}["']?[ \t]{0,9}[:=\uff1a]|^[ \t]{0,9}\{[ \t]{0,9}$/;
/** Two of these are no sentence of a text. */
const TELLING =
  /^(?:title|date|author|tags?|categor(?:y|ies)|slug|status|draft|published|layout|summary|description|lang|permalink)$/;
const DECISIVE = /^(?:title|status|draft|published)$/;

/** Where the text begins, below blank lines and comments. */
function headOf(text: string): number {
  let at = text.startsWith('\ufeff') ? 1 : 0;
  for (;;) {
    while (/\s/.test(text[at] ?? '') && text.slice(at, nextLine(text, at)).trim() === '') at = nextLine(text, at);
    const end = text.startsWith('<!--', at) ? text.indexOf('-->', at) : -1;
    if (end === -1) return at;
    at = end + '-->'.length;
  }
}

const SYNTAXES: Readonly<Record<string, Block['syntax']>> = { '-': 'yaml', '+': 'toml', ';': 'json' };
const LANGUAGES: Readonly<Record<string, Block['syntax']>> = { yaml: 'yaml', yml: 'yaml', toml: 'toml', json: 'json' };

function findFenced(text: string): Block | undefined {
  const [opening, blank = '', fence = '', language = ''] =
    /^\ufeff?((?:[ \t]*\r?\n)*)(-{3,}|\+{3}|;{3,})[ \t]*(?:([a-z]{1,12})[ \t]*)?\r?\n/.exec(text) ?? [];
  if (opening === undefined) return undefined;
  const syntax = language === '' ? SYNTAXES[fence[0] ?? ''] : LANGUAGES[language];
  const isUsual = blank === '' && language === '' && fence.length === 3;
  const start = opening.length;
  // A thematic break looks like the first line of a block.
  if (syntax === undefined || (!isUsual && !MEMBER.test(text.slice(start, nextLine(text, start)).trim())))
    return undefined;
  for (let at = start; at < text.length; at = nextLine(text, at)) {
    const line = text.slice(at, nextLine(text, at)).trimEnd();
    if (line === fence || (line === '...' && fence === '---'))
      return { syntax, start, end: at, bodyStart: nextLine(text, at) };
  }
  return undefined;
}

/** A JSON object at the start of the text that ends with a bracket at the start of a line, or with its first line. */
function findJson(text: string): Block | undefined {
  const start = text.startsWith('\ufeff') ? 1 : 0;
  if (text[start] !== '{') return undefined;
  const first = text.slice(start, nextLine(text, start)).trimEnd();
  const close = isObject(first) ? first.length - 1 : /^\}[ \t]*\r?$/m.exec(text.slice(start))?.index;
  if (close === undefined) return undefined;
  const end = start + close + 1;
  return { syntax: 'json', start, end, bodyStart: nextLine(text, end) };
}

function isObject(line: string): boolean {
  try {
    return typeof JSON.parse(line) === 'object';
  } catch {
    return false;
  }
}

/** Members up to a line of hyphens or semicolons: Hexo needs no line above them. */
function findClosed(text: string): Block | undefined {
  const start = text.startsWith('\ufeff') ? 1 : 0;
  const names: string[] = [];
  for (let at = start; at < text.length; at = nextLine(text, at)) {
    const line = text.slice(at, nextLine(text, at)).trimEnd();
    if (/^(?:-{3,}|;{3,})$/.test(line))
      return isTelling(names)
        ? { syntax: line[0] === ';' ? 'json' : 'yaml', start, end: at, bodyStart: nextLine(text, at) }
        : undefined;
    const name = /^["']?([\w-]{1,60})["']?[ \t]{0,9}:(?:\s|$)/.exec(line)?.[1];
    // Below a name stand its list, its indented lines or a comment.
    if (name === undefined && (names.length === 0 || !/^(?:[ \t]|-[ \t]|#|[\]}],?$|$)/.test(line))) return undefined;
    if (name !== undefined) names.push(name);
  }
  return undefined;
}

/** `Key: value` lines up to the first blank one. */
function findLines(text: string): Block | undefined {
  const start = text.startsWith('\ufeff') ? 1 : 0;
  const names: string[] = [];
  let at = start;
  for (; at < text.length; at = nextLine(text, at)) {
    const line = text.slice(at, nextLine(text, at)).trimEnd();
    if (line === '') break;
    const name = /^([\w-]{1,60}):(?:[ \t]|$)/.exec(line)?.[1];
    if (name === undefined && (names.length === 0 || !/^ {4}/.test(line))) return undefined;
    if (name !== undefined) names.push(name);
  }
  return isTelling(names) ? { syntax: 'lines', start, end: at, bodyStart: nextLine(text, at) } : undefined;
}

function isTelling(names: readonly string[]): boolean {
  const told = names.map((name) => name.toLowerCase()).filter((name) => TELLING.test(name));
  return told.length > 1 ? told.some((name) => DECISIVE.test(name)) : names.length === 1 && told[0] === 'title';
}

export function nextLine(text: string, at: number): number {
  const next = text.indexOf('\n', at);
  return next === -1 ? text.length : next + 1;
}
