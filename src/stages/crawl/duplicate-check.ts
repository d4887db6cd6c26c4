import type { Page } from '../../core/types.ts';

/** Remembers each page by the address that answered and by the one it calls its own; tells the entry that gave the same page before. */
export function createDuplicateCheck(): (page: Page) => string | undefined {
  const seen = new Map<string, string>();
  return (page) => {
    const identities = new Set([identityOf(page.finalUrl), ...(trustedCanonical(page) ?? [])]);
    for (const identity of identities) {
      const first = seen.get(identity);
      if (first !== undefined) return first;
    }
    for (const identity of identities) seen.set(identity, page.url);
    return undefined;
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
