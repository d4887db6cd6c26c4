/** Finds the JSON in an answer, even when a plugin of the site prints text around it. Pure. */

/** Places where the JSON may begin that are tried. */
const MOST_STARTS = 200;

/**
 * A byte order mark or a notice of PHP may stand before it, and a comment of a cache behind it. A page is no answer, whatever JSON its scripts
 * hold: undefined.
 */
export function parseJsonIn(text: string): unknown {
  const plain = text.replace(/^\uFEFF+/, '');
  const whole = parse(plain);
  if (whole !== undefined) return whole;
  const body = withoutComments(plain);
  if (!/[}\]]$/.test(body)) return undefined;
  let start = -1;
  for (let tries = 0; tries < MOST_STARTS; tries += 1) {
    start = nextStart(body, start + 1);
    if (start === -1 || /<(?:!doctype|html|head|body)\b/i.test(body.slice(0, start))) return undefined;
    const json = parse(body.slice(start));
    if (typeof json === 'object' && json !== null) return json;
  }
  return undefined;
}

function nextStart(text: string, from: number): number {
  const starts = [text.indexOf('{', from), text.indexOf('[', from)].filter((at) => at !== -1);
  return starts.length === 0 ? -1 : Math.min(...starts);
}

/** Without the comments at the end. */
function withoutComments(text: string): string {
  let body = text.trimEnd();
  while (body.endsWith('-->')) {
    const start = body.lastIndexOf('<!--');
    if (start === -1) break;
    body = body.slice(0, start).trimEnd();
  }
  return body;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
