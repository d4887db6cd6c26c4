import type { Prompt } from '../../../core/ports.ts';

/** Overhead of roles, separators and other tokens that a vendor adds to a prompt. */
const FRAME_TOKENS = 200;
/** English needs fewer tokens than this in every vocabulary in use: 0.20 to 0.28 for each byte. */
const TOKENS_PER_OWN_BYTE = 0.5;

/**
 * Upper bound of the tokens of a prompt. Text that the program does not know counts by bytes: in any vocabulary a token is at least one
 * byte of UTF-8, while an estimate is far too low for base64 or Zulu. `ownBytes` of the system prompt are the program's own English
 * instructions. `counted` is the vendor's own count of instructions and schema, where there is one. The schema is the program's own, too; it counts by bytes, which leaves room for vendors that reword it for the model.
 */
export function mostInputTokens({ system, user, schema }: Prompt, ownBytes = 0, counted?: number): number {
  const own = Math.min(ownBytes, bytesOf(system));
  const shared = bytesOf(system) - own + Math.ceil(own * TOKENS_PER_OWN_BYTE) + bytesOf(JSON.stringify(schema));
  return bytesOf(user) + Math.min(shared + FRAME_TOKENS, counted ?? Number.POSITIVE_INFINITY);
}

export function bytesOf(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
