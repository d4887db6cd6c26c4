import { hashText } from '../../util/stable-hash.ts';

/** Hash of a text, independent of white space and Unicode composition. */
export function contentHashOf(text: string): string {
  return hashText(text.normalize('NFC').replace(/\s+/g, ' ').trim());
}
