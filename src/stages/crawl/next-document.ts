import { mainFrame } from './text/frames.ts';
import { readRefresh } from './text/refresh.ts';
import type { DocumentSigns } from './text/scan-document.ts';

/** A page with less text than this has no content besides a frame or redirect. */
const LITTLE_TEXT = 400;
/** Longer delays mean a page that reloads, or one to be read before it redirects. */
const MAX_DELAY_SECONDS = 10;

/** The document that a page only points to, by `Refresh`, by a script that does nothing else, or by the one frame that fills it; undefined when the page is the document. */
export function nextDocument(
  signs: DocumentSigns,
  url: string,
  headers: Readonly<Record<string, string>>,
): string | undefined {
  const { refresh = readRefresh(headers['refresh'] ?? ''), base } = signs;
  const resolve = (written: string) => resolveAgainst(written, base, url);
  if (refresh !== undefined && refresh.delaySeconds <= MAX_DELAY_SECONDS) {
    const isImmediate = refresh.delaySeconds <= 1 && !refresh.inNoscript;
    const target = resolve(refresh.url);
    if (target !== undefined && (isImmediate || signs.textChars < LITTLE_TEXT)) return target;
  }
  if (signs.textChars >= LITTLE_TEXT) return undefined;
  const scripted = signs.scriptLocation === undefined ? undefined : resolve(signs.scriptLocation);
  if (scripted !== undefined) return scripted;
  const frame = mainFrame(signs.frames);
  if (frame === undefined) return undefined;
  const target = resolve(frame.src);
  return target !== undefined && (frame.kind === 'frame' || isSameSite(target, url)) ? target : undefined;
}

/** Absolute and without fragment; undefined for the page itself and for other schemes than http(s). */
function resolveAgainst(written: string, base: string | undefined, own: string): string | undefined {
  const from = base !== undefined && URL.canParse(base, own) ? new URL(base, own).href : own;
  if (!URL.canParse(written, from)) return undefined;
  const url = new URL(written, from);
  url.hash = '';
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  return url.href === own.split('#', 1)[0] ? undefined : url.href;
}

/** The same host, or a subdomain of one another. */
function isSameSite(one: string, other: string): boolean {
  const [a, b] = [new URL(one).hostname.replace(/^(www|m)\./, ''), new URL(other).hostname.replace(/^(www|m)\./, '')];
  return a === b || a.endsWith(`.${b}`) || b.endsWith(`.${a}`);
}
