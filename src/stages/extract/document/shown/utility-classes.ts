/**
 * Visibility by the utility classes of CSS frameworks, computed for a desktop screen:
 * `d-none d-md-block` (Bootstrap), `hidden lg:flex` (Tailwind), `dn db-l` (Tachyons), `hidden-xs`, `uk-hidden@m`, `is-hidden-mobile` (Bulma).
 * A class for a wider screen counts after one for a narrower screen, as in the frameworks' style sheets.
 */

import { remember } from '../../../../util/remember.ts';

/** Rank of each breakpoint that a desktop screen of 1280 pixels reaches; names of others are of larger or of no screens. */
const REACHED: Readonly<Record<string, number>> = {
  xs: 1,
  s: 1,
  ns: 2,
  sm: 2,
  small: 1,
  phone: 1,
  mobile: 1,
  m: 3,
  md: 3,
  medium: 3,
  tablet: 2,
  touch: 1,
  l: 4,
  lg: 4,
  large: 4,
  desktop: 4,
  xl: 5,
  widescreen: 5,
};
const SHOWN =
  'block|inline|inline-block|flex|inline-flex|grid|inline-grid|table|table-row|table-cell|contents|list-item|initial|revert|unset';
const NOT_ON_SCREENS = new Set(['print', 'xxl', '2xl', '3xl', 'fullhd', 'speech', 'noscript']);

interface Rule {
  readonly rank: number;
  readonly shown: boolean;
}

type Reader = (token: string) => Rule | undefined;

const READERS: readonly Reader[] = [
  // Tailwind and similar: `md:hidden`, `lg:block`; `max-md:hidden` is for narrower screens.
  (token) => {
    const match = new RegExp(`^(?:([a-z0-9]+):)?!?(hidden|${SHOWN})!?$`).exec(token);
    if (match === null) return undefined;
    const [, screen, display] = match;
    if (screen === undefined) return display === 'hidden' ? { rank: 0, shown: false } : undefined;
    return ruleFor(screen, display !== 'hidden');
  },
  // Bootstrap: `d-none`, `d-md-block`, `d-print-none`.
  (token) => {
    const match = new RegExp(`^d-(?:([a-z0-9]+)-)?(none|${SHOWN})$`).exec(token);
    if (match === null) return undefined;
    return ruleFor(match[1], match[2] !== 'none');
  },
  // Tachyons: `dn`, `db-l`.
  (token) => {
    const match = /^d(n|b|ib|i|t|tc|tr)(?:-(ns|m|l))?$/.exec(token);
    if (match === null || (match[2] === undefined && match[1] !== 'n')) return undefined;
    return ruleFor(match[2], match[1] !== 'n');
  },
  // Each class names a range of screens: parts hidden only on narrow screens are shown here, parts only for narrow screens are not.
  (token) => {
    const match =
      /^(?:uk-|is-)?(hidden|visible|hide|show)(?:-(?:for|on|only))?[-@]([a-z0-9]+)(?:-(down|up|only|block|inline|inline-block))?$/.exec(
        token,
      );
    if (match === null) return undefined;
    const [, verb = '', screen = '', range] = match;
    return rangeRule(verb === 'hidden' || verb === 'hide', screen, range, token.includes('@'));
  },
];

/** Names that mean the same in every framework that has them. */
const ALWAYS: Readonly<Record<string, boolean>> = {
  hide: false,
  'is-hidden': false,
  'u-hidden': false,
  'element-hidden': false,
  'hide-text': false,
  'print-only': false,
  'noprint-show': false,
  'is-invisible': false,
  'uk-hidden': false,
  'display-none': false,
  'visible-print': false,
  'print:block': false,
};

/** False: not shown on a desktop screen; undefined: the classes do not tell. */
export const shownByClasses = remember((className): boolean | undefined => {
  if (!/hid|none|vis|show|dn|print/i.test(className)) return undefined;
  let best: Rule | undefined;
  for (const token of className.toLowerCase().split(/\s+/)) {
    const rule = ruleOf(token);
    if (rule !== undefined && (best === undefined || rule.rank >= best.rank)) best = rule;
  }
  // A class that shows matters only beside one that hides: `flex md:hidden` is hidden, `md:flex` alone tells nothing.
  return best?.shown;
});

function ruleOf(token: string): Rule | undefined {
  const always = ALWAYS[token];
  if (always !== undefined) return { rank: 0, shown: always };
  for (const read of READERS) {
    const rule = read(token);
    if (rule !== undefined) return rule;
  }
  return undefined;
}

function ruleFor(screen: string | undefined, shown: boolean): Rule | undefined {
  if (screen === undefined) return { rank: 0, shown };
  if (NOT_ON_SCREENS.has(screen)) return undefined;
  const rank = REACHED[screen];
  return rank === undefined ? undefined : { rank, shown };
}

const NARROW = new Set(['xs', 'sm', 's', 'small', 'mobile', 'phone', 'handheld', 'touch', 'tablet', 'portrait']);
const WIDE = new Set(['md', 'm', 'medium', 'lg', 'l', 'large', 'xl', 'desktop', 'widescreen', 'landscape']);

function rangeRule(hides: boolean, screen: string, range: string | undefined, isFrom: boolean): Rule | undefined {
  if (screen === 'print') return hides ? undefined : { rank: 0, shown: false };
  const here = isHere(screen, range, isFrom);
  return here === undefined ? undefined : { rank: 6, shown: hides ? !here : here };
}

/** Whether a desktop screen is in the range. */
function isHere(screen: string, range: string | undefined, isFrom: boolean): boolean | undefined {
  if (isFrom || range === 'up') return screen in REACHED ? true : undefined;
  if (range === 'down') return screen === 'lg' || screen === 'xl' || screen === 'large';
  if (NARROW.has(screen)) return false;
  return WIDE.has(screen) ? true : undefined;
}

/** Text for screen readers only. */
const FOR_SCREEN_READERS =
  /(?:^|[\s_-])(?:sr-?only|screen-?reader(?:s|-text|-only)?|visually-?hidden|hidden-?visually|visuallyhidden|a11y-hidden|a11y-text|element-invisible|off-?screen|at-only|assistive-?text|show-for-sr|uk-invisible|is-sr-only|accessibly-hidden|u-hiddenvisually|vh)(?:$|[\s_])/i;

export const isForScreenReaders = remember(
  (className) => FOR_SCREEN_READERS.test(className) && !/(?:^|\s)(?:\w+:)?not-sr-only(?:\s|$)/.test(className),
);
