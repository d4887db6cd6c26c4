/** Addresses that a mail program broke over lines, put together again. The lines stay, so that places in the text stay true. Pure, linear. */

/** Longest address in brackets that is looked for. */
const MAX_CHARS = 2_000;
const MAX_LINES = 4;

/** Text with each address on the line where it begins; the lines that it took are empty. */
export function withoutBrokenLines(text: string): string {
  return joinBrackets(decodeQuotedPrintable(text));
}

/** Quoted-printable (RFC 2045 §6.7): every `=` stands before two digits or a line end, and both an escaped `=` and a broken line are there. */
function decodeQuotedPrintable(text: string): string {
  if (!/=3D/.test(text) || !/=\r?\n/.test(text) || /=(?![0-9A-F]{2}|\r?\n)/.test(text.trimEnd())) return text;
  const lines: string[] = [];
  let open: string | undefined;
  let taken = 0;
  for (const line of text.split(/\r?\n/)) {
    const whole: string = (open ?? '') + line.replace(/=$/, '');
    if (line.endsWith('=')) {
      open = whole;
      taken += 1;
      continue;
    }
    lines.push(decodeEscapes(whole), ...Array.from({ length: taken }, () => ''));
    open = undefined;
    taken = 0;
  }
  if (open !== undefined) lines.push(decodeEscapes(open));
  return lines.join('\n');
}

function decodeEscapes(line: string): string {
  return line.replace(/(?:=[0-9A-F]{2})+/g, (run) => Buffer.from(run.replaceAll('=', ''), 'hex').toString('utf8'));
}

/** `<https://…` whose bracket closes on a later line (RFC 3986, appendix C: white space within the brackets is no part of the address). */
function joinBrackets(text: string): string {
  if (!/<(?:URL:)?https?:[^<>\n]*\n/i.test(text)) return text;
  return text.replace(/<(?:URL:)?https?:[^<>]{1,2000}>/gi, (written) => {
    const breaks = written.split(/\r\n|\r|\n/).length - 1;
    if (breaks === 0 || breaks > MAX_LINES || written.length > MAX_CHARS) return written;
    return written.replace(/\s+/g, '') + '\n'.repeat(breaks);
  });
}
