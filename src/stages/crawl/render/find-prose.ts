/** Finds the article in data of unknown structure: the subtree with most of the prose. Pure. */

export interface FoundProse {
  readonly title: string | undefined;
  /** Paragraphs or pieces of HTML, in order. */
  readonly blocks: readonly string[];
  readonly chars: number;
}

const MAX_NODES = 100_000;
const MAX_DEPTH = 60;
const MIN_PROSE = 60;
/** The article is the smallest part that holds this share of all prose. */
const SHARE = 0.6;

interface Weighed {
  readonly value: unknown;
  readonly prose: number;
  readonly children: readonly Weighed[];
}

export function findProse(state: unknown): FoundProse {
  const budget = { nodes: MAX_NODES, seen: new Set<object>() };
  const path = descend(weigh(state, budget, 0));
  const blocks = distinct(gather(path.at(-1)?.value));
  const chars = blocks.reduce((sum, block) => sum + block.replace(/<[^<>]*>/g, '').length, 0);
  return { title: titleOf(path.map(({ value }) => value)), blocks, chars };
}

/** An object that stands in several places is weighed once. */
function weigh(value: unknown, budget: { nodes: number; readonly seen: Set<object> }, depth: number): Weighed {
  budget.nodes -= 1;
  if (typeof value === 'string') return { value, prose: isProse(value) ? value.length : 0, children: [] };
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return { value, prose: 0, children: [] };
  if (budget.seen.has(value)) return { value, prose: 0, children: [] };
  budget.seen.add(value);
  const children: Weighed[] = [];
  for (const child of Object.values(value)) {
    if (budget.nodes <= 0) break;
    if (typeof child === 'string' || typeof child === 'object') children.push(weigh(child, budget, depth + 1));
  }
  return { value, prose: children.reduce((sum, { prose }) => sum + prose, 0), children };
}

/** From the whole tree to the smallest object or list that still holds most of the prose. */
function descend(root: Weighed): readonly Weighed[] {
  const path = [root];
  for (let node = root; ; ) {
    const largest = [...node.children].sort((a, b) => b.prose - a.prose)[0];
    const isList = Array.isArray(node.value) && node.children.filter(({ prose }) => prose > 0).length > 1;
    // In a list of paragraphs none has most of the prose; in a list of articles the largest is taken only if it does.
    if (
      largest === undefined ||
      typeof largest.value === 'string' ||
      largest.prose < node.prose * SHARE ||
      (isList && largest.prose < root.prose * SHARE)
    )
      return path;
    path.push(largest);
    node = largest;
  }
}

/** Strings of prose in order; the pieces of one `children` list are one paragraph. */
function gather(value: unknown, depth = 0): string[] {
  if (typeof value === 'string') return isProse(value) ? [value] : [];
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return [];
  const run = Array.isArray(value) ? undefined : inlineRun(value);
  if (run !== undefined) return run.trim() === '' ? [] : [run];
  const isRecord = !Array.isArray(value);
  return Object.entries(value).flatMap(([key, child]) => {
    const isLabel = isRecord && typeof child === 'string' && child.length < 200 && !TEXT_KEYS.test(key);
    return isLabel ? [] : gather(child, depth + 1);
  });
}

const TEXT_KEYS =
  /text|body|content|html|markdown|paragraph|value|description|caption|quote|summary|answer|copy|lead|intro/i;

/** The text of a rich-text block such as `{ type: 'p', children: [{ text }, { text, bold }] }`; undefined for another object. */
function inlineRun(block: object): string | undefined {
  const children: unknown = Reflect.get(block, 'children') ?? Reflect.get(block, 'spans');
  if (!Array.isArray(children) || children.length === 0) return undefined;
  const texts = children.map((child: unknown) =>
    typeof child === 'string'
      ? child
      : typeof child === 'object' && child !== null
        ? Reflect.get(child, 'text')
        : undefined,
  );
  return texts.every((text) => typeof text === 'string') ? texts.join('') : undefined;
}

/** Sentences, or HTML that holds some: not an address, a class list, a style sheet or packed data. */
function isProse(text: string): boolean {
  if (text.length < MIN_PROSE || /^(https?:|data:|\/|[{[])/.test(text)) return false;
  const sample = text.slice(0, 2000).replace(/<[^<>]*>/g, ' ');
  const words = sample.split(/\s+/).length;
  const isSpaced = words >= sample.length / 15;
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  const isDense = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Hangul}\p{Script=Thai}]{10}/u.test(sample);
  return letters > sample.trim().length * 0.6 && (isSpaced || isDense) && !/[{};]\s*[a-z-]+\s*:/.test(sample);
}

/** State often contains a text twice: as Markdown and HTML, or as an excerpt. */
function distinct(blocks: readonly string[]): readonly string[] {
  const plain = (block: string) => block.replace(/<[^<>]*>/g, '').replace(/[\s\p{P}]+/gu, '');
  const kept: { readonly block: string; readonly text: string }[] = [];
  for (const block of blocks.slice(0, 2000)) {
    const text = plain(block);
    const start = text.slice(0, 80);
    const twin = kept.findIndex((other) => other.text.startsWith(start) || text.startsWith(other.text.slice(0, 80)));
    if (twin === -1) kept.push({ block, text });
    else if (text.length > (kept[twin]?.text.length ?? 0)) kept[twin] = { block, text };
  }
  return kept.map(({ block }) => block);
}

/** The title nearest to the article. */
function titleOf(path: readonly unknown[]): string | undefined {
  for (const value of [...path].reverse()) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) continue;
    for (const key of ['headline', 'title', 'name']) {
      const title: unknown = Reflect.get(value, key);
      if (typeof title === 'string' && title.trim() !== '' && title.length < 300) return title;
    }
  }
  return undefined;
}
