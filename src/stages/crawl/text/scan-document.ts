/** One streaming pass over the start of an HTML document: its head, and the signals used to classify it. No tree is built. */

import { Parser } from 'htmlparser2';
import { createFrameReader, type FoundFrame } from './frames.ts';
import { type Refresh, readRefresh } from './refresh.ts';
import { scriptLocation } from './script-location.ts';

export interface PageHead {
  /** Names in lower case. */
  readonly metas: readonly { readonly name: string; readonly content: string }[];
  /** As written; may be relative. */
  readonly canonical: string | undefined;
}

/** Visible text of a document without scripts, and its redirects and frames. */
export interface DocumentSigns {
  /** Visible characters, white space not counted; the count ends at `ENOUGH_TEXT`. */
  readonly textChars: number;
  /** Characters inside `noscript`. */
  readonly noscriptChars: number;
  /** Script elements that are code. */
  readonly scripts: number;
  /** An empty mount element of an application. */
  readonly hasEmptyRoot: boolean;
  readonly refresh: Refresh | undefined;
  /** The only address that inline scripts lead to. */
  readonly scriptLocation: string | undefined;
  /** `href` of the first `base`, that relative addresses of the document start from. */
  readonly base: string | undefined;
  readonly frames: readonly FoundFrame[];
}

export interface ScannedDocument extends PageHead {
  readonly signs: DocumentSigns;
}

/** A document with this much text is a page in its own right. */
const ENOUGH_TEXT = 500;
/** Upper bound of characters read per page. */
const SCAN_BYTES = 262_144;
const STEP_BYTES = 4096;
/** Elements whose text is not shown. */
const UNSEEN: ReadonlySet<string> = new Set(
  'script style template noframes iframe title svg textarea select'.split(' '),
);
/** Longer scripts are programs, not plain redirects. */
const MAX_PROGRAM = 8_192;
const CODE_TYPE = /^(|module|(text|application)\/(x-)?(java|ecma)script)$/i;

export function scanDocument(html: Uint8Array): ScannedDocument {
  const decoder = new TextDecoder();
  const scan = createScan();
  const end = Math.min(html.byteLength, SCAN_BYTES);
  for (let from = 0; from < end && !scan.isDone(); from += STEP_BYTES)
    scan.write(decoder.decode(html.subarray(from, Math.min(from + STEP_BYTES, end)), { stream: true }));
  return scan.result();
}

function createScan() {
  const metas: { name: string; content: string }[] = [];
  const frames = createFrameReader();
  let canonical: string | undefined;
  let inHead = true;
  let refresh: Refresh | undefined;
  let base: string | undefined;
  const words = createWordCount();
  const roots = createRootWatch(words.textChars);

  function readMeta(attributes: Readonly<Record<string, string>>): void {
    const { name, content = '' } = attributes;
    if (inHead && !words.inNoscript() && name !== undefined) metas.push({ name: name.trim().toLowerCase(), content });
    if (attributes['http-equiv']?.trim().toLowerCase() === 'refresh')
      refresh ??= readRefresh(content, words.inNoscript());
  }

  const parser = new Parser({
    onopentag(tag, attributes) {
      if (tag === 'body' || tag === 'frameset') inHead = false;
      if (tag === 'meta') readMeta(attributes);
      else if (tag === 'link' && inHead && isCanonical(attributes['rel'])) canonical ??= attributes['href']?.trim();
      else if (tag === 'base') base ??= attributes['href']?.trim();
      frames.open(tag, attributes);
      roots.open(tag, attributes);
      words.open(tag, attributes);
    },
    ontext: words.text,
    onclosetag(tag, implied) {
      if (tag === 'head' && !implied) inHead = false;
      frames.close(tag);
      roots.close(tag);
      words.close(tag);
    },
  });
  return {
    write: (text: string) => parser.write(text),
    isDone: () => !inHead && words.textChars() >= ENOUGH_TEXT,
    result(): ScannedDocument {
      parser.end();
      const signs = {
        ...words.signs(),
        hasEmptyRoot: roots.hasEmpty(),
        refresh,
        base,
        frames: frames.found(),
      };
      return { metas, canonical: canonical === '' ? undefined : canonical, signs };
    },
  };
}

/** Counts what is shown, what is shown without scripts only, and the scripts. */
function createWordCount() {
  let textChars = 0;
  let noscriptChars = 0;
  let scripts = 0;
  let noscript = 0;
  let program = '';
  const unseen: string[] = [];
  return {
    textChars: () => textChars,
    inNoscript: () => noscript > 0,
    open(tag: string, attributes: Readonly<Record<string, string>>): void {
      if (tag === 'noscript') noscript += 1;
      else if (tag === 'script' && CODE_TYPE.test(attributes['type']?.trim() ?? '')) scripts += 1;
      else if (tag === 'body') program += `${attributes['onload'] ?? ''}\n`;
      if (UNSEEN.has(tag)) unseen.push(tag);
    },
    text(text: string): void {
      if (unseen.at(-1) === 'script' && program.length < MAX_PROGRAM) program += text;
      if (unseen.length > 0) return;
      const chars = text.replace(/\s+/g, '').length;
      if (noscript > 0) noscriptChars += chars;
      else textChars += chars;
    },
    close(tag: string): void {
      if (tag === 'noscript') noscript = Math.max(0, noscript - 1);
      if (unseen.at(-1) === tag) unseen.pop();
    },
    signs: () => ({ textChars, noscriptChars, scripts, scriptLocation: scriptLocation(program) }),
  };
}

/** Watches for elements with an id that hold no text when they close: scripts fill them. */
function createRootWatch(textSoFar: () => number) {
  const open: { readonly tag: string; readonly before: number; depth: number }[] = [];
  let empty = false;
  return {
    open(tag: string, { id }: Readonly<Record<string, string>>): void {
      const last = open.at(-1);
      if (last?.tag === tag) last.depth += 1;
      if (id !== undefined && /^(div|main|section|body)$/.test(tag) && open.length < MAX_ROOTS)
        open.push({ tag, before: textSoFar(), depth: 1 });
    },
    close(tag: string): void {
      const last = open.at(-1);
      if (last?.tag !== tag) return;
      last.depth -= 1;
      if (last.depth > 0) return;
      open.pop();
      empty ||= textSoFar() === last.before;
    },
    hasEmpty: () => empty,
  };
}

const MAX_ROOTS = 64;

function isCanonical(rel: string | undefined): boolean {
  return rel?.toLowerCase().split(/\s+/).includes('canonical') === true;
}
