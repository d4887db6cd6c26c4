/** Text that a reader of the page does not see. It never gets into the tree, so it never reaches a model. */

export interface HidingAttributes {
  readonly style: string | undefined;
  readonly className: string | undefined;
  readonly hidden: string | undefined;
  readonly ariaHidden: string | undefined;
}

/** Class names that style sheets everywhere use for text that only screen readers hear, or that is not shown at all. */
const HIDDEN_CLASSES =
  /(?:^|\s)(?:sr-only|screen-reader-(?:text|only)|visually-?hidden|u-visually-?hidden|visuallyhidden|is-hidden|hidden-visually|a11y-hidden|element-invisible|offscreen|off-screen|d-none|hide-text|print-only|noprint-show)(?:\s|$)/i;

const HIDING_STYLES: readonly RegExp[] = [
  /(?:^|;)\s*display\s*:\s*none/,
  /(?:^|;)\s*visibility\s*:\s*(?:hidden|collapse)/,
  /(?:^|;)\s*content-visibility\s*:\s*hidden/,
  /(?:^|;)\s*font(?:-size)?\s*:\s*(?:[a-z]+\s+)*[0.]*[01]?(?:px|pt|em|rem|%)?\s*(?:;|$|!|\/)/,
  /(?:^|;)\s*(?:max-)?(?:height|width)\s*:\s*[0.]*[01]?(?:px|pt|em|rem|%)?\s*(?:;|$|!)/,
  /(?:^|;)\s*(?:left|top|right|bottom|margin|margin-left|margin-top|margin-right|text-indent)\s*:\s*-\d{3,}(?:\.\d+)?(?:px|pt|em|rem|vw|vh|%)/,
  /(?:^|;)\s*transform\s*:[^;]*(?:scale(?:3d|x|y)?\(\s*0(?:\.0*)?\s*[,)]|translate(?:3d|x|y)?\([^)]*-\s*\d{4,})/,
  /(?:^|;)\s*clip\s*:\s*rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?\s*\)/,
  /(?:^|;)\s*clip-path\s*:\s*(?:inset\(\s*(?:50|100)%|circle\(\s*0|polygon\(\s*0(?:px|%)?\s+0(?:px|%)?\s*\))/,
  /(?:^|;)\s*(?:-webkit-text-fill-)?color\s*:\s*(?:transparent|rgba\([^)]*,\s*0(?:\.0+)?\s*\)|#[0-9a-f]{6}00|#[0-9a-f]{3}0\s*(?:;|$|!))/,
];

/** True for an element that browsers do not show, as far as its own tag tells. */
export function isHidden({ style, className, hidden, ariaHidden }: HidingAttributes): boolean {
  if (hidden !== undefined && hidden.toLowerCase() !== 'until-found') return true;
  if (ariaHidden !== undefined && ariaHidden.toLowerCase() === 'true' && !(className ?? '').includes('fallback-image'))
    return true;
  if (className !== undefined && HIDDEN_CLASSES.test(className)) return true;
  return style !== undefined && hidesByStyle(style);
}

export function hidesByStyle(style: string): boolean {
  const plain = withoutVariables(style.toLowerCase().replace(CSS_COMMENTS, ''));
  if (plain.length > MAX_STYLE) return true;
  return HIDING_STYLES.some((pattern) => pattern.test(plain)) || hasColorOfItsBackground(plain);
}

/** Site builders put hundreds of variables into one attribute; a variable hides nothing by itself. */
function withoutVariables(style: string): string {
  if (!style.includes('--')) return style;
  return style
    .split(';')
    .filter((declaration) => !declaration.trimStart().startsWith('--'))
    .join(';');
}

/** What is longer than this, variables aside, is no styling of text. */
const MAX_STYLE = 4_000;
const CSS_COMMENTS = /\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\//g;

function hasColorOfItsBackground(style: string): boolean {
  const color = /(?:^|;)\s*color\s*:\s*([^;!]+)/.exec(style)?.[1];
  const background = /(?:^|;)\s*background(?:-color)?\s*:\s*([^;!]+)/.exec(style)?.[1];
  return color !== undefined && background !== undefined && plainColor(color) === plainColor(background);
}

const WHITE_AND_BLACK: Readonly<Record<string, string>> = {
  white: '#ffffff',
  black: '#000000',
  '#fff': '#ffffff',
  '#000': '#000000',
};

function plainColor(color: string): string {
  const plain = color.trim().replace(/\s+/g, '');
  return WHITE_AND_BLACK[plain] ?? plain;
}

/**
 * Characters that are not seen but read by a model: zero width spaces and marks, invisible operators, directional overrides,
 * variation selectors beyond the usual, private use, and the tag characters (U+E0000 to U+E007F). The zero width joiner and non-joiner stay:
 * emoji and several scripts need them. The soft hyphen goes, because it cuts words in two.
 */
const INVISIBLE =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: each of these is meant alone
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb]|\udb40[\udc00-\udfff]/g;
/** Joiners that join nothing: between two plain letters they only carry hidden bits. */
const IDLE_JOINERS = /(?<=[\x00-\u024f])[\u200c\u200d]+|[\u200c\u200d]+(?=[\x00-\u024f])|[\u200c\u200d]{2,}/g;
const MAYBE_INVISIBLE =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: each character is matched alone
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\udb40]/;
const CONTROLS = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g;
const MAYBE_CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/;

/** The text without characters that cannot be seen, and without control characters. */
export function stripInvisible(text: string): string {
  let seen = text;
  if (MAYBE_INVISIBLE.test(seen)) seen = seen.replace(INVISIBLE, '').replace(IDLE_JOINERS, '');
  return MAYBE_CONTROL.test(seen) ? seen.replace(CONTROLS, '') : seen;
}
