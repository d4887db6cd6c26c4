/** Turns each formula into TeX, once: pages have it as MathML, as a drawing, as an image, or as source in a script. */

import type { ElementNode, TreeNode } from '../../nodes.ts';
import { BLOCK_TAGS } from '../../tags.ts';
import { closest, replaceByText, shortText } from '../tools.ts';
import { mathMlOf } from './chtml.ts';
import { texOfMathMl } from './mathml.ts';

const MAX_TEX = 5_000;
/** Deeper than any tree: a nested formula is part of the outer one. */
const MAX_DEPTH = 1_000;

export function settleFormulas(elements: readonly ElementNode[]): void {
  for (const element of elements) {
    if (element.parentNode === null) continue;
    if (element.localName === 'math') {
      if (closest(element, MAX_DEPTH, ({ localName }) => localName === 'math') === undefined) settleMath(element);
    } else if (TEX_ELEMENTS.has(element.localName)) settleSource(element);
    else if (element.hasAttribute('data-tex')) settleStated(element);
    else if (element.localName === 'img') settlePicture(element);
    else if (element.localName === 'mjx-container') settleDrawing(element);
  }
}

/** The source of a formula in an attribute, whatever is drawn in its element. */
function settleStated(element: ElementNode): void {
  const { localName, className } = element;
  const isDisplay = BLOCK_TAGS.has(localName) || /block|display/i.test(className);
  const source = plainTex(element.getAttribute('data-tex') ?? '');
  replaceByText(element, 'math', source).setAttribute('display', isDisplay ? 'block' : 'inline');
}

/** What MathJax drew, without its source and without MathML beside it. */
function settleDrawing(container: ElementNode): void {
  const inner = container.getElementsByTagName('*');
  if (inner.some((one) => one.localName === 'math' || one.hasAttribute('data-tex'))) return;
  const drawing = inner.find(({ localName }) => localName === 'mjx-math');
  const source = drawing === undefined ? '' : plainTex(texOfMathMl(mathMlOf(drawing)));
  if (source === '') return;
  const isDisplay = container.getAttribute('display') === 'true';
  replaceByText(container, 'math', source).setAttribute('display', isDisplay ? 'block' : 'inline');
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
  return plainTex(texOfMathMl(math));
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

/** A command of TeX with what it is applied to; a path of Windows has none. */
const COMMAND = /\\[a-zA-Z]{2,20}\s?[{_^]/;

/** An image whose alternative text or address is TeX. */
function settlePicture(image: ElementNode): void {
  const alt = (image.getAttribute('alt') ?? '').trim().replace(/^LaTeX:\s*/, '');
  const source = isTex(image, alt) ? alt : texOfAddress(image.src);
  if (source === undefined || source === '' || source.length > MAX_TEX) return;
  const parent = image.parentNode;
  const isAlone =
    parent !== null && parent.localName !== 'span' && shortText(parent, 10) === '' && parent.children.length === 1;
  replaceByText(image, 'math', plainTex(source)).setAttribute('display', isAlone ? 'block' : 'inline');
}

function isTex({ className, src }: ElementNode, alt: string): boolean {
  if (alt === '' || alt.length > MAX_TEX) return false;
  if (COMMAND.test(alt)) return true;
  if (/(?:^|[\s_-])(?:math|tex|latex|equation|mwe-math\S*)(?:$|[\s_-])/i.test(className)) return /[=+^_\d\\]/.test(alt);
  return /[_^]\{|^\{.*\}$|[A-Za-z0-9]\^|\\[a-zA-Z]/.test(alt) && (SERVICE.test(src) || alt.startsWith('{\\'));
}

/** Services that draw the formula in their address. */
const SERVICE = /latex|mathtex|\/math\/|codecogs|cht=tx|tex\?|[?&]tex=/i;
const LONGEST_ADDRESS = 3_000;

/** The last part of an address, or the value in it, that has commands of TeX. */
function texOfAddress(src: string): string | undefined {
  if (!/%5C|\\/i.test(src) || src.length > LONGEST_ADDRESS) return undefined;
  const [path = '', query = ''] = src.split('?', 2);
  const parts = query === '' ? [path.slice(path.search(/%5C|\\/i))] : query.split('&');
  for (const part of parts) {
    const source = decoded(part.replace(/^[a-z]{1,12}=/i, ''));
    if (source === undefined) continue;
    if (COMMAND.test(source) || (SERVICE.test(src) && /\\[a-zA-Z]{2,}/.test(source))) return source;
  }
  return undefined;
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
