/**
 * Translates messages on their way to a person. Messages are made, stored and logged in English; here a text is compared with the templates
 * of a catalogue, and what stands in the slots is translated in turn. A text without a template stays as it is. Pure.
 */

import { asMany } from '../../util/text/plural.ts';
import { inLines } from './layout.ts';
import { choosingParticles } from './particles.ts';
import { fillTemplate, literalLength, matchTemplate, parseTemplate, type Template } from './template.ts';

export type Say = (text: string) => string;

interface Entry {
  readonly template: Template;
  readonly translation: string;
}

/** A message in a message in a message. */
const DEEPEST = 6;
/** Longer texts are no messages. */
const LONGEST = 4000;
const MOST_KEPT = 500;

/** English templates to their translations. */
export type Catalogue = Readonly<Record<string, string>>;

export function createTranslator(catalogue: Catalogue): Say {
  const texts = new Map(Object.entries(catalogue).filter(([key]) => !key.includes('{')));
  // The template with the most literal text is the most specific one.
  const entries = Object.entries(catalogue)
    .filter(([key]) => key.includes('{'))
    .map(([key, translation]): Entry => ({ template: parseTemplate(key), translation }))
    .sort((a, b) => literalLength(b.template) - literalLength(a.template));

  const wholly = (text: string, depth: number): string | undefined => {
    const form = formOf(text, depth);
    const many = form === undefined ? asMany(text) : text;
    return many === text ? form : formOf(many, depth); // templates are written for many: `{n} entries`
  };

  const formOf = (text: string, depth: number): string | undefined => {
    const known = texts.get(text);
    if (known !== undefined) return known;
    for (const { template, translation } of entries) {
      const values = matchTemplate(template, text);
      if (values !== undefined)
        return fillTemplate(
          translation,
          template,
          values.map((value) => within(value, depth + 1)),
        );
    }
    return undefined;
  };

  /** A message, or the parts of it that are known: what brackets and marks enclose, both sides of a colon, each sentence. */
  const within = (text: string, depth: number): string => {
    if (depth > DEEPEST || text.length > LONGEST || !/[a-z%]/i.test(text)) return text;
    const whole = wholly(text, depth);
    if (whole !== undefined) return whole;
    const [before, core, after] = peeled(text);
    if (core !== text && core !== '') {
      const said = within(core, depth + 1);
      if (said !== core) return before + said + after;
    }
    for (const seam of SEAMS) {
      const { index, 0: between } = seam.exec(text) ?? { index: -1, 0: '' };
      if (index < 1 || (seam === NAME && /[[(]/.test(text.slice(0, index)))) continue;
      const said = aside(text.slice(0, index), depth) + between + aside(text.slice(index + between.length), depth);
      if (said !== text) return said;
    }
    return text;
  };

  /** A single word beside a seam may be a name or the beginning of a title, so it stays. */
  const aside = (part: string, depth: number): string => (/^\S+$/.test(part) ? part : within(part, depth + 2));

  const sayings = { whole: (line: string) => wholly(line, 0), part: (part: string) => within(part, 0) };
  const said = new Map<string, string>(); // the live view says the same ten times a second
  return (text) => {
    const before = said.get(text);
    if (before !== undefined) return before;
    const now = inLines(text, sayings, choosingParticles);
    if (said.size >= MOST_KEPT) said.clear();
    said.set(text, now);
    return now;
  };
}

const OPENING = ' \t(,;·→–|';
const CLOSING = ' \t),;';

/** What stands between opening and closing marks. */
function peeled(text: string): readonly [before: string, core: string, after: string] {
  let start = 0;
  let end = text.length;
  while (start < end && OPENING.includes(text[start] ?? '')) start += 1;
  while (end > start && CLOSING.includes(text[end - 1] ?? '')) end -= 1;
  return [text.slice(0, start), text.slice(start, end), text.slice(end)];
}

/** Behind a name. */
const NAME = /: /;

/** Where a text of several messages is parted: before the hint, behind a name, at a bracket, behind a sentence, at a comma. */
const SEAMS = [/ → /, NAME, / (?=[[(])/, /(?<=[.!?]) (?=[A-Z`])/, /, | · /] as const;
