import { Parser } from 'htmlparser2';

export interface PageHead {
  /** Names in lower case. */
  readonly metas: readonly { readonly name: string; readonly content: string }[];
  /** As written; may be relative. */
  readonly canonical: string | undefined;
}

/** Heads are near the start: no page may make us read more than this. */
const SCAN_CHARS = 262_144;
const STEP_CHARS = 8192;

/** Reads meta and canonical of an HTML document by a streaming scan that stops where the body starts; no tree is built. */
export function scanHead(html: string): PageHead {
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
  for (let from = 0; from < Math.min(html.length, SCAN_CHARS) && !done; from += STEP_CHARS) parser.write(html.slice(from, from + STEP_CHARS));
  parser.end();
  return { metas, canonical: canonical === '' ? undefined : canonical };
}

function isCanonical(rel: string | undefined): boolean {
  return rel?.toLowerCase().split(/\s+/).includes('canonical') === true;
}
