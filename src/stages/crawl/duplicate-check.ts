import type { Page } from '../../core/types.ts';

export interface DuplicateCheck {
  /** The entry whose page answered at, or calls itself, this address. */
  find(url: string): string | undefined;
  /** Remembers a page; tells the entry that gave the same one before. */
  add(page: Page): string | undefined;
}

/** Knows each page by the address that answered and by the one it calls its own. */
export function createDuplicateCheck(): DuplicateCheck {
  const seen = new Map<string, string>();
  return {
    find: (url) => seen.get(identityOf(url)),
    add(page) {
      const identities = new Set([identityOf(page.finalUrl), ...(trustedCanonical(page) ?? [])]);
      for (const identity of identities) {
        const first = seen.get(identity);
        if (first !== undefined) return first;
      }
      for (const identity of identities) seen.set(identity, page.url);
      return undefined;
    },
  };
}

/** A canonical link to the front page on every article is a common mistake: it would make one page of a whole site. */
function trustedCanonical({ canonicalUrl, finalUrl }: Page): readonly string[] | undefined {
  if (canonicalUrl === undefined || !URL.canParse(canonicalUrl)) return undefined;
  const canonical = new URL(canonicalUrl);
  if (canonical.pathname === '/' && canonical.search === '' && new URL(finalUrl).pathname !== '/') return undefined;
  return [identityOf(canonicalUrl)];
}

function identityOf(url: string): string {
  const parsed = new URL(url);
  parsed.hash = '';
  return parsed.href;
}
