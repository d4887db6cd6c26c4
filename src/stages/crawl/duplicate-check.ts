import type { Entry, Page } from '../../core/types.ts';

export interface DuplicateCheck {
  /** The entry for the same post whose page answered at, or calls itself, this address. */
  find(entry: Entry, url: string): string | undefined;
  /** Remembers a page; tells the entry that gave the same one before. */
  add(page: Page): string | undefined;
}

/** Knows each page by the address that answered and by the one it calls its own. A page may serve several posts of `post=`, each once. */
export function createDuplicateCheck(): DuplicateCheck {
  const seen = new Map<string, string>();
  return {
    find: ({ post }, url) => seen.get(identityOf(url, post)),
    add(page) {
      const { post } = page.entry;
      const identities = new Set([page.finalUrl, ...trustedCanonical(page)].map((url) => identityOf(url, post)));
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
function trustedCanonical({ canonicalUrl, finalUrl }: Page): readonly string[] {
  if (canonicalUrl === undefined || !URL.canParse(canonicalUrl)) return [];
  const canonical = new URL(canonicalUrl);
  if (canonical.pathname === '/' && canonical.search === '' && new URL(finalUrl).pathname !== '/') return [];
  return [canonicalUrl];
}

function identityOf(url: string, post = ''): string {
  const parsed = new URL(url);
  parsed.hash = '';
  return `${post}\n${parsed.href}`;
}
