import { Attribute } from './nodes.ts';
import { KEPT_ATTRIBUTES } from './tags.ts';

const MAX_ATTRIBUTES = 200;
/** Longer values are for scripts; no text or address is that long. */
const MAX_VALUE = 200_000;
const OF_MEDIA = new Set(['img', 'source', 'video', 'audio', 'iframe', 'embed', 'object']);

/** The current start tag; of attributes with the same name the first counts, as in a browser. */
export class StartTag {
  name = '';
  readonly #attributes = new Map<string, string>();
  #attribute = '';
  #value = '';

  begin(name: string): void {
    this.name = name;
    this.#attributes.clear();
  }

  beginAttribute(name: string): void {
    this.#attribute = name;
    this.#value = '';
  }

  addToValue(text: string): void {
    if (this.#value.length < MAX_VALUE) this.#value += text;
  }

  endAttribute(): void {
    if (this.#attributes.size < MAX_ATTRIBUTES && !this.#attributes.has(this.#attribute))
      this.#attributes.set(this.#attribute, this.#value);
  }

  get(name: string): string | undefined {
    return this.#attributes.get(name);
  }

  has(name: string): boolean {
    return this.#attributes.has(name);
  }

  /** Attributes that later steps read; for images and players also those of lazy loaders. */
  kept(): Attribute[] {
    const isMedia = OF_MEDIA.has(this.name) || this.name.startsWith('amp-') || this.name.startsWith('lite-');
    const kept: Attribute[] = [];
    for (const [name, value] of this.#attributes) {
      if (KEPT_ATTRIBUTES.has(name) || (isMedia && (name.startsWith('data-') || MEDIA_ATTRIBUTES.has(name))))
        kept.push(new Attribute(name, value));
      if (!name.startsWith('data-')) continue;
      if (this.#countsTo(name, value)) kept.push(new Attribute('data-counts-to', value));
      else if (this.#isTex(name, value)) kept.push(new Attribute('data-tex', value));
      else if (this.name === 'pre' || this.name === 'code') kept.push(...languageIn(name, value));
    }
    return kept;
  }

  /** The source of a formula, by the name of the attribute or of the class. Names and numbers of formulas are none. */
  #isTex(name: string, value: string): boolean {
    if (value.length > LONGEST_TEX || !/[\\^_=+<>{}]|^\s*\p{L}\s*$/u.test(value) || /^\s*[{[]["{]|:\/\//.test(value))
      return false;
    return TEX.test(name) || (/\\[a-zA-Z]|\^/.test(value) && TEX_CLASS.test(this.get('class')?.slice(0, 200) ?? ''));
  }

  /** The number that a script counts up to, from the 0 that stands in the page. */
  #countsTo(name: string, value: string): boolean {
    if (!/^[1-9]\d{0,2}(?:[.,]?\d{1,3}){0,4}$/.test(value.slice(0, 24))) return false;
    return COUNTED.test(name) || (MAYBE_COUNTED.test(name) && COUNTER.test(this.get('class')?.slice(0, 200) ?? ''));
  }
}

/** The language of code, under the name of a highlighter: `data-enlighter-language="php"`, `brush: java; gutter: false`. */
function languageIn(name: string, value: string): Attribute[] {
  const stated = /^data-[a-z]{1,20}-lang(?:uage)?$/.test(name) ? value : /^brush:\s?([\w+#-]{1,20})/.exec(value)?.[1];
  return stated === undefined ? [] : [new Attribute('data-lang', stated)];
}

const TEX = /^data-(?:[a-z]{1,20}-){0,2}(?:math|tex|latex|katex|formula|equation)(?:-(?:content|source|code))?$/;
const TEX_CLASS = /(?:^|[\s_-])(?:math|tex|latex|katex|formula|equation)(?:$|[\s_-])/i;
const LONGEST_TEX = 5_000;
const COUNTED = /^data-(?:[a-z]{1,20}-){0,2}(?:to|to-?value|target|count-?to|end|end-?val(?:ue)?|stop|final)$/;
const MAYBE_COUNTED = /^data-(?:[a-z]{1,20}-){0,2}(?:count|counter|value|number|num)$/;
const COUNTER = /count|odometer|number|stat/i;
const MEDIA_ATTRIBUTES = new Set(['poster', 'width', 'height', 'videoid', 'data', 'loading']);
