import { Parser } from 'htmlparser2';

export interface PageHead {
  /** Names in lower case. */
  readonly metas: readonly { readonly name: string; readonly content: string }[];
  /** As written; may be relative. */
  readonly canonical: string | undefined;
}

/** Heads are near the start: no page may make us read more than this. */
const SCAN_BYTES = 262_144;
const STEP_BYTES = 8192;

/** Reads meta and canonical of an HTML document in UTF-8 by a streaming scan that stops where the body starts; no tree is built. */
export function scanHead(html: Uint8Array): PageHead {
  const decoder = new TextDecoder();
  const metas: { name: string; content: string }[] = [];
  let canonical: string | undefined;
  let done = false;
  const parser = new Parser({
    onopentag(tag, attributes) {
      if (done) return;
      if (tag === 'body') done = true;
      else if (tag === 'meta' && attributes['name'] !== undefined) {
        metas.push({ name: attributes['name'].trim().toLowerCase(), content: attributes['content'] ?? '' });
      } else if (tag === 'link' && isCanonical(attributes['rel'])) canonical ??= attributes['href']?.trim();
    },
    onclosetag(tag, implied) {
      if (tag === 'head' && !implied) done = true;
    },
  });
  for (let from = 0; from < Math.min(html.byteLength, SCAN_BYTES) && !done; from += STEP_BYTES) {
    parser.write(decoder.decode(html.subarray(from, from + STEP_BYTES), { stream: true }));
  }
  parser.end();
  return { metas, canonical: canonical === '' ? undefined : canonical };
}

function isCanonical(rel: string | undefined): boolean {
  return rel?.toLowerCase().split(/\s+/).includes('canonical') === true;
}
