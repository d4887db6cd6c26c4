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

/** Probability that the boxes are separated on the screen. */
export type Apart = 'surely' | 'likely' | 'unlikely';
/** Whether a raised text points to a note: by a link on its page, by a link elsewhere, or not that the page says. */
export type Note = 'linked' | 'cited' | 'unsaid';

/** White space collapsed over the whole block, as a browser shows it; empty runs gone. */
export function tidyRuns(runs: readonly Run[]): Run[] {
  const tidy: Run[] = [];
  let afterSpace = true;
  for (const run of runs) {
    if (run.kind !== 'text') {
      if (run.kind === 'break') trimEnd(tidy);
      tidy.push(run);
      afterSpace = run.kind === 'break' || run.kind === 'box';
      continue;
    }
    let text = run.text.replace(/[\s\u00a0]+/g, ' ');
    if (afterSpace && text.startsWith(' ')) text = text.slice(1);
    if (text === '') continue;
    afterSpace = text.endsWith(' ');
    tidy.push({ ...run, text });
  }
  while (tidy.length > 0 && trimEnd(tidy)) tidy.pop();
  let start = 0;
  while (tidy[start]?.kind === 'break') start += 1;
  return start === 0 ? tidy : tidy.slice(start);
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
