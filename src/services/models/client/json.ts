/** Careful looks into what vendors and compatible servers send. */

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The member at the end of a path of names and indexes, or undefined. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let current = value;
  for (const step of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = (current as Record<string | number, unknown>)[step]; // an object or array: any key may be asked for
  }
  return current;
}

export function textAt(value: unknown, ...path: readonly (string | number)[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** A count, also where it stands as a string (Google's int64). */
export function countAt(value: unknown, ...path: readonly (string | number)[]): number | undefined {
  const found = at(value, ...path);
  const count = typeof found === 'string' && found !== '' ? Number(found) : found;
  return typeof count === 'number' && Number.isFinite(count) && count >= 0 ? count : undefined;
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the caller says what was expected
  }
}

/** The objects of a JSONL file; a broken line is left out, its row counts as missing. Some servers send one list instead. */
export function* jsonLines(content: string): Generator<unknown> {
  const whole = /^\s*\[/.test(content) ? parseJson(content) : undefined;
  if (Array.isArray(whole)) return yield* whole as readonly unknown[];
  for (const line of content.split('\n')) {
    const parsed = line.trim() === '' ? undefined : parseJson(line);
    if (parsed !== undefined) yield parsed;
  }
}
