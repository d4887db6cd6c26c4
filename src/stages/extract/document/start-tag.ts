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
    for (const [name, value] of this.#attributes)
      if (KEPT_ATTRIBUTES.has(name) || (isMedia && (name.startsWith('data-') || MEDIA_ATTRIBUTES.has(name))))
        kept.push(new Attribute(name, value));
    return kept;
  }
}

const MEDIA_ATTRIBUTES = new Set(['poster', 'width', 'height', 'videoid', 'data', 'loading']);
