import { decodeHTMLStrict } from 'entities';

const CODE_OR_ENTITY = /`[^`]*`|&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,30});/gi;

/** Text of a model that escapes as in HTML (`Tom &amp; Jerry`). Code stays, and so does an entity of white space that stands as a word of its own. */
export function withoutEntities(text: string): string {
  return text.replace(CODE_OR_ENTITY, (found, at: number) => {
    if (found.startsWith('`')) return found;
    const decoded = decodeHTMLStrict(found);
    const isWord =
      /(?:^|\s)$/.test(text.slice(Math.max(0, at - 1), at)) && /^(?:\s|$)/.test(text.slice(at + found.length));
    return decoded.trim() === '' && isWord ? found : decoded;
  });
}
