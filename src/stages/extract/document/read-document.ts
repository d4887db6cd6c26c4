import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';
import { isHidden, stripInvisible } from './hidden-text.ts';
import { settleImage } from './lazy-image.ts';
import { Attribute, ElementNode, TextNode, TreeDocument } from './nodes.ts';
import { attributeOf, type HeadData, HeadReader } from './read-head.ts';
import {
  DROPPED_TAGS,
  FORMATTING_TAGS,
  HEADING_TAGS,
  IMPLIED_ENDS,
  KEPT_ATTRIBUTES,
  LAZY_IMAGE_ATTRIBUTES,
  SCOPE_TAGS,
  TABLE_TAGS,
  TRANSPARENT_TAGS,
  VOID_TAGS,
} from './tags.ts';

/** What a page may cost. Beyond a limit the page is cut, never refused here: what was read until then is a document. */
export interface DocumentLimits {
  /** Deeper elements are flattened into their ancestor. */
  readonly maxDepth: number;
  readonly maxElements: number;
  readonly maxChars: number;
}

export const DOCUMENT_LIMITS: DocumentLimits = { maxDepth: 200, maxElements: 60_000, maxChars: 6_000_000 };

export interface ReadDocument {
  readonly document: TreeDocument;
  readonly head: HeadData;
  readonly elements: number;
  /** True when a limit cut the page. */
  readonly cut: boolean;
}

/**
 * Reads HTML into a tree that holds only what a reader sees: scripts, styles, templates, comments and hidden text are gone,
 * JSON-LD and head data are kept aside. One pass, linear time, constant stack, whatever the page is.
 */
export function readDocument(html: string, url: string, limits: DocumentLimits = DOCUMENT_LIMITS): ReadDocument {
  const builder = new DocumentBuilder(
    html.length > limits.maxChars ? html.slice(0, limits.maxChars) : html,
    url,
    limits,
  );
  return builder.read();
}

interface Open {
  readonly name: string;
  /** Undefined inside of dropped elements. */
  readonly node: ElementNode | undefined;
}

class DocumentBuilder implements TokenizerCallbacks {
  readonly #html: string;
  readonly #limits: DocumentLimits;
  readonly #document: TreeDocument;
  readonly #head: HeadReader;
  readonly #tokenizer: Tokenizer;
  readonly #open: Open[] = [];
  /** Where the next node goes; undefined inside of dropped elements. */
  #parent: ElementNode | undefined;
  /** Start tags beyond the depth limit whose end tags are still to come. */
  #flattened = 0;
  #elements = 0;
  #cut = false;

  #tag = '';
  #attributes: Attribute[] = [];
  #attributeName = '';
  #attributeValue = '';
  #style: string | undefined;
  #hidden: string | undefined;
  #ariaHidden: string | undefined;
  #shadowRoot = false;

  constructor(html: string, url: string, limits: DocumentLimits) {
    this.#html = html;
    this.#limits = limits;
    this.#document = new TreeDocument(url, url);
    this.#head = new HeadReader(url);
    this.#parent = this.#document.body;
    this.#tokenizer = new Tokenizer({ decodeEntities: true }, this);
  }

