import type { ElementNode, TreeNode } from '../../document/nodes.ts';
import { shortText } from '../../document/settle/tools.ts';
import { BLOCK_TAGS } from '../../document/tags.ts';
import { apartness } from '../boxes.ts';
import { type Marks, NO_MARKS, type Note, type RawRun } from './runs.ts';

export interface RenderOptions {
  /** The address of a link or an image to write; undefined drops it and keeps the words. */
  readonly resolve: (href: string, kind: 'link' | 'image') => string | undefined;
}

/** Where runs go, and what to do with a block among them. */
export interface RunTarget {
  readonly options: RenderOptions;
  add(run: RawRun): void;
  block(element: ElementNode, marks: Marks): void;
}

export function collectChildren(element: ElementNode, marks: Marks, target: RunTarget): void {
  for (let child = element.firstChild; child !== null; child = child.nextSibling) collectNode(child, marks, target);
}

export function collectNode(node: TreeNode, marks: Marks, target: RunTarget): void {
  if (node.nodeType === 3) {
    target.add({ kind: 'text', text: node.data, marks });
    return;
  }
  const name = node.localName;
  if (BLOCK_TAGS.has(name)) {
    target.block(node, marks);
    return;
  }
  const before = node.previousSibling;
  if (
    before?.nodeType === 1 &&
    !marks.code &&
    !RUBY.has(name) &&
    !BLOCK_TAGS.has(before.localName) &&
    name !== 'br' &&
    before.localName !== 'br'
  )
    target.add({ kind: 'edge', apart: apartness(before, node) });
  const isApart = node.hasAttribute('data-gap') && !marks.code && shortText(node, 2).length > 1;
  if (isApart) target.add(GAP);
  collectByName(node, name, marks, target);
  if (isApart) target.add(GAP);
}

/** Parts of one word. */
const RUBY: ReadonlySet<string> = new Set(['rb', 'rt', 'rp', 'rtc']);

/** A style sets the text apart from what is beside it. */
const GAP: RawRun = { kind: 'edge', apart: 'surely' };

function collectByName(node: ElementNode, name: string, marks: Marks, target: RunTarget): void {
  const added = INLINE[name];
  if (added !== undefined) collectChildren(node, { ...marks, ...added }, target);
  else collectInline(node, name, marks, target);
}

function collectInline(node: ElementNode, name: string, marks: Marks, target: RunTarget): void {
  switch (name) {
    case 'br':
      target.add({ kind: 'break' });
      break;
    case 'img':
      collectImage(node, marks, target);
      break;
    case 'math':
      target.add({
        kind: 'formula',
        text: node.textContent,
        isDisplay: node.getAttribute('display') === 'block',
        marks,
      });
      break;
    case 'input':
      target.add({ kind: 'box', isDone: node.hasAttribute('checked') });
      break;
    case 'a':
      collectAnchor(node, marks, target);
      break;
    case 'sup':
    case 'sub':
      collectScript(node, name === 'sup', marks, target);
      break;
    case 'q':
      target.add({ kind: 'text', text: '“', marks });
      collectChildren(node, marks, target);
      target.add({ kind: 'text', text: '”', marks });
      break;
    case 'rt':
    case 'rtc':
    case 'rp':
      break; // a ruby reading beside a word would be read as part of it
    default:
      collectChildren(node, marks, target);
  }
}

const MAX_ALT = 250;

function collectImage(node: ElementNode, marks: Marks, target: RunTarget): void {
  const src = target.options.resolve(node.src, 'image');
  if (src === undefined) return;
  const alt = (node.getAttribute('alt') ?? '').replace(/\s+/g, ' ').trim().slice(0, MAX_ALT);
  const title = node.getAttribute('data-caption') ?? '';
  target.add({ kind: 'image', src, alt, title, marks });
}

function collectAnchor(anchor: ElementNode, marks: Marks, target: RunTarget): void {
  const href = anchor.getAttribute('href') ?? '';
  if (isNoteMark(anchor, href)) {
    target.add({ kind: 'script', text: shortText(anchor), isRaised: true, note: 'linked', marks });
    return;
  }
  collectChildren(anchor, { ...marks, href: target.options.resolve(href, 'link') ?? marks.href }, target);
}

