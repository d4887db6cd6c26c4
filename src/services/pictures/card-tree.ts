/** The layout of a card, as the elements that satori draws. Pure. */

import { scaleLinear } from 'd3-scale';
import type { CardText } from './card-text.ts';
import type { Chart } from './chart-of.ts';

export const CARD_SIZE = { width: 1200, height: 630 } as const;

export interface Box {
  readonly type: 'div';
  readonly props: {
    readonly style: Readonly<Record<string, string | number>>;
    readonly children?: string | readonly Box[];
  };
}

const INK = '#14213d';
const PAPER = '#fdfcf8';
const ACCENT = '#b3541e';
const GREY = '#5c6475';
const BAR_WIDTH = 720;

export function cardTree({ title, siteName, figure }: CardText, chart: Chart | undefined): Box {
  return box({ ...PAGE, flexDirection: 'column', justifyContent: 'space-between' }, [
    box({ width: '100%', height: 10, background: ACCENT }, []),
    text({ fontSize: titleSize(title, chart), lineHeight: 1.2, color: INK }, title),
    ...(chart === undefined ? figureOf(figure) : [chartOf(chart)]),
    text({ fontSize: 26, color: GREY }, siteName ?? ''),
  ]);
}

const PAGE = {
  ...CARD_SIZE,
  boxSizing: 'border-box',
  background: PAPER,
  padding: 56,
  wordBreak: 'keep-all',
  overflowWrap: 'anywhere',
};

function titleSize(title: string, chart: Chart | undefined): number {
  const size = title.length <= 28 ? 76 : title.length <= 60 ? 60 : 48;
  return chart === undefined ? size : Math.min(size, 44);
}

function figureOf(figure: CardText['figure']): Box[] {
  if (figure === undefined) return [];
  return [
    box({ flexDirection: 'column' }, [
      text({ fontSize: 92, color: ACCENT, lineHeight: 1.25 }, figure.value),
      text({ fontSize: 28, color: GREY, lineHeight: 1.35 }, figure.sentence),
    ]),
  ];
}

/** Bars from zero on an axis with its numbers, and the name of the source. */
function chartOf({ rows, unit, caption, source }: Chart): Box {
  const values = rows.map(({ value }) => value);
  const scale = scaleLinear([Math.min(0, ...values), Math.max(0, ...values)], [0, BAR_WIDTH]).nice(4);
  const zero = scale(0);
  return box({ flexDirection: 'column' }, [
    text({ fontSize: 24, color: INK, marginBottom: 8 }, unit === '' ? caption : `${caption} (${unit})`),
    ...rows.map(({ label, value, written }) => {
      const end = scale(value);
      const bar = { marginLeft: Math.min(zero, end), width: Math.max(2, Math.abs(end - zero)) };
      return box({ height: Math.min(40, 220 / rows.length), alignItems: 'center' }, [
        text({ width: 250, fontSize: 20, color: INK, overflow: 'hidden', whiteSpace: 'nowrap' }, label),
        box({ ...bar, height: '70%', background: ACCENT }, []),
        text({ fontSize: 20, color: INK, marginLeft: 8 }, written),
      ]);
    }),
    box({ position: 'relative', height: 26, marginLeft: 250, borderTop: `2px solid ${GREY}` }, [
      ...scale
        .ticks(4)
        .map((tick) =>
          text({ position: 'absolute', left: scale(tick), fontSize: 16, color: GREY }, tick.toLocaleString('en')),
        ),
    ]),
    text({ fontSize: 20, color: GREY }, source),
  ]);
}

function box(style: Box['props']['style'], children: readonly Box[]): Box {
  return { type: 'div', props: { style: { display: 'flex', ...style }, children } };
}

function text(style: Box['props']['style'], children: string): Box {
  return { type: 'div', props: { style: { display: 'flex', ...style }, children } };
}
