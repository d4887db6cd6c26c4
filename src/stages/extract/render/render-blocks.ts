import type { ElementNode, TreeNode } from '../document/nodes.ts';
import { HEADING_TAGS } from '../document/tags.ts';
import type { Block } from './block.ts';
import { longestRun } from './escape.ts';
import {
  collectChildren,
  collectLine,
  collectNode,
  type RenderOptions,
  type RunTarget,
} from './inline/collect-runs.ts';
import { runsToMarkdown } from './inline/inline.ts';
import { type Marks, NO_MARKS, type RawRun, type Run, runsToText, tidyRuns } from './inline/runs.ts';
import { settleRuns } from './inline/settle-runs.ts';
import { blockMarkdown, itemMarkdown, numberingOf } from './list.ts';
import { isDataTable, tableGrid, tableRows, tableToMarkdown } from './table.ts';

/** The blocks of an element in reading order. Text and Markdown come from one walk, so that they always say the same. */
export function renderBlocks(root: ElementNode, options: RenderOptions, level = 0): Block[] {
  const renderer = new BlockRenderer(options, level);
  collectChildren(root, NO_MARKS, renderer);
  return renderer.finish();
}

/** Lists and quotations in each other below this level are flat: every level writes all lines in it once more. */
const MAX_LEVEL = 8;

class BlockRenderer implements RunTarget {
  readonly options: RenderOptions;
  readonly #level: number;
  readonly #blocks: Block[] = [];
  #runs: RawRun[] = [];

  constructor(options: RenderOptions, level: number) {
    this.options = options;
    this.#level = level;
  }

  finish(): Block[] {
    this.#flush();
    return this.#blocks;
  }

  add(run: RawRun): void {
    this.#runs.push(run);
  }

  block(node: ElementNode, marks: Marks): void {
    this.#flush();
    const name = node.localName;
    const isDeep = this.#level >= MAX_LEVEL;
    if (HEADING_TAGS.has(name)) this.#heading(node, Number(name[1]));
    else if (LISTS.has(name) && !isDeep) this.#list(node);
    else if (name === 'pre') this.#code(node);
    else if (name === 'blockquote' && !isDeep) this.#quote(node);
    else if (name === 'table') this.#table(node);
    else if (name === 'hr') this.#blocks.push({ kind: 'rule', text: '', markdown: '---' });
    else collectChildren(node, name === 'dt' || name === 'summary' ? { ...marks, strong: true } : marks, this);
    this.#flush();
  }

