import type { Prompt } from '../../../core/ports.ts';

/** Roles, separators and other tokens that a vendor puts around the parts of a prompt. */
const FRAME_TOKENS = 200;
/** Vendors show a schema to the model in words of their own. */
const SCHEMA_FACTOR = 2;

/**
 * The most tokens that a prompt can have, whatever its language and the model's vocabulary: a token is at least one byte of UTF-8.
 * An estimate is closer for English and far too low for base64 or Zulu, and a cap is kept only by a true bound.
 */
export function mostInputTokens({ system, user, schema }: Prompt): number {
  return bytesOf(system) + bytesOf(user) + SCHEMA_FACTOR * bytesOf(JSON.stringify(schema)) + FRAME_TOKENS;
}

function bytesOf(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
