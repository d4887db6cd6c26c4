import { type ElementNode, nextInside, type TreeNode } from '../document/nodes.ts';
import { BLOCK_TAGS, HEADING_TAGS } from '../document/tags.ts';
import { type Marks, NO_MARKS, type Run, runsToMarkdown, runsToText, tidyRuns } from './inline.ts';
import { isDataTable, tableGrid, tableRows, tableToMarkdown } from './table.ts';

/** A piece of the text that stands on its own lines. */
export interface Block {
  readonly kind: 'paragraph' | 'heading' | 'list' | 'code' | 'table' | 'quote' | 'rule';
  /** Empty where the block is an image or a rule. */
  readonly text: string;
  /** For a heading: without its number signs, they depend on the other headings. */
  readonly markdown: string;
  /** 1 to 6, of headings. */
  readonly level?: number;
}

export interface RenderOptions {
  /** The address of a link or an image as it should stand in the text; undefined drops it and keeps the words. */
  readonly resolve: (href: string, kind: 'link' | 'image') => string | undefined;
}

/** The blocks of an element in reading order. Text and Markdown come from one walk, so that they always say the same. */
export function renderBlocks(root: ElementNode, options: RenderOptions): Block[] {
  const renderer = new BlockRenderer(options);
  renderer.children(root, NO_MARKS);
  return renderer.finish();
}

class BlockRenderer {
  readonly #options: RenderOptions;
  readonly #blocks: Block[] = [];
  #runs: Run[] = [];

  constructor(options: RenderOptions) {
    this.#options = options;
  }

  finish(): Block[] {
    this.#flush();
    return this.#blocks;
  }

  children(element: ElementNode, marks: Marks): void {
    for (let child = element.firstChild; child !== null; child = child.nextSibling) this.#node(child, marks);
  }