  #flush(): void {
    if (this.#runs.length === 0) return;
    const runs = tidyRuns(settleRuns(this.#runs));
    this.#runs = [];
    for (const part of paragraphsOf(runs)) {
      const [text, markdown] = [runsToText(part).trim(), runsToMarkdown(part).trim()];
      if (markdown !== '') this.#blocks.push({ kind: 'paragraph', text, markdown });
    }
  }

  #heading(node: ElementNode, level: number): void {
    const all = line(node, this.options);
    const runs = all.filter((run) => run.kind !== 'image');
    const text = runsToText(runs).replace(/\s+/g, ' ').trim();
    if (text === '') {
      // A picture in the form of a title is a picture.
      const pictures = runsToMarkdown(all.filter((run) => run.kind === 'image')).trim();
      if (pictures !== '') this.#blocks.push({ kind: 'paragraph', text: '', markdown: pictures });
      return;
    }
    const markdown = runsToMarkdown(runs.map(withoutStrong), { oneLine: true }).trim();
    this.#blocks.push({ kind: 'heading', text, markdown, level });
  }

  #list(list: ElementNode): void {
    const numbering = numberingOf(list);
    const items: { marker: string; blocks: Block[] }[] = [];
    for (let node = list.firstChild; node !== null; node = node.nextSibling) {
      const blocks = this.#itemBlocks(node);
      if (blocks.length === 0) continue;
      const item = node.nodeType === 1 && node.localName === 'li' ? node : undefined;
      const before = items.at(-1);
      // A list directly in a list belongs to the item before it.
      if (item === undefined && before !== undefined && blocks.every(({ kind }) => kind === 'list'))
        before.blocks.push(...blocks);
      else items.push({ marker: numbering.next(item), blocks });
    }
    if (items.length === 0) return;
    const texts = items.map(
      ({ marker, blocks }) => (marker === '' || numbering.isPlain ? '' : `${marker}. `) + joinTexts(blocks, '\n'),
    );
    this.#blocks.push({
      kind: 'list',
      text: texts.filter((text) => text !== '').join('\n'),
      markdown: items.map(({ marker, blocks }) => itemMarkdown(blocks, marker)).join('\n'),
    });
  }

  /** A list's children that are not items (a nested list, stray text) count as items of their own. */
  #itemBlocks(node: TreeNode): Block[] {
    const inner = new BlockRenderer(this.options, this.#level + 1);
    if (node.nodeType === 1 && node.localName === 'li') collectChildren(node, NO_MARKS, inner);
    else collectNode(node, NO_MARKS, inner);
    return inner.finish();
  }

  #quote(node: ElementNode): void {
    const blocks = renderBlocks(node, this.options, this.#level + 1);
    if (blocks.length === 0) return;
    const markdown = blocks.map(blockMarkdown).join('\n\n').replace(/^/gm, '> ').replace(/^> $/gm, '>');
    this.#blocks.push({ kind: 'quote', text: joinTexts(blocks, '\n\n'), markdown });
  }

  #code(node: ElementNode): void {
    const text = node.textContent.replace(/^\n/, '').trimEnd();
    if (text.trim() === '') return;
    const fence = '`'.repeat(Math.max(2, longestRun(text, '`')) + 1);
    this.#blocks.push({
      kind: 'code',
      text,
      markdown: `${fence}${node.getAttribute('data-language') ?? ''}\n${text}\n${fence}`,
    });
  }

  #table(table: ElementNode): void {
    const rows = tableRows(table);
    if (!isDataTable(table, rows)) {
      collectChildren(table, NO_MARKS, this);
      return;
    }
    const caption = table.firstElementChild;
    if (caption?.localName === 'caption') {
      collectChildren(caption, NO_MARKS, this);
      this.#flush();
    }
    const markdown = tableToMarkdown(rows, (cell) =>
      runsToMarkdown(line(cell, this.options, '; '), { oneLine: true }).trim(),
    );
    const text = tableGrid(rows, (cell) => cellText(line(cell, this.options, '; ')))
      .map((cells) => cells.join('\t').trim())
      .filter((row) => row !== '')
      .join('\n');
    if (text !== '') this.#blocks.push({ kind: 'table', text, markdown });
  }
}

/** Two line breaks in a row part paragraphs, as in the outline. */
function paragraphsOf(runs: readonly Run[]): readonly (readonly Run[])[] {
  const parts: Run[][] = [[]];
  runs.forEach((run, index) => {
    const isBreak = run.kind === 'break';
    if (isBreak && runs[index - 1]?.kind === 'break') return;
    if (isBreak && runs[index + 1]?.kind === 'break') parts.push([]);
    else parts.at(-1)?.push(run);
  });
  return parts.filter((part) => part.length > 0);
}

const LISTS = new Set(['ul', 'ol', 'menu', 'dir']);

/** A cell that holds only a picture says what its other text says. */
function cellText(runs: readonly Run[]): string {
  const text = runsToText(runs).replace(/\s+/g, ' ').trim();
  return text === '' ? runsToText(runs, { withAlt: true }).replace(/\s+/g, ' ').trim() : text;
}

/** The text of an element as one line, with what is raised and lowered in it. */
export function lineText(element: ElementNode): string {
  return runsToText(line(element, { resolve: () => undefined }))
    .replace(/\s+/g, ' ')
    .trim();
}

function line(element: ElementNode, options: RenderOptions, separator?: string): Run[] {
  return tidyRuns(settleRuns(collectLine(element, options, separator)));
}

function withoutStrong(run: Run): Run {
  return run.kind === 'text' && run.marks.strong ? { ...run, marks: { ...run.marks, strong: false } } : run;
}

function joinTexts(blocks: readonly Block[], separator: string): string {
  return blocks
    .map((block) => block.text)
    .filter((text) => text !== '')
    .join(separator);
}