  read(): ReadDocument {
    this.#cut = this.#html.length >= this.#limits.maxChars;
    this.#tokenizer.write(this.#html);
    this.#tokenizer.end();
    const head = this.#head.end();
    this.#document.title = head.title;
    return { document: this.#document, head, elements: this.#elements, cut: this.#cut };
  }

  // ── text ──────────────────────────────────────────────────────────────────

  ontext(start: number, end: number): void {
    this.#addText(this.#html.slice(start, end));
  }

  ontextentity(codePoint: number): void {
    this.#addText(String.fromCodePoint(codePoint));
  }

  #addText(text: string): void {
    if (this.#head.takeText(text)) return;
    const parent = this.#parent;
    if (parent === undefined) return;
    const last = parent.lastChild;
    if (last !== null && last.nodeType === 3) last.data += stripInvisible(text);
    else parent.appendChild(new TextNode(stripInvisible(text)));
  }

  // ── start tags ────────────────────────────────────────────────────────────

  onopentagname(start: number, end: number): void {
    this.#head.endText();
    const name = this.#html.slice(start, end).toLowerCase();
    this.#tag = name === 'image' ? 'img' : name;
    this.#attributes = [];
    this.#style = undefined;
    this.#hidden = undefined;
    this.#ariaHidden = undefined;
    this.#shadowRoot = false;
  }

  onattribname(start: number, end: number): void {
    this.#attributeName = this.#html.slice(start, end).toLowerCase();
    this.#attributeValue = '';
  }

  onattribdata(start: number, end: number): void {
    this.#attributeValue += this.#html.slice(start, end);
  }

  onattribentity(codePoint: number): void {
    this.#attributeValue += String.fromCodePoint(codePoint);
  }

  onattribend(): void {
    const name = this.#attributeName;
    const value = this.#attributeValue;
    if (name === 'style') this.#style ??= value;
    else if (name === 'hidden') this.#hidden ??= value;
    else if (name === 'aria-hidden') this.#ariaHidden ??= value;
    else if (name === 'shadowrootmode') this.#shadowRoot = true;
    else if (
      KEPT_ATTRIBUTES.has(name) ||
      (this.#tag === 'img' && LAZY_IMAGE_ATTRIBUTES.includes(name)) ||
      this.#tag === 'html'
    )
      this.#keepAttribute(name, value);
  }

  #keepAttribute(name: string, value: string): void {
    for (const attribute of this.#attributes) if (attribute.name === name) return;
    if (this.#attributes.length < 20) this.#attributes.push(new Attribute(name, value));
  }

  onselfclosingtag(end: number): void {
    this.onopentagend(end);
    // `<div/>` is an open div in HTML; `<svg/>` and its parts close themselves, and so do dropped elements.
    const top = this.#open.at(-1);
    if (top !== undefined && top.node === undefined && top.name === this.#tag && this.isInForeignContext())
      this.#popTo(this.#open.length - 1);
  }

  onopentagend(_end: number): void {
    const name = this.#tag;
    if (this.#head.takeElement(name, this.#attributes, { inView: this.#parent !== undefined })) return;
    if (TRANSPARENT_TAGS.has(name) || (name === 'template' && this.#shadowRoot)) return;
    if (this.#parent === undefined && this.#open.length >= this.#limits.maxDepth) {
      this.#flattened += VOID_TAGS.has(name) ? 0 : 1;
      return;
    }
    this.#closeImplied(name);
    if (this.#isDropped(name)) {
      if (!VOID_TAGS.has(name)) this.#push(name, undefined);
      return;
    }
    this.#addElement(name);
  }

  #isDropped(name: string): boolean {
    if (DROPPED_TAGS.has(name)) return true;
    if (name === 'button')
      return !this.#open.some((open) => HEADING_TAGS.has(open.name) || open.name === 'dt' || open.name === 'summary');
    if (name === 'dialog' && attributeOf(this.#attributes, 'open') === undefined) return true;
    return (
      !isStreamed(attributeOf(this.#attributes, 'id')) &&
      isHidden({
        style: this.#style,
        className: attributeOf(this.#attributes, 'class'),
        hidden: this.#hidden,
        ariaHidden: this.#ariaHidden,
      })
    );
  }

  #addElement(name: string): void {
    const parent = this.#parent;
    const isVoid = VOID_TAGS.has(name);
    if (parent === undefined) {
      if (!isVoid) this.#push(name, undefined);
      return;
    }
    if (this.#elements >= this.#limits.maxElements) {
      this.#cut = true;
      if (!isVoid) this.#flattened += 1;
      return;
    }
    if (!isVoid && this.#open.length >= this.#limits.maxDepth) {
      this.#flattened += 1;
      return;
    }
    this.#elements += 1;
    const element = new ElementNode(this.#document, name, name.toUpperCase(), this.#attributes);
    if (name === 'img') settleImage(element);
    parent.appendChild(element);
    if (!isVoid) this.#push(name, element);
  }

  #push(name: string, node: ElementNode | undefined): void {
    this.#open.push({ name, node });
    this.#parent = node;
  }

  #closeImplied(name: string): void {
    const implied = IMPLIED_ENDS.get(name);
    if (implied === undefined) return;
    let outermost = -1;
    for (let index = this.#open.length - 1; index >= 0; index -= 1) {
      const open = this.#open[index];
      if (open === undefined || implied.within.has(open.name)) break;
      if (implied.closes.has(open.name)) outermost = index;
    }
    if (outermost !== -1) this.#popTo(outermost);
  }

  // ── end tags ──────────────────────────────────────────────────────────────

  onclosetag(start: number, end: number): void {
    this.#head.endText();
    const name = this.#html.slice(start, end).toLowerCase();
    if (name === 'br') {
      this.#attributes = [];
      this.#addElement('br');
      return;
    }
    if (VOID_TAGS.has(name) || TRANSPARENT_TAGS.has(name)) return;
    if (this.#flattened > 0) {
      this.#flattened -= 1;
      return;
    }
    const isTable = TABLE_TAGS.has(name);
    for (let index = this.#open.length - 1; index >= 0; index -= 1) {
      const open = this.#open[index];
      if (open === undefined) return;
      if (open.name === name) {
        this.#close(index, name);
        return;
      }
      if (!isTable && SCOPE_TAGS.has(open.name)) return;
    }
  }

  #close(index: number, name: string): void {
    const closesOthers =
      FORMATTING_TAGS.has(name) && this.#open.slice(index + 1).some((open) => !FORMATTING_TAGS.has(open.name));
    if (closesOthers) this.#open.splice(index, 1);
    else this.#popTo(index);
  }

  #popTo(index: number): void {
    this.#open.length = index;
    const top = this.#open.at(-1);
    this.#parent = top === undefined ? this.#document.body : top.node;
  }

  /** Asked by the tokenizer for CDATA sections, and here for self-closing tags. */
  isInForeignContext(): boolean {
    return this.#open.some((open) => open.name === 'svg' || open.name === 'math');
  }

  // ── nothing to see ────────────────────────────────────────────────────────

  oncdata(): void {}
  oncomment(): void {}
  ondeclaration(): void {}
  onend(): void {}
  onprocessinginstruction(): void {}
}

/** React streams parts of a page as hidden `<div id="S:1">` and shows them by script: they are the page. */
function isStreamed(id: string | undefined): boolean {
  return id !== undefined && /^[SB]:[0-9a-z]+$/.test(id);
}
