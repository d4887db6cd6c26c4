/** Converts MathML without TeX source to TeX. The depth of the tree is bounded. */

import type { ElementNode } from '../../nodes.ts';

/** The TeX of what is in an element. */
export function texOfMathMl(math: ElementNode): string {
  return math.firstElementChild === null ? math.textContent : row(math.children.map(linear)).text;
}

interface Linear {
  readonly text: string;
  /** One letter or number: needs no brackets. */
  readonly isAtom: boolean;
}

const EMPTY: Linear = { text: '', isAtom: true };

/** Marks above and below a base, by the sign that MathML has for them. */
const OVER: Readonly<Record<string, string>> = {
  '→': '\\vec',
  '⃗': '\\vec',
  '^': '\\hat',
  ˆ: '\\hat',
  '~': '\\tilde',
  '˜': '\\tilde',
  '˙': '\\dot',
  '.': '\\dot',
  '¨': '\\ddot',
  ˇ: '\\check',
  '˘': '\\breve',
  '¯': '\\bar',
  '‾': '\\bar',
  '―': '\\bar',
  '⏞': '\\overbrace',
};
const UNDER: Readonly<Record<string, string>> = { _: '\\underline', '‾': '\\underline', '⏟': '\\underbrace' };
/** The same over more than one letter. */
const WIDE: Readonly<Record<string, string>> = {
  '\\bar': '\\overline',
  '\\vec': '\\overrightarrow',
  '\\hat': '\\widehat',
  '\\tilde': '\\widetilde',
};
/** Of the notations of `menclose` those that say something. */
const NOTATIONS: readonly (readonly [RegExp, string])[] = [
  [/top/, '\\overline'],
  [/bottom/, '\\underline'],
  [/strike/, '\\cancel'],
  [/radical/, '\\sqrt'],
  [/box/, '\\boxed'],
];

const UNSEEN: ReadonlySet<string> = new Set(['annotation', 'annotation-xml', 'mphantom', 'mspace', 'none']);

function linear(element: ElementNode): Linear {
  const name = element.localName;
  if (UNSEEN.has(name)) return EMPTY;
  if (name === 'mtable') return table(element);
  const parts = element.children.map(linear);
  return parts.length === 0 ? leaf(element) : (scripted(name, parts) ?? enclosed(element, parts) ?? row(parts));
}

function scripted(name: string, parts: readonly Linear[]): Linear | undefined {
  const [first = EMPTY, second = EMPTY, third = EMPTY] = parts;
  switch (name) {
    case 'mfrac':
      return whole(`\\frac{${first.text}}{${second.text}}`);
    case 'msup':
      return whole(`${group(first)}^${group(second)}`);
    case 'mover':
      return whole(marked(first, second, OVER) ?? `${group(first)}^${group(second)}`);
    case 'msub':
      return whole(`${group(first)}_${group(second)}`);
    case 'munder':
      return whole(marked(first, second, UNDER) ?? `${group(first)}_${group(second)}`);
    case 'msubsup':
    case 'munderover':
      return whole(`${group(first)}_${group(second)}^${group(third)}`);
    case 'msqrt':
      return whole(`\\sqrt{${row(parts).text}}`);
    case 'mroot':
      return whole(`\\sqrt[${second.text}]{${first.text}}`);
    case 'maction':
      return first;
    default:
      return undefined;
  }
}

function whole(text: string): Linear {
  return { text, isAtom: false };
}

function group({ text, isAtom }: Linear): string {
  return isAtom && text !== '' ? text : `{${text}}`;
}

function row(parts: readonly Linear[]): Linear {
  const inner = parts.filter(({ text }) => text !== '');
  return inner.length === 1 ? (inner[0] ?? EMPTY) : whole(inner.map(({ text }) => text).join(' '));
}

function marked(base: Linear, mark: Linear, marks: Readonly<Record<string, string>>): string | undefined {
  const command = Object.hasOwn(marks, mark.text) ? marks[mark.text] : undefined;
  return command === undefined ? undefined : `${base.isAtom ? command : (WIDE[command] ?? command)}{${base.text}}`;
}

function enclosed(element: ElementNode, parts: readonly Linear[]): Linear | undefined {
  if (element.localName === 'menclose') {
    const notation = element.getAttribute('notation') ?? '';
    const command = NOTATIONS.find(([name]) => name.test(notation))?.[1];
    return command === undefined ? undefined : whole(`${command}{${row(parts).text}}`);
  }
  if (element.localName !== 'mfenced') return undefined;
  const [open, close] = [element.getAttribute('open') ?? '(', element.getAttribute('close') ?? ')'];
  return whole(`${open}${parts.map(({ text }) => text).join(', ')}${close}`);
}

/** Rows of cells. The number of an equation is its first cell, and stands behind it. */
function table(element: ElementNode): Linear {
  const rows = element.children.map(({ localName, children }) => {
    const cells = children.map(
      (cell) => row(cell.children.length === 0 ? [leaf(cell)] : cell.children.map(linear)).text,
    );
    const number = localName === 'mlabeledtr' ? (cells.shift() ?? '') : '';
    const line = cells.join(' & ').trim();
    return number === ''
      ? line
      : `${line} \\tag{${number.replace(/^\\text\{(.*)\}$/, '$1').replace(/^\(\s?|\s?\)$/g, '')}}`;
  });
  return whole(rows.length === 1 ? (rows[0] ?? '') : `\\begin{matrix} ${rows.join(' \\\\ ')} \\end{matrix}`);
}

function leaf(element: ElementNode): Linear {
  const text = element.textContent.replace(/[\s\u2061-\u2064]+/g, ' ').trim();
  if (element.localName === 'mtext' && /\p{L}{2}/u.test(text)) return whole(`\\text{ ${text} }`);
  return { text, isAtom: [...text].length <= 1 || /^[\d.,]+$/.test(text) };
}
