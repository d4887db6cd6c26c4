/** What a style says that HTML has elements for: raised, lowered and struck-out text, blocks, gaps, the numbers of lists. */

import { remember } from '../../../../util/remember.ts';
import { type Declarations, pixels } from './css.ts';

export interface Form {
  readonly display: 'block' | 'inline' | undefined;
  /** The element that says the same. */
  readonly script: 'sup' | 'sub' | undefined;
  readonly isStruck: boolean;
  /** White space beside the text, as wide as a thin space or wider. */
  readonly hasGap: boolean;
  /** A reader cannot select it: of code he does not copy it. */
  readonly isUnselectable: boolean;
  /** The value of `list-style-type`. */
  readonly listType: string | undefined;
}

export const NO_FORM: Form = {
  display: undefined,
  script: undefined,
  isStruck: false,
  hasGap: false,
  isUnselectable: false,
  listType: undefined,
};

/** Sizes in pixels, of the element and of the text around it. */
export function formOf(css: Declarations, size: number, around: number): Form {
  const display = css.get('display');
  return {
    display: display === undefined ? undefined : boxOf(display),
    script: scriptOf(css, size, around),
    isStruck: /line-through/.test(`${css.get('text-decoration') ?? ''} ${css.get('text-decoration-line') ?? ''}`),
    hasGap:
      !css.has('float') && size <= around * MOST_GROWTH && GAPS.some((name) => widthOf(css, name, size) >= size * GAP),
    isUnselectable: (css.get('user-select') ?? css.get('-webkit-user-select')) === 'none',
    listType: css.get('list-style-type') ?? css.get('list-style'),
  };
}

/** Wide enough to be seen as a space. */
const GAP = 0.2;
/** A larger letter before a word is a drop cap. */
const MOST_GROWTH = 1.3;
const GAPS = [
  'margin-left',
  'margin-right',
  'padding-left',
  'padding-right',
  'margin-inline-start',
  'margin-inline-end',
];

function widthOf(css: Declarations, name: string, size: number): number {
  return pixels(css.get(name), size) ?? 0;
}

/** Smaller than the text around it by at least this factor, where only a distance raises it. */
const SMALLER = 0.9;

function scriptOf(css: Declarations, size: number, around: number): Form['script'] {
  const align = css.get('vertical-align');
  if (align === 'super') return 'sup';
  if (align === 'sub') return 'sub';
  if (size > around * SMALLER) return undefined;
  const raised = pixels(align, size) ?? pixels(css.get('bottom'), size) ?? -(pixels(css.get('top'), size) ?? 0);
  if (align === undefined && css.get('position') !== 'relative') return undefined;
  return raised >= size * GAP ? 'sup' : raised <= (-size * GAP) / 2 ? 'sub' : undefined;
}

function boxOf(display: string): 'block' | 'inline' | undefined {
  if (display === 'inline' || display === 'contents') return 'inline';
  return /^(?:block|flex|grid|table|table-row|list-item|flow-root)$/.test(display) ? 'block' : undefined;
}

const SCRIPT_CLASS = /(?:^|\s)(?:mjx-)?(sup|superscript|subscript)(?:\s|$)|(?:^|\s)mjx-(sub)(?:\s|$)/i;
const STRUCK_CLASS = /(?:^|\s)(?:text-decoration-)?(?:line-through|strike-?through)(?:\s|$)/i;

const UNSELECTABLE_CLASS = /(?:^|\s)(?:user-select-none|select-none|no-?select|unselectable)(?:\s|$)/i;

/** What classes of frameworks add to the style. */
export const formByClasses = remember((classes): Pick<Form, 'script' | 'isStruck' | 'isUnselectable'> | undefined => {
  const script = SCRIPT_CLASS.exec(classes);
  const isStruck = STRUCK_CLASS.test(classes);
  const isUnselectable = UNSELECTABLE_CLASS.test(classes);
  if (script === null && !isStruck && !isUnselectable) return undefined;
  const name = (script?.[1] ?? script?.[2])?.toLowerCase();
  const raised = name === undefined ? undefined : name.startsWith('sup') ? 'sup' : 'sub';
  return { script: raised, isStruck, isUnselectable };
});

/** Elements without a meaning of their own, which may become another. */
const PLAIN: ReadonlySet<string> = new Set(['span', 'small', 'b', 'i', 'em', 'strong', 'bdi']);

/** The name of an element that looks like another: a span that is styled as a block ends the line. */
export function nameByForm(name: string, { display, script, isStruck }: Form): string {
  if (script !== undefined && PLAIN.has(name)) return script;
  if (isStruck && PLAIN.has(name)) return 's';
  if (display === 'block' && name === 'span') return 'div';
  return display === 'inline' && (name === 'div' || name === 'p') ? 'span' : name;
}

/** Blocks whose text a style strikes out. */
const STRUCK_BLOCKS: ReadonlySet<string> = new Set(['p', 'div', 'li', 'td', 'dd']);

export function isStruckBlock(name: string, { isStruck }: Form): boolean {
  return isStruck && STRUCK_BLOCKS.has(name);
}

/** What of the form later steps read as attributes. The first `type` of an element counts. */
export function attributesByForm(name: string, form: Form): readonly (readonly [string, string])[] {
  const { hasGap, isUnselectable, listType } = form;
  if (name === 'ol' && listType !== undefined) return [['data-numbers', listType]];
  if (isUnselectable) return [['data-select', 'none']];
  return hasGap && PLAIN.has(name) ? [['data-gap', 'wide']] : [];
}
