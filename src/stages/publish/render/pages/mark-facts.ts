/** Marks the statements of a post, and their places in its sources, in a tree of HTML: each leads to the other. */

import type { Element, ElementContent, Root, Text } from 'hast';
import type { Fact } from '../../../../core/types.ts';

export interface NumberedFact extends Fact {
  readonly number: number;
}

export const factId = (number: number): string => `f${number}`;
export const lineId = (line: number): string => `line-${line}`;
const sourceId = (number: number): string => `s${number}`;

const BLOCKS = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'li', 'blockquote', 'table', 'tr', 'pre']);

/** Gives each block of a post's body its line as anchor and marks the statements in its text. */
export function markBody(tree: Root, facts: readonly NumberedFact[]): void {
  const waiting = new Set(facts.filter(({ line }) => line !== undefined));
  const lines = new Set<number>();
  const visit = (node: Root | Element, insideLink: boolean): void => {
    node.children = node.children.flatMap((child): ElementContent[] => {
      if (child.type === 'doctype') return [];
      if (child.type === 'text') return markText(child, waiting, insideLink);
      if (child.type !== 'element') return [child];
      const line = child.position?.start.line;
      if (BLOCKS.has(child.tagName) && line !== undefined && !lines.has(line)) {
        lines.add(line);
        child.properties['id'] = lineId(line);
      }
      visit(child, insideLink || child.tagName === 'a');
      return [child];
    });
  };
  visit(tree, false);
}

/** The statements of a text that is no part of the body: those without a line. */
export function markDescription(text: string, facts: readonly NumberedFact[]): Element {
  const places = facts
    .filter(({ line, raw }) => line === undefined && text.includes(raw))
    .map((fact) => ({
      start: text.indexOf(fact.raw),
      end: text.indexOf(fact.raw) + fact.raw.length,
      wrap: () => statementMark(fact, false),
    }));
  return element('p', { className: ['description'] }, splice(text, places, 0, text.length));
}

/** A source's text in paragraphs, with the places that the post's statements come from. */
export function markSource(text: string, article: number, facts: readonly NumberedFact[]): Element[] {
  const places = facts.flatMap(({ source, number }) => {
    if (source?.article !== article || source.at === undefined) return [];
    const wrap = (raw: string) =>
      mark(sourceId(number), 'found', [element('a', { href: `#${factId(number)}` }, [{ type: 'text', value: raw }])]);
    return [{ ...source.at, wrap }];
  });
  return [...text.matchAll(/[^\n](?:.|\n(?!\n))*/g)].map(({ 0: paragraph, index }) => {
    const end = index + paragraph.length;
    return element(
      'p',
      {},
      splice(
        text,
        places.filter((place) => place.start >= index && place.end <= end),
        index,
        end,
      ),
    );
  });
}

interface Place {
  readonly start: number;
  readonly end: number;
  readonly wrap: (raw: string) => Element;
}

/** Text from `from` to `to` with its places wrapped; of two that overlap the first is wrapped, the other one keeps its anchor behind it. */
function splice(text: string, places: readonly Place[], from: number, to: number): ElementContent[] {
  const nodes: ElementContent[] = [];
  let at = from;
  for (const { start, end, wrap } of [...places].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (start < at) {
      nodes.push(element('span', wrap('').properties, []));
      continue;
    }
    nodes.push({ type: 'text', value: text.slice(at, start) }, wrap(text.slice(start, end)));
    at = end;
  }
  nodes.push({ type: 'text', value: text.slice(at, to) });
  return nodes;
}

function markText(node: Text, waiting: Set<NumberedFact>, insideLink: boolean): ElementContent[] {
  const { position, value } = node;
  const here =
    position === undefined
      ? undefined
      : [...waiting].find(
          ({ line = 0, raw }) => line >= position.start.line && line <= position.end.line && value.includes(raw),
        );
  if (here === undefined) return [node];
  waiting.delete(here);
  const start = value.indexOf(here.raw);
  const rest = (part: string) => (part === '' ? [] : markText({ ...node, value: part }, waiting, insideLink));
  return [
    ...rest(value.slice(0, start)),
    statementMark(here, insideLink),
    ...rest(value.slice(start + here.raw.length)),
  ];
}

function statementMark({ raw, number, source, kind }: NumberedFact, insideLink: boolean): Element {
  const word: Text = { type: 'text', value: raw };
  if (source === undefined) return mark(factId(number), 'missing', [word], `This ${kind} is in none of the sources`);
  if (source.at === undefined)
    return mark(factId(number), 'found', [word], `This ${kind} is in the title or the metadata of a source`);
  return mark(factId(number), 'found', [insideLink ? word : element('a', { href: `#${sourceId(number)}` }, [word])]);
}

function mark(id: string, className: 'found' | 'missing', children: ElementContent[], title?: string): Element {
  return element('mark', { id, className: [className], ...(title === undefined ? {} : { title }) }, children);
}

function element(tagName: string, properties: Element['properties'], children: ElementContent[]): Element {
  return { type: 'element', tagName, properties, children };
}