/** A footnote mark after a word that no element raises, as on Substack and Medium. */
function isNoteMark(anchor: ElementNode, href: string): boolean {
  if (!href.startsWith('#') || href.length < 2) return false;
  if (!/^\[?(?:\d{1,3}|[*†‡]{1,3})\]?$/.test(shortText(anchor, 8))) return false;
  const before = anchor.previousSibling;
  if (before !== null) return before.nodeType !== 3 || !/[\s([]$/.test(before.data);
  const around = anchor.parentNode?.localName === 'span' ? anchor.parentNode.previousSibling : null;
  return around?.nodeType === 3 && /[^\s([,;–-]$/.test(around.data);
}

const LONGEST_SCRIPT = 80;

function collectScript(script: ElementNode, isRaised: boolean, marks: Marks, target: RunTarget): void {
  const text = shortText(script, LONGEST_SCRIPT);
  if (text.length >= LONGEST_SCRIPT || script.getElementsByTagName('img').length > 0) {
    target.add({ kind: 'text', text: ' ', marks });
    collectChildren(script, marks, target);
    return;
  }
  target.add({ kind: 'script', text, isRaised, note: isRaised ? noteOf(script) : 'unsaid', marks });
}

const NOTE_CLASS =
  /(?:^|[\s_-])(?:foot-?notes?|fn(?:ref)?|end-?notes?|note[_-]?(?:ref|mark)|reference|cite(?:-?ref)?|citation|easy-footnote|mw-ref)(?:$|[\s_-])/i;

function noteOf(script: ElementNode): Note {
  const anchor =
    script.getElementsByTagName('a')[0] ?? (script.parentNode?.localName === 'a' ? script.parentNode : undefined);
  const href = anchor?.getAttribute('href') ?? '';
  if (href.startsWith('#') || NOTE_CLASS.test(`${script.className} ${anchor?.className ?? ''} ${script.id}`))
    return 'linked';
  if (script.getAttribute('role') === 'doc-noteref' || anchor?.getAttribute('role') === 'doc-noteref') return 'linked';
  if (anchor === undefined || href === '') return 'unsaid';
  return /#(?:fn|foot|note|cite|ref|_ftn|_edn)/i.test(href) ? 'linked' : 'cited';
}

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

/** All of an element as one line: blocks in it are set apart by `separator`. */
export function collectLine(element: ElementNode, options: RenderOptions, separator = ' '): RawRun[] {
  const runs: RawRun[] = [];
  const part = (): void => {
    runs.push({ kind: 'text', text: '\u0000', marks: NO_MARKS });
  };
  const target: RunTarget = {
    options,
    add: (run) => runs.push(run.kind === 'break' ? { kind: 'text', text: ' ', marks: NO_MARKS } : run),
    block(inner, marks) {
      part();
      collectChildren(inner, marks, target);
      part();
    },
  };
  collectChildren(element, NO_MARKS, target);
  return joinParts(runs, separator);
}

/** Where blocks met: nothing at the ends, a space after a sentence, else the separator. */
function joinParts(runs: readonly RawRun[], separator: string): RawRun[] {
  const joined: RawRun[] = [];
  let last = '';
  let isParted = false;
  for (const run of runs) {
    if (run.kind === 'text' && run.text === '\u0000') {
      isParted = true;
      continue;
    }
    const text =
      run.kind === 'text' || run.kind === 'script' || run.kind === 'formula'
        ? run.text
        : run.kind === 'image'
          ? run.alt
          : '';
    if (text.trim() === '' && run.kind !== 'image') {
      joined.push(run);
      continue;
    }
    if (isParted && last !== '')
      joined.push({ kind: 'text', text: /[.,:;!?。，：；！？–—-]$/u.test(last) ? ' ' : separator, marks: NO_MARKS });
    isParted = false;
    last = text.trim().slice(-1) || last;
    joined.push(run);
  }
  return joined;
}
