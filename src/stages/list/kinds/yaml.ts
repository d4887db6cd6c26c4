import { parse, YAMLParseError } from 'yaml';
import type { ListContent } from '../list-row.ts';
import { quoted } from '../read/quoted.ts';
import { rowsOfDocument } from './json.ts';
import { parseTextRows } from './text.ts';

/** Addresses of a YAML document: sequences of addresses or mappings, with or without keys above them. */
export function parseYamlRows(text: string): ListContent {
  try {
    const document: unknown = parse(text, { logLevel: 'silent' });
    // Lines of a plain sequence may carry options as lines of a text do.
    const isPlain = Array.isArray(document) && document.every((item) => typeof item === 'string');
    if (isPlain || typeof document !== 'object' || document === null) return parseTextRows(text);
    return { rows: [...rowsOfDocument(document, text)] };
  } catch (error) {
    const line = error instanceof YAMLParseError ? (error.linePos?.[0].line ?? 1) : 1;
    const reason = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error);
    return { rows: [{ kind: 'problem', line, message: `expected YAML, got ${quoted(reason)}` }] };
  }
}
