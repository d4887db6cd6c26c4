import { mainFrame } from './text/frames.ts';
import { readRefresh } from './text/refresh.ts';
import type { DocumentSigns } from './text/scan-document.ts';

/** A page with less text than this has no content besides a frame or redirect. */
const LITTLE_TEXT = 400;
/** Longer delays mean a page that reloads, or one to be read before it redirects. */
const MAX_DELAY_SECONDS = 10;

/** The document that a page only points to, by `Refresh` or by the one frame that fills it; undefined when the page is the document. */
export function nextDocument(
  signs: DocumentSigns,
  url: string,
  headers: Readonly<Record<string, string>>,
): string | undefined {
  const { refresh = readRefresh(headers['refresh'] ?? '') } = signs;
  if (refresh !== undefined && refresh.delaySeconds <= MAX_DELAY_SECONDS) {
    const isImmediate = refresh.delaySeconds <= 1 && !refresh.inNoscript;
    const target = resolve(refresh.url, url);
    if (target !== undefined && (isImmediate || signs.textChars < LITTLE_TEXT)) return target;
  }
  const frame = signs.textChars < LITTLE_TEXT ? mainFrame(signs.frames) : undefined;
  if (frame === undefined) return undefined;
  const target = resolve(frame.src, url);
  return target !== undefined && (frame.kind === 'frame' || isSameSite(target, url)) ? target : undefined;
}

/** Absolute and without fragment; undefined for the page itself and for other schemes than http(s). */
function resolve(written: string, base: string): string | undefined {
  if (!URL.canParse(written, base)) return undefined;
  const url = new URL(written, base);
  url.hash = '';
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  return url.href === base.split('#', 1)[0] ? undefined : url.href;
}

/** The same host, or a subdomain of one another. */
function isSameSite(one: string, other: string): boolean {
  const [a, b] = [new URL(one).hostname.replace(/^(www|m)\./, ''), new URL(other).hostname.replace(/^(www|m)\./, '')];
  return a === b || a.endsWith(`.${b}`) || b.endsWith(`.${a}`);
}
