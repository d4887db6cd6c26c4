/** XHTML as HTML. Pure, linear, and tolerant: what is no markup stays as it is. */

const VOID: ReadonlySet<string> = new Set(
  'area base br col embed hr img input link meta param source track wbr'.split(' '),
);

/**
 * XML may close any element in its start tag (`<script/>`), which HTML reads as an open one, and may write text as CDATA, which HTML takes for
 * a comment. Both become what they mean in HTML.
 */
export function xhtmlToHtml(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at)) {
    if (text.startsWith('<![CDATA[', at)) {
      const end = endOf(text, ']]>', at);
      parts.push(text.slice(from, at), escapeText(text.slice(at + 9, end - 3)));
      from = end;
      at = end;
    } else if (text.startsWith('<!--', at)) at = endOf(text, '-->', at);
    else if (text.startsWith('<?', at)) at = endOf(text, '?>', at);
    else {
      const end = endOfTag(text, at);
      const name = /^<([a-z][\w:.-]*)/i.exec(text.slice(at, Math.min(end, at + 100)))?.[1];
      if (name !== undefined && text[end - 2] === '/' && !VOID.has(name.toLowerCase())) {
        parts.push(text.slice(from, end - 2), `></${name}>`);
        from = end;
      }
      at = end;
    }
  }
  return from === 0 ? text : parts.join('') + text.slice(from);
}

/** The place behind `mark`, or the end of the text. */
function endOf(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at === -1 ? text.length : at + mark.length;
}

/** The place behind the tag; `>` may stand in quoted values. */
function endOfTag(text: string, from: number): number {
  let quote = '';
  for (let at = from + 1; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === '>') return at + 1;
    else if (character === '<') return at;
  }
  return text.length;
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
