/** Decides which documents are read, by declared type and first bytes (WHATWG MIME sniffing). Pure. */

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
/** Types that servers send when they do not know the type. */
const UNKNOWN: ReadonlySet<string> = new Set([
  '',
  '*/*',
  'application/octet-stream',
  'binary/octet-stream',
  'application/unknown',
  'unknown/unknown',
]);
/** May hold XHTML; the root element decides. */
const XML: ReadonlySet<string> = new Set(['application/xml', 'text/xml']);
/** Text, but not an article. */
const OTHER_TEXT: ReadonlySet<string> = new Set([
  'text/css',
  'text/csv',
  'text/javascript',
  'text/ecmascript',
  'text/calendar',
  'text/vcard',
  'text/event-stream',
  'text/tab-separated-values',
]);
const SNIFF_BYTES = 1445; // the standard's resource header

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

const TOKEN = "[!#$%&'*+\\-.^_`|~0-9a-z]+";
const ESSENCE = new RegExp(`^${TOKEN}/${TOKEN}$`);

/**
 * The media type of a Content-Type header without its parameters, lower case; empty where none can be read. Of several the last one that
 * is valid counts, as in the Fetch standard.
 */
export function mediaType(contentType: string | undefined): string {
  const types = (contentType ?? '').split(',').map((value) => value.split(';', 1)[0]?.trim().toLowerCase() ?? '');
  return types.findLast((type) => ESSENCE.test(type) && type !== '*/*') ?? '';
}

/** False when the declared type alone shows that the document is unreadable, so that its body is not downloaded. */
export function mayBeReadable(contentType: string | undefined): boolean {
  const type = mediaType(contentType);
  if (READABLE.has(type) || UNKNOWN.has(type) || XML.has(type)) return true;
  return !OTHER_TEXT.has(type) && !OTHER_DATA.test(type);
}

/** Types that name other data than a page. What is left (`application/x-httpd-php`, `application/force-download`) was set by mistake: the bytes decide. */
const OTHER_DATA =
  /^(?:image|audio|video|font|model|message)\/|^application\/(?!vnd\.wap\.)(?:vnd\.|.*(?:\+(?:json|xml|zip)$|json|javascript|ecmascript|zip|compress|archive|tar|rar|7z|word|excel|powerpoint|epub|rtf|postscript|flash|java|wasm|font|sql|sqlite|pkcs|pgp|torrent|ogg|mpeg|mp4|apk|msdownload|dosexec|executable|stream$))/;

/** The type to read a document as; undefined when its bytes are not a readable text. An undeclared type is detected from the first bytes, then from the file extension. */
export function readableType(contentType: string | undefined, body: Uint8Array, path: string): string | undefined {
  const start = Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, SNIFF_BYTES));
  const head = start.toString('latin1');
  if (head.includes('%PDF-') && !HTML_START.test(head)) return 'application/pdf'; // some programs write bytes before the signature
  if (hasForeignSignature(head) || LIST_ROOT.test(head)) return undefined;
  const type = mediaType(contentType);
  if (type === 'application/pdf') return undefined; // an error page, or a file that is cut off before its head
  if (type === 'text/html' || type === 'application/xhtml+xml') return type; // a stray NUL byte does not make a page binary
  if (isBinary(start, head)) return undefined;
  if (type === 'text/markdown' || type === 'text/x-markdown') return 'text/markdown';
  if (type === 'text/plain') return /\.(?:vtt|srt)$/i.test(path) ? typeByExtension(path) : type;
  if (READABLE.has(type)) return type;
  if (XML.has(type)) return XHTML_ROOT.test(head) ? 'application/xhtml+xml' : undefined;
  if (HTML_START.test(head)) return 'text/html';
  if (!UNKNOWN.has(type)) return undefined; // some text format that is not HTML
  if (/^\s*(?:\xef\xbb\xbf)?WEBVTT(?:\s|$)/.test(head)) return 'text/vtt';
  return typeByExtension(path) ?? (/<[a-z][a-z0-9]*[\s>]/i.test(head) ? 'text/html' : 'text/plain');
}

export function typeByExtension(path: string): string | undefined {
  const [, extension = ''] = /\.([a-z]+)$/i.exec(path) ?? [];
  return BY_EXTENSION[extension.toLowerCase()];
}

const MARK = '(?:\\xef\\xbb\\xbf)?';
const HTML_START = new RegExp(
  `^${MARK}\\s*<(?:!--|\\?xml|(?:!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p)[\\s>])`,
  'i',
);
/** An `html` root behind the prolog; comments and a DOCTYPE may stand before it. */
const XHTML_ROOT = /<html[\s>]/i;

/** The first element of a feed, a sitemap or a subscription list; servers call them HTML too (MIME Sniffing §7.3, mislabeled feeds). */
const LIST_ROOT = /^(?:\xef\xbb\xbf)?\s*(?:<[?!][^<>]*>\s*)*<(?:rss|feed|rdf:rdf|urlset|sitemapindex|opml)[\s>]/i;

/** True for a document that lists pages, by its type or its first bytes. */
export function namesPages(contentType: string | undefined, body: Uint8Array): boolean {
  const head = Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, SNIFF_BYTES)).toString('latin1');
  return /^application\/(?:rss|atom|rdf|feed)\+(?:xml|json)$/.test(mediaType(contentType)) || LIST_ROOT.test(head);
}

/** Archives, pictures and programs, whatever the declared type. */
function hasForeignSignature(head: string): boolean {
  return /^(?:PK\x03\x04|\x89PNG|GIF8|\xff\xd8\xff|RIFF....WEBP|\x1f\x8b|7z\xbc\xaf|Rar!\x1a|BZh|OggS|ID3|\x7fELF|....ftyp|\x00asm|wOF[F2])/s.test(
    head,
  );
}

/** True when the share of bytes that never occur in text (WHATWG "binary data byte") is significant; UTF-16 has zero bytes too. */
function isBinary(start: Buffer, head: string): boolean {
  const isUtf16 = /^(?:\xff\xfe|\xfe\xff)/.test(head) || /^(?:<\x00|\x00<)/.test(head);
  if (isUtf16) return false;
  const binary = head.match(/[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]/g)?.length ?? 0;
  return binary > start.byteLength / 100;
}
