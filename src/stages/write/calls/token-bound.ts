import type { Prompt } from '../../../core/ports.ts';

/** Overhead of roles, separators and other tokens that a vendor adds to a prompt. */
const FRAME_TOKENS = 200;
/** Vendors reword a schema for the model. */
const SCHEMA_FACTOR = 2;

/**
 * Upper bound of the tokens of a prompt, for any language and vocabulary: a token is at least one byte of UTF-8.
 * An estimate is closer for English but far too low for base64 or Zulu, and only an upper bound guarantees the cap.
 */
export function mostInputTokens({ system, user, schema }: Prompt): number {
  return bytesOf(system) + bytesOf(user) + SCHEMA_FACTOR * bytesOf(JSON.stringify(schema)) + FRAME_TOKENS;
}

function bytesOf(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
