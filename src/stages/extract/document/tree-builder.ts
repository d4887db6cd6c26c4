import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';
import { lastImage, RENAMED, WRAPPERS } from './element-names.ts';
import { stripInvisible } from './invisible-characters.ts';
import { Attribute, ElementNode, TextNode, TreeDocument } from './nodes.ts';
import { FOREIGN_TAGS, type Open, OpenElements } from './open-elements.ts';
import { type HeadData, HeadReader } from './read-head.ts';
import { attributesByForm, isStruckBlock, NO_FORM, nameByForm } from './shown/form.ts';
import { HiddenParts } from './shown/hidden-parts.ts';
import { PLAIN_LOOK, showsText } from './shown/look.ts';
import { showsLines } from './shown/shown-lines.ts';
import { Panels, type Placed, placeElement } from './shown/standing.ts';
import { StartTag } from './start-tag.ts';
import { BLOCK_TAGS, DROPPED_TAGS, TRANSPARENT_TAGS, VOID_TAGS } from './tags.ts';

/** Limits for one page. Beyond a limit the page is cut, not refused: the part read so far is the document. */
export interface DocumentLimits {
  /** Below this depth container elements are left out; further down an element becomes the next sibling of its parent, as in Chromium. */
  readonly maxDepth: number;
  /** Beyond this, inline elements are left out and their text stays; beyond twice as many the page is cut. */
  readonly maxElements: number;
  readonly maxChars: number;
}

export const DOCUMENT_LIMITS: DocumentLimits = { maxDepth: 256, maxElements: 60_000, maxChars: 6_000_000 };

/** Levels below the limit for lists, tables and what else is nested on purpose. */
const HEADROOM = 64;

export interface ReadDocument {
  readonly document: TreeDocument;
  readonly head: HeadData;
  readonly elements: number;
  /** True when a limit cut the page. */
  readonly cut: boolean;
}

export class TreeBuilder implements TokenizerCallbacks {
  readonly #html: string;
  readonly #limits: DocumentLimits;
  readonly #document: TreeDocument;
  readonly #head: HeadReader;
  readonly #tokenizer: Tokenizer;
  readonly #panels = new Panels();
  readonly #hidden: HiddenParts;
  readonly #open = new OpenElements();
  /** Where the next node goes; undefined inside of dropped elements. */
  #parent: ElementNode | undefined;
  #look = PLAIN_LOOK;
  /** Start tags beyond a limit whose end tags are still to come. */
  #skipped = 0;
  #elements = 0;
  #cut: boolean;
  readonly #tag = new StartTag();

  constructor(html: string, url: string, limits: DocumentLimits, partToShow: number | undefined) {
    this.#html = html;
    this.#limits = limits;
    this.#document = new TreeDocument();
    this.#head = new HeadReader(url);
    this.#hidden = new HiddenParts(partToShow);
    this.#parent = this.#document.body;
    this.#cut = html.length >= limits.maxChars;
    this.#tokenizer = new Tokenizer({ decodeEntities: true }, this);
  }

