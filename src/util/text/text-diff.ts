/** Diff of two texts for people: by paragraphs, and by words within a changed paragraph. Pure. */

import { diffArrays } from 'diff';

export type DiffPart =
  | { readonly kind: 'same'; readonly paragraphs: number }
  | { readonly kind: 'removed' | 'added'; readonly text: string }
  /** Both versions of a paragraph, with changed words in `[ ]`. */
  | { readonly kind: 'changed'; readonly before: string; readonly after: string };

/** Beyond this many edits, the texts count as replaced as a whole. */
const MAX_EDITS = 2_000;
/** Minimum similarity (0 to 1) for two paragraphs to be versions of one. */
const ALIKE = 0.4;

export function diffTexts(before: string, after: string): DiffPart[] {
  const [old, now] = [paragraphsOf(before), paragraphsOf(after)];
  const parts: DiffPart[] = [];
  let removed: string[] = [];
  let added: string[] = [];
  const settle = () => {
    parts.push(...pair(removed, added));
    removed = [];
    added = [];
  };
  for (const { kind, item } of compare(old, now)) {
    if (kind === 'removed') removed.push(item);
    else if (kind === 'added') added.push(item);
    else {
      settle();
      const last = parts.at(-1);
      if (last?.kind === 'same') parts[parts.length - 1] = { kind: 'same', paragraphs: last.paragraphs + 1 };
      else parts.push({ kind: 'same', paragraphs: 1 });
    }
  }
  settle();
  return parts;
}

function paragraphsOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Pairs removed paragraphs with similar added ones, in order. */
function pair(removed: readonly string[], added: readonly string[]): DiffPart[] {
  const parts: DiffPart[] = [];
  let next = 0;
  for (const before of removed) {
    const at = added.findIndex(
      (after, index) => index >= next && index < next + 20 && likeness(before, after) >= ALIKE,
    );
    const after = added[at];
    if (after === undefined) {
      parts.push({ kind: 'removed', text: before });
      continue;
    }
    for (const text of added.slice(next, at)) parts.push({ kind: 'added', text });
    parts.push(byWords(before, after));
    next = at + 1;
  }
  return [...parts, ...added.slice(next).map((text) => ({ kind: 'added', text }) as const)];
}

/** Share of common words. */
function likeness(a: string, b: string): number {
  const [one, other] = [new Set(wordsIn(a)), new Set(wordsIn(b))];
  const shared = [...one].filter((word) => other.has(word)).length;
  return (2 * shared) / Math.max(1, one.size + other.size);
}

function wordsIn(text: string): string[] {
  return text.split(' ').filter((word) => word !== '');
}

function byWords(before: string, after: string): DiffPart {
  const steps = compare(wordsIn(before), wordsIn(after));
  return { kind: 'changed', before: marked(steps, 'removed'), after: marked(steps, 'added') };
}

function marked(steps: readonly Step[], kind: 'removed' | 'added'): string {
  const words: string[] = [];
  let open: string[] = [];
  const close = () => {
    if (open.length > 0) words.push(`[${open.join(' ')}]`);
    open = [];
  };
  for (const step of steps) {
    if (step.kind === kind) open.push(step.item);
    else if (step.kind === 'same') {
      close();
      words.push(step.item);
    }
  }
  close();
  return words.join(' ');
}

interface Step {
  readonly kind: 'same' | 'removed' | 'added';
  readonly item: string;
}

function compare(old: readonly string[], now: readonly string[]): Step[] {
  const changes = diffArrays([...old], [...now], { maxEditLength: MAX_EDITS }) ?? [
    { removed: true, added: false, value: old },
    { removed: false, added: true, value: now },
  ];
  return changes.flatMap(({ removed, added, value }) => {
    const kind = removed ? 'removed' : added ? 'added' : 'same';
    return value.map((item) => ({ kind, item }) as const);
  });
}
