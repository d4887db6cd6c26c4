/** Reads the drawing of MathJax (CommonHTML) back into MathML, where the page has neither source nor MathML beside it. */

import { type ElementNode, TextNode } from '../../nodes.ts';

const PREFIX = 'mjx-';
/** Drawing of one construct: boxes, rows and struts, which say nothing. */
const IS_CONSTRUCT = /^mjx-m/;

/** A MathML tree of what a drawing shows. */
export function mathMlOf(drawing: ElementNode): ElementNode {
  return make(drawing, 'mrow', drawing.children.flatMap(read));
}

function read(element: ElementNode): ElementNode[] {
  const name = element.localName.slice(PREFIX.length);
  switch (name) {
    case 'mfrac':
      return [make(element, name, [part(element, 'num'), part(element, 'den')])];
    case 'mover':
      return [make(element, name, [part(element, 'base'), part(element, 'over')])];
    case 'munder':
      return [make(element, name, [part(element, 'base'), part(element, 'under')])];
    case 'munderover':
      return [make(element, name, [part(element, 'base'), part(element, 'under'), part(element, 'over')])];
    case 'msup':
    case 'msub':
      return [make(element, name, [base(element), part(element, 'script')])];
    case 'msubsup': {
      const scripts = find(element, 'script')?.children.filter(({ localName }) => IS_CONSTRUCT.test(localName)) ?? [];
      const [sup, sub] = scripts.map((script) => make(element, 'mrow', read(script)));
      return [make(element, name, [base(element), sub ?? base(element), sup ?? base(element)])];
    }
    case 'msqrt':
      return [make(element, name, [part(element, 'box')])];
    case 'mtr':
    case 'mtd':
      return [make(element, name, element.children.flatMap(read))];
    case 'mtable':
      return [
        make(
          element,
          name,
          element.children.flatMap(read).filter(({ localName }) => localName === 'mtr'),
        ),
      ];
    case 'mi':
    case 'mn':
    case 'mo':
    case 'mtext':
      return [leaf(element, name)];
    default:
      return element.children.flatMap(read);
  }
}

/** All before the scripts. */
function base(element: ElementNode): ElementNode {
  return make(element, 'mrow', element.children.filter(({ localName }) => localName !== 'mjx-script').flatMap(read));
}

function part(element: ElementNode, name: string): ElementNode {
  return make(element, 'mrow', find(element, name)?.children.flatMap(read) ?? []);
}

/** The part of a construct itself, not of one inside of it; sums with two limits are drawn as one sum in another. */
function find(element: ElementNode, name: string): ElementNode | undefined {
  for (const child of element.children) {
    if (child.localName === PREFIX + name) return child;
    const isInner = IS_CONSTRUCT.test(child.localName) && !/^mjx-m(?:under|over)$/.test(child.localName);
    const found = isInner ? undefined : find(child, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Characters have elements of their own; many stand only in the style sheet, under the class `mjx-c1D465`. */
function leaf(element: ElementNode, name: string): ElementNode {
  const text = element
    .getElementsByTagName('mjx-c')
    .map((character) => {
      if (character.textContent !== '') return character.textContent;
      const code = Number.parseInt(/\bmjx-c([0-9A-F]{2,5})\b/.exec(character.className)?.[1] ?? '', 16);
      return Number.isNaN(code) || code > 0x10ffff ? '' : String.fromCodePoint(code);
    })
    .join('');
  const made = element.ownerDocument.createElement(name);
  made.appendChild(new TextNode((text === '' ? element.textContent : text).normalize('NFKC')));
  return made;
}

function make({ ownerDocument }: ElementNode, name: string, children: readonly ElementNode[]): ElementNode {
  const made = ownerDocument.createElement(name);
  for (const child of children) made.appendChild(child);
  return made;
}
