/** Formulas that stand as TeX between delimiters in the text, on pages with a script that draws them. */

import { type ElementNode, TextNode } from '../../nodes.ts';

interface Delimiter {
  readonly open: string;
  readonly close: string;
  readonly isDisplay: boolean;
  readonly longest: number;
}

export type TexDelimiters = readonly Delimiter[];

const DOUBLE: TexDelimiters = [
  { open: '\\(', close: '\\)', isDisplay: false, longest: 800 },
  { open: '\\[', close: '\\]', isDisplay: true, longest: 2_000 },
  { open: '$$', close: '$$', isDisplay: true, longest: 2_000 },
];
/** Where a page does not set them up, single dollars are money. */
const SINGLE: Delimiter = { open: '$', close: '$', isDisplay: false, longest: 400 };

const SCRIPTS = ['MathJax', 'mathjax', 'katex', 'KaTeX'];
const KATEX_DOLLARS = /left['"]?:\s{0,4}['"]\$['"]/;
const LONGEST_SETTING = 60;

/** The delimiters that the scripts of a page read; undefined for a page without formulas in its text. */
export function texDelimiters(html: string): TexDelimiters | undefined {
  if (!SCRIPTS.some((name) => html.includes(name))) return undefined;
  const setting = html.indexOf('inlineMath');
  const hasDollars =
    KATEX_DOLLARS.test(html) || (setting !== -1 && /['"]\$['"]/.test(html.slice(setting, setting + LONGEST_SETTING)));
  if (hasDollars) return [...DOUBLE, SINGLE];
  return DOUBLE.some(({ open }) => html.includes(open)) ? DOUBLE : undefined;
}

const NO_TEXT: ReadonlySet<string> = new Set(['pre', 'code', 'samp', 'kbd', 'xmp', 'math', 'script', 'textarea']);

export function settleTexInText(elements: readonly ElementNode[], delimiters: TexDelimiters): void {
  for (const element of elements) {
    if (NO_TEXT.has(element.localName) || isInCode(element)) continue;
    for (let node = element.firstChild; node !== null; ) {
      const next = node.nextSibling;
      if (node.nodeType === 3 && /[\\$]/.test(node.data)) split(node, delimiters);
      node = next;
    }
  }
}

const MOST_LEVELS = 6;

function isInCode(element: ElementNode): boolean {
  let box = element.parentNode;
  for (let level = 0; box !== null && level < MOST_LEVELS; level += 1, box = box.parentNode)
    if (NO_TEXT.has(box.localName)) return true;
  return false;
}

function split(node: TextNode, delimiters: TexDelimiters): void {
  const { parentNode: parent, data } = node;
  if (parent === null) return;
  const { ownerDocument: document } = parent;
  const parts = document.createElement('span');
  let from = 0;
  for (const { start, end, source, isDisplay } of formulasIn(data, delimiters)) {
    if (start > from) parts.appendChild(new TextNode(data.slice(from, start)));
    const formula = parts.appendChild(document.createElement('math'));
    formula.appendChild(new TextNode(source));
    formula.setAttribute('display', isDisplay ? 'block' : 'inline');
    from = end;
  }
  if (from === 0) return;
  if (from < data.length) parts.appendChild(new TextNode(data.slice(from)));
  parent.replaceChild(parts, node);
}

interface Formula {
  readonly start: number;
  readonly end: number;
  readonly source: string;
  readonly isDisplay: boolean;
}

function formulasIn(text: string, delimiters: TexDelimiters): Formula[] {
  const search = new Search(text);
  const found: Formula[] = [];
  for (let at = 0; at < text.length; ) {
    const first = delimiters.reduce<Delimiter | undefined>(
      (best, next) => (search.next(next.open, at) < search.next(best?.open ?? END, at) ? next : best),
      undefined,
    );
    if (first === undefined) break;
    const start = search.next(first.open, at);
    const inner = start + first.open.length;
    const close = search.next(first.close, inner);
    const source = close - inner <= first.longest ? text.slice(inner, close).replace(/\s+/g, ' ').trim() : '';
    const isFormula =
      close < text.length && source !== '' && (first !== SINGLE || isBetweenDollars(text, start, close));
    at = isFormula ? close + first.close.length : inner;
    if (isFormula) found.push({ start, end: at, source, isDisplay: first.isDisplay });
  }
  return found;
}

/** Stands for the end of the text, where nothing more is found. */
const END = '';

/** Searches only forward: a place is looked for again when it was passed, so the text is read once for each sign. */
class Search {
  readonly #text: string;
  readonly #places = new Map<string, number>();

  constructor(text: string) {
    this.#text = text;
  }

  /** The next place of a sign; the length of the text where there is none. */
  next(sign: string, from: number): number {
    if (sign === END) return this.#text.length;
    let place = this.#places.get(sign) ?? -1;
    if (place < from) {
      place = this.#text.indexOf(sign, from);
      if (place === -1) place = this.#text.length;
      this.#places.set(sign, place);
    }
    return place;
  }
}

/** `$x_1$`, and no prices: `$5 or $6`. */
function isBetweenDollars(text: string, start: number, close: number): boolean {
  return (
    !/[\\\w$]$/.test(text.slice(Math.max(0, start - 1), start)) &&
    /^\S[^\n]*$/.test(text.slice(start + 1, close)) &&
    !/[\s\\]$/.test(text.slice(close - 1, close)) &&
    !/^[\d$]/.test(text.slice(close + 1, close + 2))
  );
}
