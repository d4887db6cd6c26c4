/** Puts in the place of each call what it shows. Pure. */

import type { Nodes } from 'mdast';
import { parseBounded, type Range, rangesOf, splice } from '../../../../util/text/markdown.ts';
import { type Call, callsIn } from './calls.ts';
import { meaningOf, shownValue } from './meanings.ts';

export interface Settled {
  readonly text: string;
  /** Calls that only the generator understands: nothing stands in their place. */
  readonly lost: readonly string[];
}

type Piece = Range & { readonly by: string };

export function settleCalls(source: string, values: ReadonlyMap<string, string>): Settled {
  if (!/\{|<\/?[A-Z]/.test(source)) return { text: source, lost: [] };
  const isCode = codeTest(source);
  const calls = callsIn(source, values);
  const pairs = pairsOf(calls);
  const lost: string[] = [];
  const pieces: Piece[] = [];
  let until = 0;
  for (const call of calls) {
    if (call.start < until) continue;
    const closing = pairs.get(call);
    const settled = settleCall(source, call, closing, isCode(call));
    if (settled === undefined) continue;
    pieces.push(...settled.pieces);
    if (settled.isLost) lost.push(source.slice(call.start, call.end));
    until = settled.isWhole && closing !== undefined ? closing.end : call.end;
  }
  return { text: splice(source, pieces), lost };
}

interface SettledCall {
  readonly pieces: readonly Piece[];
  readonly isWhole: boolean;
  readonly isLost?: boolean;
}

/** Undefined for what is text. */
function settleCall(source: string, call: Call, closing: Call | undefined, isCode: boolean): SettledCall | undefined {
  const whole = { start: call.start, end: closing?.end ?? call.end };
  const between = closing === undefined ? undefined : source.slice(call.end, closing.start);
  // These are read before the Markdown is: in code too.
  if (call.kind === 'literal') return { pieces: [{ ...whole, by: call.inner }], isWhole: false };
  if (between !== undefined && /^(?:raw|verbatim)$/.test(call.name))
    return { pieces: [{ ...whole, by: between }], isWhole: true };
  if (isCode) return undefined;
  const isComponent = source[call.start] === '<';
  if (call.kind === 'close') return isComponent ? undefined : { pieces: [{ ...whole, by: '' }], isWhole: false };
  if (call.kind === 'value') {
    const value = shownValue(call);
    return value === undefined || !('instead' in value)
      ? undefined
      : { pieces: [{ ...whole, by: value.instead }], isWhole: false };
  }
  // `List<T>` is text.
  if (isComponent && call.kind === 'open' && closing === undefined) return undefined;
  const meaning = meaningOf({ ...call, ...(between === undefined ? {} : { between }) });
  if (meaning === undefined) return { pieces: [{ ...whole, by: '' }], isWhole: false, isLost: true };
  if ('instead' in meaning) return { pieces: [{ ...whole, by: meaning.instead }], isWhole: true };
  const { start, end } = closing ?? call;
  return {
    pieces: [
      { start: call.start, end: call.end, by: meaning.before },
      { start, end, by: meaning.after },
    ],
    isWhole: false,
  };
}

/** Of each opening tag the closing one; `{% end %}` closes what is open. */
function pairsOf(calls: readonly Call[]): ReadonlyMap<Call, Call> {
  const open: Call[] = [];
  const pairs = new Map<Call, Call>();
  for (const call of calls) {
    if (call.kind === 'open') open.push(call);
    if (call.kind !== 'close') continue;
    const at = call.name === '' ? open.length - 1 : open.findLastIndex(({ name }) => name === call.name);
    const first = open[at];
    if (first === undefined) continue;
    pairs.set(first, call);
    open.length = at;
  }
  return pairs;
}

export function codeTest(markdown: string): (range: Range) => boolean {
  const isCode = ({ type }: Nodes) => type === 'code' || type === 'inlineCode';
  const ranges = rangesOf(parseBounded(markdown), isCode);
  return ({ start }) => ranges.some((range) => start >= range.start && start < range.end);
}