  #node(node: TreeNode, marks: Marks): void {
    if (node.nodeType === 3) {
      this.#runs.push({ kind: 'text', text: node.data, marks });
      return;
    }
    const name = node.localName;
    const inline = INLINE[name];
    if (inline !== undefined) {
      this.children(node, { ...marks, ...inline });
      return;
    }
    if (BLOCK_TAGS.has(name)) {
      this.#flush();
      this.#block(node, name, marks);
      this.#flush();
      return;
    }
    this.#inline(node, name, marks);
  }

  #inline(node: ElementNode, name: string, marks: Marks): void {
    switch (name) {
      case 'br':
        this.#runs.push({ kind: 'break' });
        break;
      case 'img':
        this.#image(node, marks);
        break;
      case 'a':
        this.children(node, {
          ...marks,
          href: this.#options.resolve(node.getAttribute('href') ?? '', 'link') ?? marks.href,
        });
        break;
      case 'q':
        this.#runs.push({ kind: 'text', text: '“', marks });
        this.children(node, marks);
        this.#runs.push({ kind: 'text', text: '”', marks });
        break;
      case 'rt':
      case 'rp':
        break; // the reading beside a word would be read as a part of it
      case 'math':
        this.#runs.push({ kind: 'text', text: node.textContent, marks });
        break;
      default:
        this.children(node, marks);
    }
  }

  #image(node: ElementNode, marks: Marks): void {
    const src = this.#options.resolve(node.src, 'image');
    if (src === undefined) return;
    const alt = (node.getAttribute('alt') ?? '').replace(/\s+/g, ' ').trim().slice(0, MAX_ALT);
    this.#runs.push({ kind: 'image', src, alt, marks });
  }

  #block(node: ElementNode, name: string, marks: Marks): void {
    if (HEADING_TAGS.has(name)) this.#heading(node, Number(name[1]));
    else if (name === 'ul' || name === 'ol' || name === 'menu' || name === 'dir') this.#list(node);
    else if (name === 'pre') this.#code(node);
    else if (name === 'blockquote') this.#quote(node);
    else if (name === 'table') this.#table(node);
    else if (name === 'hr') this.#blocks.push({ kind: 'rule', text: '', markdown: '---' });
    else this.children(node, name === 'dt' ? { ...marks, strong: true } : marks);
  }

  #flush(): void {
    if (this.#runs.length === 0) return;
    const runs = tidyRuns(this.#runs);
    this.#runs = [];
    if (runs.length === 0) return;
    this.#blocks.push({ kind: 'paragraph', text: runsToText(runs).trim(), markdown: runsToMarkdown(runs).trim() });
  }

  #heading(node: ElementNode, level: number): void {
    const runs = tidyRuns(inlineRuns(node, this.#options)).filter((run) => run.kind !== 'image');
    const text = runsToText(runs).replace(/\s+/g, ' ').trim();
    if (text !== '')
      this.#blocks.push({
        kind: 'heading',
        text,
        markdown: runsToMarkdown(runs.map(withoutStrong), { oneLine: true }).trim(),
        level,
      });
  }

  #list(list: ElementNode): void {
    const ordered = list.localName === 'ol';
    let number = Number.parseInt(list.getAttribute('start') ?? '1', 10) || 1;
    const texts: string[] = [];
    const items: string[] = [];
    for (let node = list.firstChild; node !== null; node = node.nextSibling) {
      const blocks = this.#itemBlocks(node);
      if (blocks.length === 0) continue;
      const marker = ordered ? `${number}. ` : '- ';
      number += 1;
      texts.push(joinTexts(blocks, '\n'));
      items.push(indent(joinTight(blocks), marker));
    }
    if (items.length > 0)
      this.#blocks.push({
        kind: 'list',
        text: texts.filter((text) => text !== '').join('\n'),
        markdown: items.join('\n'),
      });
  }

  /** A list's children that are not items (a nested list, stray text) count as items of their own. */
  #itemBlocks(node: TreeNode): Block[] {
    const inner = new BlockRenderer(this.#options);
    if (node.nodeType === 1 && node.localName === 'li') inner.children(node, NO_MARKS);
    else inner.#node(node, NO_MARKS);
    return inner.finish();
  }

  #quote(node: ElementNode): void {
    const blocks = renderBlocks(node, this.#options);
    if (blocks.length === 0) return;
    const markdown = blocks.map(blockMarkdown).join('\n\n').replace(/^/gm, '> ').replace(/^> $/gm, '>');
    this.#blocks.push({ kind: 'quote', text: joinTexts(blocks, '\n\n'), markdown });
  }

  #code(node: ElementNode): void {
    const text = codeText(node);
    if (text.trim() === '') return;
    const longest = Math.max(2, ...(text.match(/`{3,}/g) ?? []).map((ticks) => ticks.length));
    const fence = '`'.repeat(longest + 1);
    this.#blocks.push({ kind: 'code', text, markdown: `${fence}${codeLanguage(node)}\n${text}\n${fence}` });
  }

  #table(table: ElementNode): void {
    const rows = tableRows(table);
    if (!isDataTable(rows)) {
      this.children(table, NO_MARKS);
      return;
    }
    const caption = table.firstElementChild;
    if (caption?.localName === 'caption') {
      this.children(caption, NO_MARKS);
      this.#flush();
    }
    const markdown = tableToMarkdown(rows, (cell) =>
      runsToMarkdown(tidyRuns(inlineRuns(cell, this.#options)), { oneLine: true }).trim(),
    );
    const text = tableGrid(rows, (cell) => runsToText(tidyRuns(inlineRuns(cell, this.#options))).replace(/\s+/g, ' '))
      .map((cells) => cells.join('\t').trim())
      .filter((line) => line !== '')
      .join('\n');
    if (text !== '') this.#blocks.push({ kind: 'table', text, markdown });
  }
}

const MAX_ALT = 250;

const STRONG = { strong: true };
const EMPHASIS = { emphasis: true };
const STRIKE = { strike: true };
const CODE = { code: true };
const INLINE: Readonly<Record<string, Partial<Marks>>> = Object.assign(Object.create(null), {
  b: STRONG,
  strong: STRONG,
  i: EMPHASIS,
  em: EMPHASIS,
  cite: EMPHASIS,
  dfn: EMPHASIS,
  s: STRIKE,
  strike: STRIKE,
  del: STRIKE,
  code: CODE,
  kbd: CODE,
  samp: CODE,
  tt: CODE,
});

/** All of an element as one line of runs: its blocks are set apart by spaces. */
function inlineRuns(element: ElementNode, options: RenderOptions): Run[] {
  const runs: Run[] = [];
  const visit = (node: TreeNode, marks: Marks): void => {
    if (node.nodeType === 3) {
      runs.push({ kind: 'text', text: node.data, marks });
      return;
    }
    const name = node.localName;
    if (name === 'rt' || name === 'rp') return;
    if (name === 'img') {
      const src = options.resolve(node.src, 'image');
      if (src !== undefined)
        runs.push({ kind: 'image', src, alt: (node.getAttribute('alt') ?? '').slice(0, MAX_ALT), marks });
      return;
    }
    const apart = name === 'br' || BLOCK_TAGS.has(name);
    if (apart) runs.push({ kind: 'text', text: ' ', marks: NO_MARKS });
    const href = name === 'a' ? (options.resolve(node.getAttribute('href') ?? '', 'link') ?? marks.href) : marks.href;
    const inner = { ...marks, ...INLINE[name], href };
    for (let child = node.firstChild; child !== null; child = child.nextSibling) visit(child, inner);
    if (apart) runs.push({ kind: 'text', text: ' ', marks: NO_MARKS });
  };
  for (let child = element.firstChild; child !== null; child = child.nextSibling) visit(child, NO_MARKS);
  return runs;
}

function withoutStrong(run: Run): Run {
  return run.kind === 'text' && run.marks.strong ? { ...run, marks: { ...run.marks, strong: false } } : run;
}

/** A block as it stands inside of a list or a quote, where a heading is only bold. */
function blockMarkdown(block: Block): string {
  return block.kind === 'heading' ? `**${block.markdown}**` : block.markdown;
}

function joinTexts(blocks: readonly Block[], separator: string): string {
  return blocks
    .map((block) => block.text)
    .filter((text) => text !== '')
    .join(separator);
}

/** Blocks of one list item: a nested list follows its line at once, anything else after a blank line. */
function joinTight(blocks: readonly Block[]): string {
  let markdown = '';
  for (const block of blocks) {
    if (markdown !== '') markdown += block.kind === 'list' ? '\n' : '\n\n';
    markdown += blockMarkdown(block);
  }
  return markdown;
}

function indent(markdown: string, marker: string): string {
  const margin = ' '.repeat(marker.length);
  return marker + markdown.replace(/\n(?=[^\n])/g, `\n${margin}`);
}

const GUTTER = /(?:^|\s|-)(?:gutter|line-?numbers?(?:-rows)?|lineno|linenos|linenumber|rouge-gutter)(?:\s|$)/i;

/** Code with its own white space; line numbers beside it are not code. */
function codeText(pre: ElementNode): string {
  let text = '';
  const visit = (node: TreeNode): void => {
    if (node.nodeType === 3) {
      text += node.data;
      return;
    }
    if (node.localName === 'br') text += '\n';
    if (GUTTER.test(node.className) && /^[\d\s]*$/.test(node.textContent)) return;
    const isLine = node !== pre && BLOCK_TAGS.has(node.localName);
    if (isLine && text !== '' && !text.endsWith('\n')) text += '\n';
    for (let child = node.firstChild; child !== null; child = child.nextSibling) visit(child);
    if (isLine && !text.endsWith('\n')) text += '\n';
  };
  visit(pre);
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\u00a0/g, ' ')
    .replace(/^\n+|\s+$/g, '');
}

const LANGUAGE_CLASS =
  /(?:^|\s)(?:language|lang|highlight-source|brush:?|sourceCode|code)[-\s:]+([a-z][\w+#.-]{0,20})(?:\s|$)/i;

function codeLanguage(pre: ElementNode): string {
  for (let node: ElementNode | null = pre, steps = 0; node !== null && steps < 3; node = node.parentNode, steps += 1) {
    const language = languageOf(node);
    if (language !== undefined) return language;
  }
  for (let node = nextInside(pre, pre); node !== null; node = nextInside(node, pre)) {
    if (node.nodeType === 1 && node.localName === 'code') return languageOf(node) ?? '';
  }
  return '';
}

function languageOf(node: ElementNode): string | undefined {
  const stated = node.getAttribute('data-language') ?? node.getAttribute('data-lang');
  if (stated !== null && /^[\w+#.-]{1,20}$/.test(stated)) return stated.toLowerCase();
  return LANGUAGE_CLASS.exec(node.className)?.[1]?.toLowerCase();
}
