/** Reads data that a page writes as JavaScript instead of JSON. Nothing is run: what is no literal becomes undefined. Linear, bounded in depth. */

const MAX_DEPTH = 100;
const MAX_CHARS = 2_000_000;

/** A parameter of the function around the data, to be replaced by its argument. */
class Reference {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/**
 * The value of the expression that begins at `from`: an object or array literal, or a function that returns one and is called at once, as Nuxt 2
 * writes its state: `(function(a,b){return {title:a,text:b}}("…","…"))`. Undefined where it is neither.
 */
export function readScriptValue(text: string, from: number): unknown {
  const reader = new LiteralReader(text, from);
  try {
    return reader.call() ?? reader.value(0);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined; // a program, not data
    throw error;
  }
}

interface Setting {
  readonly name: string;
  readonly member: string;
  readonly value: unknown;
}

function property(value: unknown): PropertyDescriptor {
  return { value, enumerable: true, configurable: true, writable: true };
}

class LiteralReader {
  readonly #text: string;
  readonly #start: number;
  readonly #end: number;
  #at: number;

  constructor(text: string, from: number) {
    this.#text = text;
    this.#start = from;
    this.#at = from;
    this.#end = Math.min(text.length, from + MAX_CHARS);
  }

  /** A function called at once; undefined, with nothing read, where there is none. */
  call(): unknown {
    const head = /^[(!\s]{0,4}function\s{0,9}\w{0,40}\(([\w$,\s]{0,20000})\)\s{0,9}\{/.exec(
      this.#text.slice(this.#start, this.#start + 20_100),
    );
    if (head === null) return undefined;
    this.#at = this.#start + head[0].length;
    const settings: Setting[] = [];
    while (!this.#takeWord('return')) settings.push(this.#setting());
    const value = this.value(0);
    this.#take(';');
    if (!this.#take('}')) throw this.#unexpected();
    this.#take(')');
    const names = (head[1] ?? '').split(',').map((name) => name.trim());
    const given = this.#take('(') ? this.#list(')', 1) : [];
    const values = new Map(names.map((name, index) => [name, given[index]]));
    for (const { name, member, value: set } of settings) {
      const target = values.get(name);
      if (typeof target === 'object' && target !== null)
        Object.defineProperty(target, member, property(bind(set, values, 0)));
    }
    return bind(value, values, 0);
  }

  /** `a.title="…";` before the return: how an object that stands in several places is written. */
  #setting(): Setting {
    const name = this.#matched(/[\w$]{1,40}/y);
    const member = this.#take('[')
      ? String(this.value(1))
      : this.#take('.')
        ? this.#matched(/[\w$]{1,100}/y)
        : undefined;
    if (member === undefined) throw this.#unexpected();
    this.#take(']');
    if (!this.#take('=')) throw this.#unexpected();
    const value = this.value(1);
    this.#take(';');
    return { name, member, value };
  }

  value(depth: number): unknown {
    if (depth > MAX_DEPTH) throw this.#unexpected();
    this.#skipSpace();
    const character = this.#text.charAt(this.#at);
    if (this.#at >= this.#end) throw this.#unexpected();
    if (character === '{') return this.#object(depth);
    if (this.#take('[')) return this.#list(']', depth + 1);
    if (character === '"' || character === "'" || character === '`') return this.#string(character);
    if (this.#take('!')) return !this.value(depth + 1);
    if (this.#take('-')) return -Number(this.value(depth + 1));
    if (this.#takeWord('void')) return void this.value(depth + 1);
    if (/\d|\./.test(character)) return Number(this.#matched(/[\d.]{1,40}(?:e[+-]?\d{1,9})?/iy));
    return this.#named(depth);
  }

  /** A word, a parameter, or what a call such as `new Date(0)` was given. */
  #named(depth: number): unknown {
    this.#takeWord('new');
    const name = this.#matched(/[\p{L}$_][\p{L}\p{N}$_.]{0,200}/uy);
    if (this.#take('(')) return this.#list(')', depth + 1)[0];
    const known = WORDS.get(name);
    return known === undefined ? new Reference(name) : known.value;
  }

  #object(depth: number): unknown {
    this.#take('{');
    const members: [string, unknown][] = [];
    while (!this.#take('}')) {
      this.#skipSpace();
      const quote = this.#text.charAt(this.#at);
      const name = quote === '"' || quote === "'" ? this.#string(quote) : this.#matched(/[\p{L}\p{N}$_]{1,200}/uy);
      if (!this.#take(':')) throw this.#unexpected();
      members.push([name, this.value(depth + 1)]);
      if (!this.#take(',') && this.#text.charAt(this.#at) !== '}') throw this.#unexpected();
    }
    return Object.fromEntries(members);
  }

  #list(end: string, depth: number): unknown[] {
    const values: unknown[] = [];
    while (!this.#take(end)) {
      if (this.#take(',')) {
        values.push(undefined); // a hole
        continue;
      }
      values.push(this.value(depth));
      if (!this.#take(',') && this.#text.charAt(this.#at) !== end) throw this.#unexpected();
    }
    return values;
  }

  #string(quote: string): string {
    const from = this.#at + 1;
    let at = from;
    while (at < this.#end && this.#text.charAt(at) !== quote) at += this.#text.charAt(at) === '\\' ? 2 : 1;
    if (at >= this.#end) throw this.#unexpected();
    this.#at = at + 1;
    this.#skipSpace();
    return unescaped(this.#text.slice(from, at));
  }

  #matched(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined) throw this.#unexpected();
    this.#at += found.length;
    this.#skipSpace();
    return found;
  }

  #take(mark: string): boolean {
    this.#skipSpace();
    if (!this.#text.startsWith(mark, this.#at) || this.#at >= this.#end) return false;
    this.#at += mark.length;
    this.#skipSpace();
    return true;
  }

  #takeWord(word: string): boolean {
    this.#skipSpace();
    if (!this.#text.startsWith(word, this.#at) || /[\p{L}\p{N}$_]/u.test(this.#text.charAt(this.#at + word.length)))
      return false;
    this.#at += word.length;
    this.#skipSpace();
    return true;
  }

  #skipSpace(): void {
    while (this.#at < this.#end && /\s/.test(this.#text.charAt(this.#at))) this.#at += 1;
  }

  #unexpected(): SyntaxError {
    return new SyntaxError(`no literal at ${this.#at}`);
  }
}

const WORDS: ReadonlyMap<string, { readonly value: unknown }> = new Map(
  Object.entries({ true: true, false: false, null: null, undefined: undefined }).map(([name, value]) => [
    name,
    { value },
  ]),
);

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', 0: '' };

function unescaped(text: string): string {
  return text.replace(
    /\\(?:u\{([0-9a-f]{1,6})\}|u([0-9a-f]{4})|x([0-9a-f]{2})|([\s\S]))/gi,
    (_, long?: string, four?: string, two?: string, one = '') => {
      const code = Number.parseInt(long ?? four ?? two ?? '', 16);
      if (Number.isNaN(code)) return one === '\n' ? '' : (ESCAPES[one] ?? one);
      return code <= 0x10ffff ? String.fromCodePoint(code) : '';
    },
  );
}

function bind(value: unknown, values: ReadonlyMap<string, unknown>, depth: number): unknown {
  if (value instanceof Reference) return values.get(value.name);
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return value;
  if (Array.isArray(value)) return value.map((member) => bind(member, values, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, bind(member, values, depth + 1)]));
}
