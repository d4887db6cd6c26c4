/** Templates of messages: literal text with slots such as `{path}`. Pure, linear in the length of the text. */

export interface Template {
  /** The text between the slots; one more than slots. */
  readonly literals: readonly string[];
  readonly slots: readonly string[];
}

const SLOT = /\{([a-z]\w{0,30})\}/gi;
/** A slot named `n`, `n1`, `n2` … takes a figure with its unit, `url` a text without a space, every other slot any text. */
const FIGURE_SLOT = /^n\d?$/;
const FIGURE =
  /^[~$−+-]?\d[\d.,:]*(?:\s?(?:%|ms|s|h|min|B|kB|MB|GB|TB|k|M|px|\/s|\/min|\/h|min \d+ s|h \d+ min|h \d+))?$/;

export function parseTemplate(text: string): Template {
  const parts = text.split(SLOT);
  return { literals: parts.filter((_, at) => at % 2 === 0), slots: parts.filter((_, at) => at % 2 === 1) };
}

export function literalLength({ literals }: Template): number {
  return literals.join('').length;
}

/** Values of the slots when the whole text has the template's form: each literal at its first place, the last one at the end. */
export function matchTemplate({ literals, slots }: Template, text: string): readonly string[] | undefined {
  const [first = '', ...others] = literals;
  if (!text.startsWith(first)) return undefined;
  if (slots.length === 0) return text === first ? [] : undefined;
  const values: string[] = [];
  let from = first.length;
  for (const [index, literal] of others.entries()) {
    const isLast = index === others.length - 1;
    const at = isLast ? text.length - literal.length : text.indexOf(literal, from + (literal === '' ? 1 : 0));
    if (at < from || !text.startsWith(literal, at)) return undefined;
    values.push(text.slice(from, at));
    from = at + literal.length;
  }
  return values.every((value, at) => fits(slots[at] ?? '', value)) ? values : undefined;
}

/** A value lies in one column: two spaces part it from the next. */
function fits(slot: string, value: string): boolean {
  if (value.includes('  ')) return false;
  if (FIGURE_SLOT.test(slot)) return FIGURE.test(value);
  return slot !== 'url' || !/\s/.test(value);
}

/** Puts values into the slots of a text, by name. */
export function fillTemplate(text: string, { slots }: Template, values: readonly string[]): string {
  return text.replace(SLOT, (whole, name: string) => values[slots.indexOf(name)] ?? whole);
}
