import { stripInvisible } from './invisible-characters.ts';
import type { StartTag } from './start-tag.ts';

/** Data of a page's head, wherever the page has put it. */
export interface HeadData {
  readonly title: string;
  /** Lower-case name or property to its contents, in order. */
  readonly metas: ReadonlyMap<string, readonly string[]>;
  readonly canonical: string | undefined;
  /** Address of the page's licence. */
  readonly license?: string;
  readonly lang: string | undefined;
  /** Raw texts of the JSON-LD scripts. */
  readonly jsonLd: readonly string[];
  /** Address that relative links resolve against. */
  readonly baseUrl: string;
}

const MAX_JSON_LD = 2_000_000;
const MAX_METAS = 1_000;

/** Collects the head's data while the page is read. */
export class HeadReader {
  readonly #url: string;
  /** Set while the text of a head element is read: it is kept here and is no part of the tree. */
  #capture: 'title' | 'json-ld' | undefined;
  #captured = '';
  #title = '';
  readonly #jsonLd: string[] = [];
  readonly #metas = new Map<string, string[]>();
  #canonical: string | undefined;
  #license: string | undefined;
  #lang: string | undefined;
  #base: string | undefined;

  constructor(url: string) {
    this.#url = url;
  }

  end(): HeadData {
    this.endText();
    const baseUrl = this.#base ?? this.#url;
    return {
      title: this.#title,
      metas: this.#metas,
      canonical: this.#canonical,
      ...(this.#license === undefined ? {} : { license: this.#license }),
      lang: this.#lang,
      jsonLd: this.#jsonLd,
      baseUrl,
    };
  }

  /** True when the text is of an element of the head. */
  takeText(text: string): boolean {
    if (this.#capture === undefined) return false;
    if (this.#captured.length < MAX_JSON_LD) this.#captured += text;
    return true;
  }

  /** True when the element was one of the head and is done with; `inView`: a reader would see what stands here. */
  takeElement(tag: StartTag, { inView }: { readonly inView: boolean }): boolean {
    switch (tag.name) {
      case 'body':
        this.#lang ??= tag.get('lang');
        return false;
      case 'html':
        this.#lang ??= tag.get('lang') ?? tag.get('xml:lang');
        return true;
      case 'title':
        if (this.#title !== '' || !inView) return false;
        this.#capture = 'title';
        return true;
      case 'base':
        this.#base ??= resolveUrl(tag.get('href'), this.#url);
        return true;
      case 'meta':
        this.#takeMeta(tag);
        return true;
      case 'link':
        if (this.#canonical === undefined && tag.get('rel')?.toLowerCase() === 'canonical')
          this.#canonical = tag.get('href');
        else if (/^\s*licen[cs]e\s*$/i.test(tag.get('rel') ?? '')) this.#license ??= tag.get('href');
        return true;
      case 'script':
        if (!/^application\/ld\+json/i.test(tag.get('type')?.trim() ?? '')) return false;
        this.#capture = 'json-ld';
        return true;
      default:
        return false;
    }
  }

  #takeMeta(tag: StartTag): void {
    const name = (tag.get('property') ?? tag.get('name') ?? tag.get('itemprop'))?.trim().toLowerCase();
    const content = tag.get('content')?.trim();
    if (name === undefined || content === undefined || content === '' || this.#metas.size >= MAX_METAS) return;
    const values = this.#metas.get(name);
    if (values === undefined) this.#metas.set(name, [content]);
    else if (values.length < 20) values.push(content);
  }

  /** Called at a tag: the text of the head element is complete. */
  endText(): void {
    if (this.#capture === undefined) return;
    if (this.#capture === 'title') this.#title = stripInvisible(this.#captured).replace(/\s+/g, ' ').trim();
    else if (this.#captured.trim() !== '') this.#jsonLd.push(this.#captured);
    this.#capture = undefined;
    this.#captured = '';
  }
}

function resolveUrl(href: string | undefined, base: string): string | undefined {
  if (href === undefined) return undefined;
  try {
    return new URL(href, base).href;
  } catch {
    return undefined;
  }
}
