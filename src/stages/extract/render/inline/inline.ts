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

/** The runs from `start` to `end`, which are of one link or of none. */
function marked(runs: readonly Run[], start: number, end: number, before: string, after: string): string {
  let markdown = '';
  for (let index = start; index < end; ) {
    const run = runs[index];
    index += 1;
    if (run === undefined || run.kind === 'break' || run.kind === 'box') continue;
    if (run.kind === 'image') markdown += picture(run);
    else if (run.kind === 'formula') markdown += formula(run.text, run.isDisplay);
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
      markdown += delimited(text, run.marks, markdown === '' ? before : markdown.slice(-2), following);
    }
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

/** Delimiters hug the text: spaces go outside of them. */
function delimited(text: string, marks: Marks, before: string, after: string): string {
  if (text.trim() === '') return text;
  if (!marks.code) return emphasized(text, marks, before, after);
  const inner = codeSpan(text.trim());
  const outside = `${text.startsWith(' ') ? ' ' : ''}\u0000${text.endsWith(' ') ? ' ' : ''}`;
  return outside.replace('\u0000', () => inner);
}
