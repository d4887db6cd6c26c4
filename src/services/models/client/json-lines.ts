import { parseJson } from './json.ts';

/** The objects of a JSONL file; a broken line is left out, its row counts as missing. */
export function* jsonLines(content: string): Generator<unknown> {
  for (const line of content.split('\n')) {
    const parsed = line.trim() === '' ? undefined : parseJson(line);
    if (parsed !== undefined) yield parsed;
  }
}
