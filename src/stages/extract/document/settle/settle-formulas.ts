/** Turns each formula into TeX, once: pages have it as MathML, as a drawing, as an image, or as source in a script. */

import type { ElementNode, TreeNode } from '../nodes.ts';
import { closest, replaceByText, shortText } from './tools.ts';

const MAX_TEX = 5_000;
/** Deeper than any tree: a nested formula is part of the outer one. */
const MAX_DEPTH = 1_000;

export function settleFormulas(elements: readonly ElementNode[]): void {
  for (const element of elements) {
    if (element.parentNode === null) continue;
    if (element.localName === 'math') {
      if (closest(element, MAX_DEPTH, ({ localName }) => localName === 'math') === undefined) settleMath(element);
    } else if (TEX_ELEMENTS.has(element.localName)) settleSource(element);
    else if (element.localName === 'img') settlePicture(element);
  }
}

/** Elements of Distill and of JATS whose text is TeX. */
const TEX_ELEMENTS: ReadonlySet<string> = new Set(['d-math', 'tex-math']);

function settleSource(element: ElementNode): void {
  const inner = element.textContent.split('\\begin{document}').at(-1)?.split('\\end{document}', 1)[0] ?? '';
  const source = plainTex(inner.trim().replace(/^\${1,2}|\${1,2}$/g, ''));
  const isDisplay = element.getAttribute('block') !== null || element.parentNode?.localName === 'disp-formula';
  if (source === '') element.remove();
  else replaceByText(element, 'math', source).setAttribute('display', isDisplay ? 'block' : 'inline');
}

/** Classes of what renderers put beside the source: drawings and previews. */
const DRAWING = /(?:^|\s)(?:mjx-\S|mwe-math-fallback|(?:MathJax\w*|katex-html)(?:\s|$))/i;

function settleMath(math: ElementNode): void {
  const source = texOf(math);
  const wrapper = closest(
    math,
    6,
    ({ className, localName }) =>
      localName === 'mjx-container' ||
      /(?:^|\s)(?:katex|katex-display|mwe-math-element|MathJax\w*)(?:\s|$)/.test(className),
  );
  const target = wrapper ?? math;
  const isDisplay =
    math.getAttribute('display') === 'block' ||
    /mode=display/i.test(math.getAttribute('type') ?? '') ||
    /display/i.test(`${wrapper?.className ?? ''} ${wrapper?.parentNode?.className ?? ''}`);
  for (
    let before = target.previousSibling;
    before !== null && before.nodeType === 1 && DRAWING.test(before.className);
  ) {
    const drawing: TreeNode = before;
    before = before.previousSibling;
    drawing.remove();
  }
  if (source === '') target.remove();
  else replaceByText(target, 'math', source).setAttribute('display', isDisplay ? 'block' : 'inline');
}

function texOf(math: ElementNode): string {
  const annotation = math
    .getElementsByTagName('annotation')
    .find((node) => /tex/i.test(node.getAttribute('encoding') ?? ''));
  const stated = annotation?.textContent ?? math.getAttribute('alttext');
  if (stated !== undefined && stated !== null && stated.trim() !== '') return plainTex(stated);
  return plainTex(math.firstElementChild === null ? math.textContent : linear(math).text);
}

/** MediaWiki wraps all it writes in a style. */
function plainTex(source: string): string {
  return source
    .slice(0, MAX_TEX)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^\{\\(?:displaystyle|textstyle)(.*)\}$/, '$1')
    .trim();
}

interface Linear {
  readonly text: string;
  /** One letter or number: needs no brackets. */
  readonly isAtom: boolean;
}

/** Converts MathML without TeX source to TeX. The depth of the tree is bounded. */
function linear(element: ElementNode): Linear {
  const parts = element.children.map(linear);
  const [first = EMPTY, second = EMPTY, third = EMPTY] = parts;
  const group = ({ text, isAtom }: Linear) => (isAtom ? text : `{${text}}`);
  switch (element.localName) {
    case 'mfrac':
      return { text: `\\frac{${first.text}}{${second.text}}`, isAtom: false };
    case 'msup':
    case 'mover':
      return { text: `${group(first)}^${group(second)}`, isAtom: false };
    case 'msub':
    case 'munder':
      return { text: `${group(first)}_${group(second)}`, isAtom: false };
    case 'msubsup':
    case 'munderover':
      return { text: `${group(first)}_${group(second)}^${group(third)}`, isAtom: false };
    case 'msqrt':
      return { text: `\\sqrt{${parts.map(({ text }) => text).join(' ')}}`, isAtom: false };
    case 'mroot':
      return { text: `\\sqrt[${second.text}]{${first.text}}`, isAtom: false };
    case 'annotation':
    case 'annotation-xml':
      return EMPTY;
    case 'mtr':
      return { text: `${parts.map(({ text }) => text).join(' & ')} \\\\`, isAtom: false };
    default:
      if (parts.length > 0) {
        const inner = parts.filter(({ text }) => text !== '');
        return inner.length === 1
          ? (inner[0] ?? EMPTY)
          : { text: inner.map(({ text }) => text).join(' '), isAtom: false };
      }
      return leaf(element);
  }
}

const EMPTY: Linear = { text: '', isAtom: true };

function leaf(element: ElementNode): Linear {
  const text = element.textContent.replace(/[\s\u2061-\u2064]+/g, ' ').trim();
  return { text, isAtom: [...text].length <= 1 || /^[\d.,]+$/.test(text) };
}

/** An image whose alternative text is TeX. */
function settlePicture(image: ElementNode): void {
  const alt = (image.getAttribute('alt') ?? '').trim();
  if (alt === '' || alt.length > MAX_TEX) return;
  const named = /(?:^|[\s_-])(?:math|tex|latex|equation|mwe-math\S*)(?:$|[\s_-])/i.test(image.className);
  const isTex = /\\[a-zA-Z]+|[_^]\{|^\{.*\}$|[A-Za-z0-9]\^/.test(alt);
  if (!isTex && !(named && /[=+^_\d]/.test(alt))) return;
  if (
    !named &&
    !/latex|mathtex|\/math\/|codecogs|cht=tx|tex\?|[?&]tex=/i.test(
      `${image.src} ${alt.startsWith('{\\') ? 'latex' : ''}`,
    )
  )
    return;
  const parent = image.parentNode;
  const isAlone =
    parent !== null && parent.localName !== 'span' && shortText(parent, 10) === '' && parent.children.length === 1;
  replaceByText(image, 'math', plainTex(alt)).setAttribute('display', isAlone ? 'block' : 'inline');
}
