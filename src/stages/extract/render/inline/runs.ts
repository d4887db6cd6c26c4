/** Runs of text inside a block, with their marks. */

export interface Marks {
  readonly strong: boolean;
  readonly emphasis: boolean;
  readonly strike: boolean;
  readonly code: boolean;
  /** Resolved address of the link around the text. */
  readonly href: string | undefined;
}

export const NO_MARKS: Marks = { strong: false, emphasis: false, strike: false, code: false, href: undefined };

export interface TextRun {
  readonly kind: 'text';
  readonly text: string;
  readonly marks: Marks;
}

export type Run =
  | TextRun
  | {
      readonly kind: 'image';
      readonly src: string;
      readonly alt: string;
      /** The caption of a picture that stands without it. */
      readonly title: string;
      readonly marks: Marks;
    }
  /** TeX. */
  | { readonly kind: 'formula'; readonly text: string; readonly isDisplay: boolean; readonly marks: Marks }
  /** The box of a task. */
  | { readonly kind: 'box'; readonly isDone: boolean }
  | { readonly kind: 'break' };

/** As collected, before separators between boxes and raised text are decided. */
export type RawRun =
  | Run
  /** Two inline boxes meet without white space between them. */
  | { readonly kind: 'edge'; readonly apart: Apart }
  | {
      readonly kind: 'script';
      readonly text: string;
      readonly isRaised: boolean;
      readonly note: Note;
      readonly marks: Marks;
    };

/** Probability that the boxes are separated on the screen; pieces of running text are not. */
export type Apart = 'surely' | 'likely' | 'unlikely' | 'run';
/** Whether a raised text points to a note: by a link on its page, by a link elsewhere, or not that the page says. */
export type Note = 'linked' | 'cited' | 'unsaid';

/** White space collapsed over the whole block, as a browser shows it; empty runs gone. */
export function tidyRuns(runs: readonly Run[]): Run[] {
  const tidy: Run[] = [];
  let afterSpace = true;
  let isLineEnd = false;
  let lastInk = '';
  for (const run of runs) {
    if (run.kind !== 'text') {
      if (run.kind === 'break') trimEnd(tidy);
      tidy.push(run);
      afterSpace = run.kind === 'break' || run.kind === 'box';
      lastInk = '';
      continue;
    }
    let text = collapsed(run.text);
    if (isLineEnd && WIDE.test(lastInk) && WIDE.test(text[0] ?? '')) trimEnd(tidy);
    if (text.startsWith('\n') && WIDE.test(lastInk) && WIDE.test(text[1] ?? '')) text = text.slice(1);
    const endsLine = text.endsWith('\n');
    text = text.replaceAll('\n', ' ');
    if (afterSpace && text.startsWith(' ')) text = text.slice(1);
    if (text === '') {
      isLineEnd ||= endsLine;
      continue;
    }
    isLineEnd = endsLine;
    afterSpace = text.endsWith(' ');
    lastInk = text.trimEnd().at(-1) ?? lastInk;
    tidy.push({ ...run, text });
  }
  while (tidy.length > 0 && trimEnd(tidy)) tidy.pop();
  let start = 0;
  while (tidy[start]?.kind === 'break') start += 1;
  return start === 0 ? tidy : tidy.slice(start);
}

/** Characters of scripts that write no spaces, with their punctuation. */
const WIDE =
  /[\u2e80-\u303f\u3040-\u30ff\u3100-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60]/;

/**
 * White space as one space, or as one line end at the edges of the text, where the next text decides. A line end between two wide
 * characters is nothing (CSS Text, segment break transformation), everywhere else a space.
 */
function collapsed(text: string): string {
  if (!text.includes('\n')) return text.replace(/[\s\u00a0]+/g, ' ');
  const lines = text.replace(/[\s\u00a0]+/g, (space) => (space.includes('\n') ? '\n' : ' '));
  return lines.replace(/\n/g, (_, at: number) => {
    const [before, after] = [lines[at - 1], lines[at + 1]];
    if (before === undefined || after === undefined) return '\n';
    return WIDE.test(before) && WIDE.test(after) ? '' : ' ';
  });
}

/** Cuts the space at the end; true when what is left there is a break or an emptied text. */
function trimEnd(runs: Run[]): boolean {
  const last = runs.at(-1);
  if (last === undefined) return false;
  if (last.kind === 'break') return true;
  if (last.kind !== 'text' || !last.text.endsWith(' ')) return false;
  const text = last.text.slice(0, -1);
  runs[runs.length - 1] = { ...last, text };
  return text === '';
}

export function runsToText(runs: readonly Run[], { withAlt = false } = {}): string {
  const parts: string[] = [];
  for (const run of runs) {
    if (run.kind === 'text') parts.push(run.text);
    else if (run.kind === 'formula') parts.push(run.text);
    else if (run.kind === 'break') parts.push('\n');
    else if (run.kind === 'image' && withAlt) parts.push(run.alt);
  }
  return parts.join('');
}
