import { hashText } from '../../util/stable-hash.ts';

/** Names a text, whatever its white space and the composition of its letters. */
export function contentHashOf(text: string): string {
  return hashText(text.normalize('NFC').replace(/\s+/g, ' ').trim());
}
