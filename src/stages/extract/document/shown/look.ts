/** Appearance of an element by its inline style: computed and inherited as in a browser. */

import { colorOf, type Declarations, parseStyle, pixels, TRANSPARENT } from './css.ts';
import { type Form, formOf } from './form.ts';

/** What children inherit. */
export interface Look {
  readonly visible: boolean;
  /** Pixels. */
  readonly fontSize: number;
  /** Colour of the text; undefined: not stated. */
  readonly ink: string | undefined;
  readonly paper: string | undefined;
  /** The text shows what is behind it: a gradient, a picture. */
  readonly clipsToText: boolean;
}

export const PLAIN_LOOK: Look = { visible: true, fontSize: 16, ink: undefined, paper: undefined, clipsToText: false };

/**
 * `none`: the element and its content are not shown; `away`: they are drawn off screen, as copies for screen readers are.
 */
export type Presence = 'shown' | 'none' | 'away';

export interface Styled {
  readonly look: Look;
  readonly presence: Presence;
  readonly form: Form;
}

export function styled(style: string, parent: Look, { hasClass }: { readonly hasClass: boolean }): Styled {
  const css = parseStyle(style);
  const look = inherit(css, parent, hasClass);
  return { look, presence: presenceOf(css, look), form: formOf(css, look.fontSize, parent.fontSize) };
}

/** True if text with this appearance is visible. */
export function showsText({ visible, fontSize, ink, paper, clipsToText }: Look): boolean {
  if (!visible || fontSize < MIN_SIZE) return false;
  if (clipsToText || ink === undefined) return true;
  return ink !== TRANSPARENT && ink !== paper;
}

/** Smaller text cannot be read. */
const MIN_SIZE = 2.5;
/** Farther out than this is outside every screen. */
const FAR = 900;

function inherit(css: Declarations, parent: Look, hasClass: boolean): Look {
  const background = css.get('background-color') ?? css.get('background');
  const ownPaper = background === undefined ? undefined : paperOf(background);
  const clips = (css.get('background-clip') ?? css.get('-webkit-background-clip'))?.includes('text') === true;
  const ownInk = colorOf(css.get('-webkit-text-fill-color')) ?? colorOf(css.get('color'));
  const visibility = css.get('visibility');
  return {
    visible:
      visibility === undefined || visibility === 'inherit'
        ? parent.visible
        : visibility !== 'hidden' && visibility !== 'collapse',
    fontSize: fontSizeOf(css, parent.fontSize),
    ink: ownInk ?? parent.ink,
    // A class may set a background that the colour is chosen for.
    paper: ownPaper ?? (hasClass && ownInk !== undefined ? undefined : parent.paper),
    clipsToText: clips || (parent.clipsToText && ownInk === undefined),
  };
}

function paperOf(background: string): string | undefined {
  const color =
    colorOf(background) ??
    background
      .split(/\s+/)
      .map(colorOf)
      .find((one) => one !== undefined);
  return color === TRANSPARENT ? undefined : color;
}

function fontSizeOf(css: Declarations, parent: number): number {
  const stated = css.get('font-size');
  if (stated !== undefined) return pixels(stated, parent) ?? (KEYWORD_SIZES.has(stated) ? 16 : parent);
  const sizes = css
    .get('font')
    ?.split(/[\s/]+/)
    .map((part) => (/\d/.test(part) ? pixels(part, parent) : undefined));
  return sizes?.find((size, index) => size !== undefined && !isWeight(size, index)) ?? parent;
}

const KEYWORD_SIZES = new Set(['small', 'medium', 'large', 'x-large', 'xx-large', 'x-small', 'xx-small', 'initial']);

/** `font: 400 16px …`: a bare number of three digits is a weight. */
function isWeight(size: number, _index: number): boolean {
  return size >= 100 && size % 100 === 0;
}

function presenceOf(css: Declarations, look: Look): Presence {
  const display = css.get('display');
  if (display === 'none' || css.get('content-visibility') === 'hidden') return 'none';
  if (isFaded(css)) return 'none';
  return isAway(css, look) || isShrunk(css, look) || isClipped(css) ? 'away' : 'shown';
}

/** Transparent, and not moved: scripts that fade parts in on scrolling also move them. */
function isFaded(css: Declarations): boolean {
  const opacity = css.get('opacity');
  if (opacity === undefined || !(Number.parseFloat(opacity) <= 0.02)) return false;
  const moves = [
    'transform',
    'translate',
    'scale',
    'rotate',
    'filter',
    'transition',
    'animation',
    'animation-name',
    'will-change',
  ];
  return !moves.some((name) => (css.get(name) ?? 'none') !== 'none');
}

function isAway(css: Declarations, look: Look): boolean {
  if ((pixels(css.get('text-indent'), look.fontSize) ?? 0) <= -FAR / 10) return true;
  for (const name of ['left', 'top', 'right', 'bottom', 'margin-left', 'margin-top', 'margin-right', 'margin']) {
    const value = css.get(name)?.split(/\s+/, 1)[0];
    if (
      value?.endsWith('%') === true
        ? Number.parseFloat(value) <= -100 * 10
        : (pixels(value, look.fontSize) ?? 0) <= -FAR
    )
      return true;
  }
  const transform = css.get('transform') ?? '';
  if (/scale(?:3d|x|y)?\(\s*0(?:\.0*)?\s*[,)]/.test(transform)) return true;
  const moved = /translate(?:3d|x|y)?\(([^)]*)/.exec(transform)?.[1] ?? '';
  return moved.split(',').some((part) => (pixels(part.trim(), look.fontSize) ?? 0) <= -FAR);
}

/** A box of no size with hidden overflow; a ratio box has its size in the padding. */
function isShrunk(css: Declarations, look: Look): boolean {
  const cuts = /hidden|clip|scroll|auto/.test(
    css.get('overflow') ?? css.get('overflow-y') ?? css.get('overflow-x') ?? '',
  );
  const hasPadding = (pixels(css.get('padding-bottom') ?? css.get('padding-top'), 100) ?? 0) > 0;
  return ['height', 'max-height', 'width', 'max-width'].some((name) => {
    const size = pixels(css.get(name), name.endsWith('height') ? 100 : look.fontSize);
    if (size === undefined) return false;
    return !hasPadding && (size === 0 || (size <= 1.5 && cuts));
  });
}

function isClipped(css: Declarations): boolean {
  const rect = /^rect\(([^)]*)\)/.exec(css.get('clip') ?? '')?.[1];
  if (rect !== undefined) {
    const edges = rect
      .split(/[\s,]+/)
      .filter((edge) => edge !== '')
      .map((edge) => pixels(edge, 16) ?? Number.NaN);
    if (edges.length === 4 && edges.every((edge) => edge <= 1.5)) return true;
  }
  const path = css.get('clip-path') ?? '';
  return /^inset\(\s*(?:50|[6-9]\d|100)%|^circle\(\s*0|^polygon\(\s*0(?:px|%)?\s+0(?:px|%)?\s*\)/.test(path);
}
