export type SlugForm = 'unicode' | 'ascii';

const MAX_BYTES = 120;
/** Windows keeps the names of devices, GitHub shows a `readme`, and generators give these names to pages of their own, so that a post ends the build or takes their place. */
const RESERVED =
  /^(con|prn|aux|nul|com\d|lpt\d|readme|index|404|feed|rss|atom|sitemap|robots|search|page|archives?|tags?|categor(y|ies)|authors?|drafts?)$/;

/** A file name from a title: letters, digits and hyphens of any script, or romanised; never empty, never a path, at most 120 bytes. */
export async function slugOf(text: string, form: SlugForm): Promise<string> {
  // Tables of a megabyte, for whoever wants them.
  const script = form === 'ascii' ? (await import('any-ascii')).default(text) : text;
  const slug = script
    .normalize('NFC')
    .toLowerCase()
    .replace(/['’]/g, '')
    // Generators drop other signs of number, such as ½, from the addresses of pages.
    .replace(/[^\p{L}\p{M}\p{Nd}]+/gu, '-')
    .replace(/^-|-$/g, '');
  const cut = cutBytes(slug, MAX_BYTES);
  return cut === '' ? 'post' : RESERVED.test(cut) ? `${cut}-post` : cut;
}

/** The slug itself when it is free, else the first of `slug-2`, `slug-3` … that is. */
export function uniqueSlug(slug: string, isTaken: (candidate: string) => boolean): string {
  if (!isTaken(slug)) return slug;
  for (let number = 2; ; number += 1) {
    const candidate = `${slug}-${number}`;
    if (!isTaken(candidate)) return candidate;
  }
}

function cutBytes(text: string, maxBytes: number): string {
  let bytes = 0;
  let kept = '';
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > maxBytes) return kept.replace(/-[^-]*$/, '') || kept;
    kept += character;
  }
  return kept;
}