  read(): ReadDocument {
    this.#tokenizer.write(this.#html);
    this.#tokenizer.end();
    const head = this.#head.end();
    return { document: this.#document, head, elements: this.#elements, cut: this.#cut };
  }

  /** The hidden part that is the page's text; see `HiddenParts`. */
  get partToShow(): number | undefined {
    return this.#hidden.partToShow;
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
    if (parent === undefined || !showsText(this.#look)) {
      this.#hidden.takeHidden(text);
      return;
    }
    this.#hidden.takeShown(text);
    const last = parent.lastChild;
    if (last !== null && last.nodeType === 3) last.data += stripInvisible(text);
    else parent.appendChild(new TextNode(stripInvisible(text)));
  }

  // ── start tags ────────────────────────────────────────────────────────────

  onopentagname(start: number, end: number): void {
    this.#head.endText();
    const name = this.#html.slice(start, end).toLowerCase();
    this.#tag.begin(name === 'image' ? 'img' : name);
  }

  onattribname(start: number, end: number): void {
    this.#tag.beginAttribute(this.#html.slice(start, end).toLowerCase());
  }

  onattribdata(start: number, end: number): void {
    this.#tag.addToValue(this.#html.slice(start, end));
  }

  onattribentity(codePoint: number): void {
    this.#tag.addToValue(String.fromCodePoint(codePoint));
  }

  onattribend(): void {
    this.#tag.endAttribute();
  }

  onselfclosingtag(end: number): void {
    const before = this.#open.depth;
    this.onopentagend(end);
    // `<div/>` is an open div in HTML; `<svg/>`, `<mspace/>` and other foreign elements close themselves.
    if (this.#open.depth > before && (this.#open.isForeign || FOREIGN_TAGS.has(this.#tag.name))) this.#popTo(before);
  }

  onopentagend(_end: number): void {
    const { name } = this.#tag;
    if (this.#head.takeElement(this.#tag, { inView: this.#parent !== undefined })) return;
    this.#panels.note(this.#tag);
    if (TRANSPARENT_TAGS.has(name)) {
      this.#takeTransparent();
      return;
    }
    if (name === 'template' && this.#tag.has('shadowrootmode')) return;
    this.#closeImplied(name);
    if (this.#open.depth >= this.#limits.maxDepth && !this.#makeRoom(name)) return;
    if (name === 'img' && this.#takeNoscriptImage()) return;
    if (this.#isDropped(name)) this.#drop(name);
    else this.#place(name);
  }

  /** The page as a whole can be hidden until its script runs. */
  #takeTransparent(): void {
    if (this.#tag.name !== 'body' || this.#open.depth > 0 || !this.#tag.has('style')) return;
    const { look } = placeElement(this.#tag, this.#look, false);
    this.#look = { ...look, visible: true };
  }

  /** True when there is place for one more open element: its parent ends here. Dropped parts only count what is skipped. */
  #makeRoom(name: string): boolean {
    if (this.#parent === undefined) {
      this.#skipped += VOID_TAGS.has(name) ? 0 : 1;
      return false;
    }
    if (WRAPPERS.has(name)) {
      const last = this.#parent.lastChild;
      if (last?.nodeType === 3 && last.data.trim() !== '') this.#parent.appendChild(this.#document.createElement('br'));
      return false;
    }
    if (this.#open.depth >= this.#limits.maxDepth + HEADROOM) this.#popTo(this.#limits.maxDepth + HEADROOM - 1);
    return true;
  }

  /** Lazy loaders give the real picture to readers without scripts, beside the placeholder. */
  #takeNoscriptImage(): boolean {
    if (this.#open.top?.name !== 'noscript' || this.#parent !== undefined) return false;
    const image = lastImage(this.#open.innermostNode ?? this.#document.body);
    const src = this.#tag.get('data-src') ?? this.#tag.get('src');
    if (image !== undefined && src !== undefined && !image.hasAttribute('data-noscript-src'))
      image.setAttribute('data-noscript-src', src);
    return true;
  }

  #isDropped(name: string): boolean {
    if (name === 'script') return !/^math\/tex/i.test(this.#tag.get('type') ?? '');
    if (DROPPED_TAGS.has(name)) return name !== 'noscript' || !this.#hidden.isPartToShow();
    return name === 'dialog' && !this.#tag.has('open');
  }

  #drop(name: string): void {
    if (VOID_TAGS.has(name)) return;
    const isText = name === 'noscript' && this.#parent !== undefined;
    this.#push({ name, node: undefined, look: this.#look });
    if (isText) this.#hidden.begin(this.#open.depth);
    else this.#hidden.mute(this.#open.depth);
  }

  #place(name: string): void {
    const placed = placeElement(this.#tag, this.#look, this.#panels.has(this.#tag));
    if (VOID_TAGS.has(name)) {
      if (placed.standing !== 'hidden' && placed.look.visible) this.#addElement(name, placed);
      return;
    }
    const turnsInvisible = this.#look.visible && !placed.look.visible;
    if ((placed.standing === 'hidden' || turnsInvisible) && this.#parent !== undefined) {
      if (this.#hidden.isPartToShow()) {
        this.#addElement(name, { ...placed, standing: 'shown', look: { ...PLAIN_LOOK } });
        return;
      }
      if (placed.standing === 'hidden') {
        this.#push({ name, node: undefined, look: this.#look });
        this.#hidden.begin(this.#open.depth);
        return;
      }
      this.#hidden.begin(this.#open.depth + 1);
    }
    this.#addElement(name, placed);
  }

  #addElement(name: string, { standing, look, form }: Placed): void {
    const parent = this.#parent;
    const isVoid = VOID_TAGS.has(name);
    if (parent === undefined) {
      if (!isVoid) this.#push({ name, node: undefined, look });
      return;
    }
    if (this.#elements >= this.#limits.maxElements && !this.#isWorthMore(name)) {
      if (!isVoid) this.#push({ name, node: parent, look });
      return;
    }
    this.#elements += 1;
    const kept = this.#tag.kept();
    if (standing === 'read' || standing === 'seen') kept.push(new Attribute('data-copy', standing));
    if (showsLines(this.#tag)) kept.push(new Attribute('data-lines', 'shown'));
    for (const [key, value] of attributesByForm(name, form)) kept.push(new Attribute(key, value));
    const element = parent.appendChild(new ElementNode(this.#document, RENAMED[name] ?? nameByForm(name, form), kept));
    if (isVoid) return;
    const node = isStruckBlock(name, form) ? element.appendChild(this.#document.createElement('s')) : element;
    this.#push({ name, node, look });
  }

  /** Of a very long page the blocks are kept, and then it is cut. */
  #isWorthMore(name: string): boolean {
    if (this.#elements < this.#limits.maxElements * 2) return BLOCK_TAGS.has(name) || name === 'br';
    this.#cut = true;
    return false;
  }

  #push(open: Open): void {
    this.#open.push(open);
    this.#parent = open.node;
    this.#look = open.look;
  }

  #closeImplied(name: string): void {
    const depth = this.#open.impliedEnd(name);
    if (depth !== undefined) this.#popTo(depth);
  }

  // ── end tags ──────────────────────────────────────────────────────────────

  onclosetag(start: number, end: number): void {
    this.#head.endText();
    const name = this.#html.slice(start, end).toLowerCase();
    if (name === 'br') {
      this.#tag.begin('br');
      this.#addElement('br', { standing: 'shown', look: this.#look, form: NO_FORM });
      return;
    }
    if (VOID_TAGS.has(name) || TRANSPARENT_TAGS.has(name)) return;
    if (this.#skipped > 0) {
      this.#skipped -= 1;
      return;
    }
    const index = this.#open.indexOf(name);
    if (index === undefined) return;
    if (this.#open.closesAlone(index)) this.#open.removeAt(index);
    else this.#popTo(index);
  }

  #popTo(depth: number): void {
    this.#open.popTo(depth);
    this.#hidden.endBeyond(depth);
    const { top } = this.#open;
    this.#parent = top === undefined ? this.#document.body : top.node;
    this.#look = top?.look ?? PLAIN_LOOK;
  }

  /** The tokenizer asks before a CDATA section. */
  isInForeignContext(): boolean {
    return this.#open.isForeign;
  }

  // ── not text ──────────────────────────────────────────────────────────────

  oncdata(): void {}
  oncomment(): void {}
  ondeclaration(): void {}
  onend(): void {}
  onprocessinginstruction(): void {}
}
