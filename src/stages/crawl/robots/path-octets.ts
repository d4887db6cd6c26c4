/** Normalises paths, so that robots rules compare octets and not spellings (RFC 9309 §2.2.2, RFC 3986 §2.3 and §6.2.2). */

const encoder = new TextEncoder();

/** A path with its query: `*` and `$` are plain characters here, and become `%2A` and `%24`, as in patterns with literal ones. */
export function normalizePath(target: string): string {
  return normalizeOctets(target).replaceAll('*', '%2A').replaceAll('$', '%24');
}

/** A rule's path: `*` and a closing `$` stay special, any other `$` is a plain character; runs of `*` are one. */
export function normalizePattern(value: string): string {
  const anchored = value.endsWith('$');
  const body = normalizeOctets(anchored ? value.slice(0, -1) : value)
    .replaceAll('$', '%24')
    .replace(/\*+/g, '*');
  return anchored ? `${body}$` : body;
}

/** Percent-encodes non-ASCII characters, decodes unreserved ones, upper-cases the other escapes. */
function normalizeOctets(text: string): string {
  return text.replace(/[^\x21-\x7e]+/g, encodeWild).replace(/%([0-9a-f]{2})/gi, (written, hex: string) => {
    const char = String.fromCharCode(Number.parseInt(hex, 16));
    return /[A-Za-z0-9._~-]/.test(char) ? char : written.toUpperCase();
  });
}

function encodeWild(text: string): string {
  return Array.from(encoder.encode(text), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}
