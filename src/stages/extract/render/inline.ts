/** Runs of text inside a block, and their Markdown. */

export interface Marks {
  readonly strong: boolean;
  readonly emphasis: boolean;
  readonly strike: boolean;
  readonly code: boolean;
  /** Resolved address of the link around the text. */
  readonly href: string | undefined;
}

export const NO_MARKS: Marks = { strong: false, emphasis: false, strike: false, code: false, href: undefined };

export type Run =
  | { readonly kind: 'text'; readonly text: string; readonly marks: Marks }
  | { readonly kind: 'image'; readonly src: string; readonly alt: string; readonly marks: Marks }
  | { readonly kind: 'break' };

/** White space collapsed over the whole block, as a browser shows it; empty runs gone. */
export function tidyRuns(runs: readonly Run[]): Run[] {
  const tidy: Run[] = [];
  let afterSpace = true;
  for (const run of runs) {
    if (run.kind !== 'text') {
      if (run.kind === 'break') trimEnd(tidy);
      tidy.push(run);
      afterSpace = run.kind === 'break';
      continue;
    }
    let text = run.text.replace(/[\s\u00a0]+/g, ' ');
    if (afterSpace && text.startsWith(' ')) text = text.slice(1);
    if (text === '') continue;
    afterSpace = text.endsWith(' ');
    tidy.push({ ...run, text });
  }
  while (tidy.length > 0 && trimEnd(tidy)) tidy.pop();
  while (tidy[0]?.kind === 'break') tidy.shift();
  return tidy;
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

export function runsToText(runs: readonly Run[]): string {
  let text = '';
  for (const run of runs) {
    if (run.kind === 'text') text += run.text;
    else if (run.kind === 'break') text += '\n';
  }
  return text;
}

/** Runs must be tidy. `oneLine` is for headings and table cells, where a break is a space. */
export function runsToMarkdown(runs: readonly Run[], { oneLine = false } = {}): string {
  let markdown = '';
  for (let index = 0; index < runs.length; ) {
    const run = runs[index];
    if (run === undefined) break;
    if (run.kind === 'break') {
      markdown += oneLine ? ' ' : '\\\n';
      index += 1;
      continue;
    }
    let end = index + 1;
    while (end < runs.length && sameLink(runs[end], run.marks.href)) end += 1;
    const group = runs.slice(index, end);
    markdown += run.marks.href === undefined ? markedText(group) : linked(group, run.marks.href);
    index = end;
  }
  return oneLine ? markdown : escapeLineStarts(markdown);
}

function sameLink(run: Run | undefined, href: string | undefined): boolean {
  return run !== undefined && run.kind !== 'break' && run.marks.href === href;
}

function linked(group: readonly Run[], href: string): string {
  const inner = markedText(group);
  const label = inner.trim();
  if (label === '') return inner;
  const [before, after] = [inner.startsWith(' ') ? ' ' : '', inner.endsWith(' ') ? ' ' : ''];
  return `${before}[${label}](${linkTarget(href)})${after}`;
}

/** An address that cannot end the link early. */
export function linkTarget(href: string): string {
  return href.replace(/[\s<>()\\]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}

function markedText(group: readonly Run[]): string {
  let markdown = '';
  for (let index = 0; index < group.length; ) {
    const run = group[index];
    if (run === undefined || run.kind === 'break') {
      index += 1;
      continue;
    }
    if (run.kind === 'image') {
      markdown += `![${escapeText(run.alt)}](${linkTarget(run.src)})`;
      index += 1;
      continue;
    }
    let text = run.text;
    index += 1;
    for (let next = group[index]; next?.kind === 'text' && sameMarks(next.marks, run.marks); next = group[index]) {
      text += next.text;
      index += 1;
    }
    markdown += delimited(text, run.marks);
  }
  return markdown;
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
function delimited(text: string, { strong, emphasis, strike, code }: Marks): string {
  const inner = text.trim();
  if (inner === '') return text;
  const before = text.startsWith(' ') ? ' ' : '';
  const after = text.endsWith(' ') ? ' ' : '';
  let markdown = code ? codeSpan(inner) : escapeText(inner);
  if (strike) markdown = `~~${markdown}~~`;
  if (emphasis) markdown = `*${markdown}*`;
  if (strong) markdown = `**${markdown}**`;
  return before + markdown + after;
}

function codeSpan(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((ticks) => ticks.length));
  if (longest === 0) return `\`${text}\``;
  const fence = '`'.repeat(longest + 1);
  return `${fence} ${text} ${fence}`;
}

/** Characters that would be read as Markdown or HTML, made plain. */
export function escapeText(text: string): string {
  if (!/[\\`*_[\]<&~|]/.test(text)) return text;
  return text
    .replace(/[\\`*[\]]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/<(?=[A-Za-z/!?])/g, '\\<')
    .replace(/&(?=#?\w+;)/g, '\\&')
    .replace(/~(?=~)/g, '\\~');
}

/** A paragraph that begins like a heading, a list, a quote or a rule stays a paragraph. */
function escapeLineStarts(markdown: string): string {
  return markdown
    .replace(/^(\s*)(#{1,6}(?=\s|$)|>|[-+](?=\s|$)|[-=]{3,}\s*$)/gm, '$1\\$2')
    .replace(/^(\s*\d{1,9})([.)])(?=\s|$)/gm, '$1\\$2');
}
