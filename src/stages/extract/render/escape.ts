/** Escapes text for Markdown. */

/** Escapes characters that would be read as Markdown or HTML. */
export function escapeText(text: string): string {
  if (!/[\\`*_[\]<&~|]/.test(text)) return text;
  return text
    .replace(/[\\`*[\]]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/<(?=[A-Za-z/!?])/g, '\\<')
    .replace(/&(?=#?\w+;)/g, '\\&')
    .replace(/~/g, '\\~');
}

/** A paragraph that begins like a heading, a list, a quote or a rule stays a paragraph. */
export function escapeLineStarts(markdown: string): string {
  return markdown.split('\n').map(escapeLineStart).join('\n');
}

function escapeLineStart(line: string): string {
  const start = line.search(/\S/);
  if (start === -1 || !/[#>\-+=\d]/.test(line[start] ?? '')) return line;
  const rest = line.slice(start);
  if (/^(?:#{1,6}(?:\s|$)|>|[-+](?:\s|$))/.test(rest) || /^[-=]{3,}$/.test(rest.trimEnd()))
    return `${line.slice(0, start)}\\${rest}`;
  const number = /^(\d{1,9})([.)])(?=\s|$)/.exec(rest);
  return number === null ? line : `${line.slice(0, start)}${number[1]}\\${rest.slice((number[1] ?? '').length)}`;
}

/** An address that cannot end the link early. */
export function linkTarget(href: string): string {
  return href.replace(/[\s<>()\\]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}

/** A title between quotation marks; brackets would end the address for simple readers. */
export function linkTitle(title: string): string {
  return escapeText(
    title.replace(/\s+/g, ' ').replace(/[()"]/g, (sign) => (sign === '"' ? '”' : sign === '(' ? '[' : ']')),
  );
}

export function codeSpan(text: string): string {
  const longest = longestRun(text, '`');
  if (longest === 0) return `\`${text}\``;
  const fence = '`'.repeat(longest + 1);
  return `${fence} ${text} ${fence}`;
}

/** Length of the longest run of a character. */
export function longestRun(text: string, wanted: string): number {
  let longest = 0;
  let run = 0;
  for (const char of text) {
    run = char === wanted ? run + 1 : 0;
    if (run > longest) longest = run;
  }
  return longest;
}

/** TeX between dollars: no line ends, no HTML, no dollar of its own. */
export function formula(tex: string, isDisplay: boolean): string {
  const plain = tex
    .replace(/\s+/g, ' ')
    .replace(/(?<!\\)\$/g, '\\$')
    .replace(/<(?=[A-Za-z/!?])/g, '< ')
    .trim();
  return isDisplay ? `$$${plain}$$` : `$${plain}$`;
}
