/** Which documents are read, by what they say they are and by their first bytes. Pure. */

const READABLE: ReadonlySet<string> = new Set([
  'text/html',
  'application/xhtml+xml',
  'text/plain',
  'text/markdown',
  'text/x-markdown',
  'application/pdf',
  'text/vtt',
  'application/x-subrip',
]);
/** Servers say this when they do not know. */
const UNKNOWN: ReadonlySet<string> = new Set([
  '',
  'application/octet-stream',
  'binary/octet-stream',
  'application/unknown',
  'unknown/unknown',
]);
const SNIFF_BYTES = 1024;

const BY_EXTENSION: Readonly<Record<string, string>> = {
  md: 'text/markdown',
  markdown: 'text/markdown',
  txt: 'text/plain',
  text: 'text/plain',
  html: 'text/html',
  htm: 'text/html',
  xhtml: 'application/xhtml+xml',
  pdf: 'application/pdf',
  vtt: 'text/vtt',
  srt: 'application/x-subrip',
};

/** Media type without parameters, lower case; empty where none was given. */
export function mediaType(contentType: string | undefined): string {
  return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** False where the declared type alone says that the document cannot be read, so that its body need not be downloaded. */
export function mayBeReadable(contentType: string | undefined): boolean {
  const type = mediaType(contentType);
  return READABLE.has(type) || UNKNOWN.has(type);
}

/** The type to read a document as; undefined when its bytes are no text. An undeclared type is told by the first bytes, then by the path's ending. */
export function readableType(contentType: string | undefined, body: Uint8Array, path: string): string | undefined {
  const start = Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, SNIFF_BYTES));
  if (start.subarray(0, SNIFF_BYTES).includes('%PDF-')) return 'application/pdf';
  if (isBinary(start)) return undefined;
  const type = mediaType(contentType);
  if (type === 'application/pdf') return undefined; // an error page, or a file that is cut off before its head
  if (type === 'text/x-markdown') return 'text/markdown';
  if (type === 'text/plain') return /\.(?:vtt|srt)$/i.test(path) ? typeByExtension(path) : type;
  if (READABLE.has(type)) return type;
  if (/^(\uFEFF|\xef\xbb\xbf)?\s*<(!doctype|html|head|body|!--|\?xml)/i.test(start.toString('latin1')))
    return 'text/html';
  if (/^\s*(?:\ufeff|\xef\xbb\xbf)?WEBVTT(?:\s|$)/.test(start.toString('latin1'))) return 'text/vtt';
  return typeByExtension(path) ?? 'text/html';
}

export function typeByExtension(path: string): string | undefined {
  const [, extension = ''] = /\.([a-z]+)$/i.exec(path) ?? [];
  return BY_EXTENSION[extension.toLowerCase()];
}

/** Archives and pictures under a text type; UTF-16 has zero bytes but also a byte order mark. */
function isBinary(start: Buffer): boolean {
  const magic = start.subarray(0, 5).toString('latin1');
  if (
    magic.startsWith('PK\x03\x04') ||
    magic.startsWith('\x89PNG') ||
    magic.startsWith('GIF8') ||
    magic.startsWith('\xff\xd8\xff')
  )
    return true;
  const utf16 = (start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff);
  return !utf16 && start.includes(0);
}
