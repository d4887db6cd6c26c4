/** Renders lists with the numbers that a browser shows. */

import type { ElementNode } from '../document/nodes.ts';
import type { Block } from './block.ts';

interface Numbering {
  readonly isOrdered: boolean;
  /** True where the numbers are those that Markdown counts by itself: 1, 2, 3. */
  readonly isPlain: boolean;
  /** The marker of the next item. */
  next(item: ElementNode | undefined): string;
}

/** `reversed`, `start`, `type`, the style's `list-style` and the items' own `value`. */
export function numberingOf(list: ElementNode): Numbering {
  if (list.localName !== 'ol') return { isOrdered: false, isPlain: false, next: () => '' };
  const step = list.hasAttribute('reversed') ? -1 : 1;
  const start = integer(list.getAttribute('start'));
  const write = writerOf(list);
  if (write === undefined) return { isOrdered: false, isPlain: false, next: () => '' };
  let number = start ?? (step === 1 ? 1 : countItems(list));
  return {
    isOrdered: true,
    isPlain: step === 1 && (start ?? 1) === 1 && write === String && !hasOwnNumbers(list),
    next(item) {
      number = integer(item?.getAttribute('value') ?? null) ?? number;
      const marker = write(number);
      number += step;
      return marker;
    },
  };
}

function integer(value: string | null): number | undefined {
  return value !== null && /^\s*[-+]?\d{1,9}\s*$/.test(value) ? Number(value) : undefined;
}

function* itemsOf(list: ElementNode): Generator<ElementNode> {
  for (let node = list.firstElementChild; node !== null; node = node.nextElementSibling)
    if (node.localName === 'li') yield node;
}

function countItems(list: ElementNode): number {
  let count = 0;
  for (const _ of itemsOf(list)) count += 1;
  return count;
}

function hasOwnNumbers(list: ElementNode): boolean {
  for (const item of itemsOf(list)) if (item.hasAttribute('value')) return true;
  return false;
}

type Writer = (number: number) => string;

const WRITERS: Readonly<Record<string, Writer>> = {
  '1': String,
  a: (number) => letters(number),
  A: (number) => letters(number).toUpperCase(),
  i: (number) => roman(number).toLowerCase(),
  I: (number) => roman(number),
};

/** Values of `list-style-type`; undefined: bullets, or nothing. */
const STYLES: Readonly<Record<string, Writer | undefined>> = {
  none: undefined,
  disc: undefined,
  circle: undefined,
  square: undefined,
  'lower-alpha': WRITERS['a'],
  'lower-latin': WRITERS['a'],
  'upper-alpha': WRITERS['A'],
  'upper-latin': WRITERS['A'],
  'lower-roman': WRITERS['i'],
  'upper-roman': WRITERS['I'],
  'decimal-leading-zero': (number) => String(number).padStart(2, '0'),
  'lower-greek': oneOf('αβγδεζηθικλμνξοπρστυφχψω'),
  hangul: oneOf('가나다라마바사아자차카타파하'),
  'hangul-consonant': oneOf('ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ'),
  hiragana: oneOf('あいうえおかきくけこさしすせそたちつてと'),
  katakana: oneOf('アイウエオカキクケコサシスセソタチツテト'),
  'cjk-ideographic': oneOf('一二三四五六七八九十'),
  'cjk-earthly-branch': oneOf('子丑寅卯辰巳午未申酉戌亥'),
  'cjk-heavenly-stem': oneOf('甲乙丙丁戊己庚辛壬癸'),
};

/** A style counts before the attribute, as in browsers. */
function writerOf(list: ElementNode): Writer | undefined {
  for (const word of list.getAttribute('data-numbers')?.split(/\s+/) ?? []) if (word in STYLES) return STYLES[word];
  return WRITERS[list.getAttribute('type') ?? '1'] ?? String;
}

function oneOf(signs: string): Writer {
  return (number) => [...signs][number - 1] ?? String(number);
}

function letters(number: number): string {
  if (number < 1) return String(number);
  let text = '';
  for (let rest = number; rest > 0; rest = Math.floor((rest - 1) / 26))
    text = String.fromCharCode(97 + ((rest - 1) % 26)) + text;
  return text;
}

const ROMAN: readonly (readonly [number, string])[] = [
  [1000, 'M'],
  [900, 'CM'],
  [500, 'D'],
  [400, 'CD'],
  [100, 'C'],
  [90, 'XC'],
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
];

function roman(number: number): string {
  if (number < 1 || number > 3999) return String(number);
  let text = '';
  let rest = number;
  for (const [value, sign] of ROMAN) {
    for (; rest >= value; rest -= value) text += sign;
  }
  return text;
}

/** An item in Markdown. Markdown counts in digits only: other markers stand in the text of a bullet. */
export function itemMarkdown(blocks: readonly Block[], marker: string): string {
  if (marker === '') return indent(joinTight(blocks), '- ');
  if (/^\d{1,9}$/.test(marker)) return indent(joinTight(blocks), `${marker}. `);
  return indent(`${marker}. ${joinTight(blocks)}`, '- ');
}

/** A block inside a list or a quote, where a heading becomes bold text. */
export function blockMarkdown(block: Block): string {
  return block.kind === 'heading' ? `**${block.markdown}**` : block.markdown;
}

/** Blocks of one list item: a nested list follows its line at once, anything else after a blank line. */
function joinTight(blocks: readonly Block[]): string {
  let markdown = '';
  for (const block of blocks) {
    if (markdown !== '') markdown += block.kind === 'list' ? '\n' : '\n\n';
    markdown += blockMarkdown(block);
  }
  return markdown;
}

function indent(markdown: string, marker: string): string {
  const margin = ' '.repeat(marker.length);
  return marker + markdown.replace(/\n(?=[^\n])/g, `\n${margin}`);
}
