import { createHash } from 'node:crypto';

/** SHA-256 (hex) of text. */
export function hashText(text: string): string {
  return hashParts(text);
}

/** SHA-256 (hex) of texts and bytes, one after the other. */
export function hashParts(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

/** SHA-256 (hex) of a JSON value; the order of object keys does not matter and `undefined` members do not count. */
export function stableHash(value: unknown): string {
  return hashText(stableJson(value));
}

export function stableJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => stableJson(item ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, member]) => `${JSON.stringify(key)}:${stableJson(member)}`);
  return `{${members.join(',')}}`;
}
