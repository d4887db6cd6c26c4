/** Decides what depends on context: spaces between boxes, and the meaning of superscripts and subscripts. */

import { between } from '../boxes.ts';
import type { Apart, RawRun, Run } from './runs.ts';
import { writeFraction, writeScript } from './scripts.ts';

/** Characters of context to look at. */
const AROUND = 60;

export function settleRuns(raw: readonly RawRun[]): Run[] {
  if (!raw.some((run) => run.kind === 'edge' || run.kind === 'script' || (run.kind === 'text' && run.marks.strike)))
    return raw.filter(isSettled);
  const runs: Run[] = [];
  let before = '';
  let edge: Apart | undefined;
  let isStruck = false;
  let isMarkGone = false;
  const add = (run: Run, text: string) => {
    // What is struck out and what replaces it are never one word or number.
    if (run.kind === 'text' && text !== '') {
      if (run.marks.strike !== isStruck && before !== '') edge = 'surely';
      isStruck = run.marks.strike;
    }
    if (isMarkGone && text !== '') {
      if (/^\s*[,.;:!?)\]]/.test(text)) trimLast(runs);
      isMarkGone = false;
    }
    if (edge !== undefined && text !== '') {
      const space = between(before, text, edge);
      if (space !== '' && (run.kind === 'text' || run.kind === 'formula'))
        runs.push({ kind: 'text', text: space, marks: { ...run.marks, href: undefined, code: false, strike: false } });
      edge = undefined;
    }
    runs.push(run);
    before = (before + text).slice(-AROUND);
  };
  for (let index = 0; index < raw.length; index += 1) {
    const run = raw[index];
    if (run === undefined) break;
    if (run.kind === 'edge')
      edge = edge === undefined || run.apart === 'surely' || edge === 'unlikely' ? run.apart : edge;
    else if (run.kind === 'script') {
      edge = undefined;
      const fraction = fractionAt(raw, index);
      const text =
        fraction === undefined
          ? writeScript({ ...run, before, after: textAfter(raw, index) })
          : writeFraction(...fraction.parts, before);
      if (fraction !== undefined) index = fraction.end;
      if (text === '') isMarkGone = true;
      add({ kind: 'text', text, marks: run.marks }, text);
    } else add(run, run.kind === 'text' || run.kind === 'formula' ? run.text : run.kind === 'break' ? '\n' : '');
  }
  return runs;
}

/** The space before the mark of a note that left the sentence. */
function trimLast(runs: Run[]): void {
  const last = runs.findLastIndex((run) => run.kind !== 'text' || run.text !== '');
  const run = runs[last];
  if (run?.kind === 'text') runs[last] = { ...run, text: run.text.trimEnd() };
}

function isSettled(run: RawRun): run is Run {
  return run.kind !== 'edge' && run.kind !== 'script';
}

function textAfter(raw: readonly RawRun[], index: number): string {
  let text = '';
  for (let next = index + 1; next < raw.length && text.length < AROUND && next < index + 12; next += 1) {
    const run = raw[next];
    if (run?.kind === 'text') text += run.text.slice(0, AROUND);
    else if (run?.kind === 'script')
      return text; // stands on another line
    else if (run?.kind === 'break') return `${text}\n`;
  }
  return text;
}

/** A raised number, a stroke and a lowered number. */
function fractionAt(
  raw: readonly RawRun[],
  index: number,
): { readonly parts: [string, string]; readonly end: number } | undefined {
  const numerator = raw[index];
  if (numerator?.kind !== 'script' || !numerator.isRaised || !/^\s*\d{1,3}\s*$/.test(numerator.text)) return undefined;
  let next = index + 1;
  while (raw[next]?.kind === 'edge') next += 1;
  const stroke = raw[next];
  if (stroke?.kind !== 'text' || !/^\s*[/⁄∕]\s*$/.test(stroke.text)) return undefined;
  next += 1;
  while (raw[next]?.kind === 'edge') next += 1;
  const denominator = raw[next];
  if (denominator?.kind !== 'script' || denominator.isRaised || !/^\s*\d{1,3}\s*$/.test(denominator.text))
    return undefined;
  return { parts: [numerator.text, denominator.text], end: next };
}
