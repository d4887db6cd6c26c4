/** Runs of text as Markdown. */

import { codeSpan, escapeLineStarts, escapeText, formula, linkTarget, linkTitle } from '../escape.ts';
import { emphasized } from './emphasis.ts';
import type { Marks, Run } from './runs.ts';

/** Runs must be tidy. `oneLine` is for headings and table cells, where a break is a space. */
export function runsToMarkdown(runs: readonly Run[], { oneLine = false } = {}): string {
  const parts: string[] = [];
  for (let index = 0; index < runs.length; ) {
    const run = runs[index];
    if (run === undefined) break;
    if (run.kind === 'break' || run.kind === 'box') {
      parts.push(run.kind === 'box' ? `[${run.isDone ? 'x' : ' '}] ` : oneLine ? ' ' : '\\\n');
      index += 1;
      continue;
    }
    let end = index + 1;
    while (end < runs.length && sameLink(runs[end], run.marks.href)) end += 1;
    const before = endOf(runs[index - 1]);
    const after = startOf(runs[end]);
    parts.push(
      run.marks.href === undefined
        ? marked(runs, index, end, before, after)
        : linked(marked(runs, index, end, '[', ']'), run.marks.href),
    );
    index = end;
  }
  const markdown = parts.join('');
  return oneLine ? markdown : escapeLineStarts(markdown);
}

function sameLink(run: Run | undefined, href: string | undefined): boolean {
  return run !== undefined && run.kind !== 'break' && run.kind !== 'box' && run.marks.href === href;
}

/** The character before or after a run that decides whether a delimiter counts. */
function endOf(run: Run | undefined): string {
  if (run === undefined || run.kind === 'break' || run.kind === 'box') return '';
  if (run.kind !== 'text') return ')';
  return run.marks.href === undefined ? run.text.slice(-2) : ')';
}

function startOf(run: Run | undefined): string {
  if (run === undefined || run.kind === 'break' || run.kind === 'box') return '';
  if (run.kind !== 'text') return '!';
  return run.marks.href === undefined ? run.text.slice(0, 2) : '[';
}

function linked(inner: string, href: string): string {
  const label = inner.trim();
  if (label === '') return inner;
  const [before, after] = [inner.startsWith(' ') ? ' ' : '', inner.endsWith(' ') ? ' ' : ''];
  return `${before}[${label}](${linkTarget(href)})${after}`;
}

/** Renders the runs from `start` to `end`; they belong to the same link, or to no link. */
function marked(runs: readonly Run[], start: number, end: number, before: string, after: string): string {
  let markdown = '';
  let last = before;
  for (let index = start; index < end; ) {
    const run = runs[index];
    index += 1;
    if (run === undefined || run.kind === 'break' || run.kind === 'box') continue;
    let piece = '';
    if (run.kind === 'image') piece = picture(run);
    else if (run.kind === 'formula') piece = formula(run.text, run.isDisplay);
    else {
      let text = run.text;
      for (
        let next = runs[index];
        index < end && next?.kind === 'text' && sameMarks(next.marks, run.marks);
        next = runs[index]
      ) {
        text += next.text;
        index += 1;
      }
      const following = index < end ? startOf(runs[index]) : after;
      piece = delimited(text, run.marks, last, following);
    }
    markdown += piece;
    // Of the piece and not of the whole text, which would be copied each time.
    if (piece !== '') last = (markdown === piece ? piece : last + piece).slice(-2);
  }
  return markdown;
}

function picture({ alt, src, title }: Run & { readonly kind: 'image' }): string {
  return `![${escapeText(alt)}](${linkTarget(src)}${title === '' ? '' : ` "${linkTitle(title)}"`})`;
}

function sameMarks(a: Marks, b: Marks): boolean {
  return (
    a.strong === b.strong &&
    a.emphasis === b.emphasis &&
    a.strike === b.strike &&
    a.code === b.code &&
    a.href === b.href
  );
}

/** Delimiters touch the text: spaces are moved outside. */
function delimited(text: string, marks: Marks, before: string, after: string): string {
  if (text.trim() === '') return text;
  if (!marks.code) return emphasized(text, marks, before, after);
  const inner = codeSpan(text.trim());
  const outside = `${text.startsWith(' ') ? ' ' : ''}\u0000${text.endsWith(' ') ? ' ' : ''}`;
  return outside.replace('\u0000', () => inner);
}
