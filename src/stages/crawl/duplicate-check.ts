import { createHash } from 'node:crypto';
import { pageIdentity, postIdentity } from '../../core/identity.ts';
import type { Entry, Page } from '../../core/types.ts';

export interface DuplicateCheck {
  /** The entry for the same post whose page answered at this address. */
  find(entry: Entry, url: string): string | undefined;
  /** Remembers a page; returns the entry that gave the same one before. */
  add(page: Page): string | undefined;
}

/**
 * Knows each page by the address that answered. A canonical link is a hint (RFC 6596), which some templates set to one address on every
 * page: pages that share one are the same page only where their bytes are. Pages whose texts are close are the planner's to merge. A page
 * may serve several posts, each once.
 */
export function createDuplicateCheck(): DuplicateCheck {
  const seen = new Map<string, string>();
  return {
    find: (entry, url) => seen.get(`${postIdentity(entry)}\n${pageIdentity(url)}`),
    add(page) {
      const post = postIdentity(page.entry);
      const identities = identitiesOf(page).map((identity) => `${post}\n${identity}`);
      for (const identity of identities) {
        const first = seen.get(identity);
        if (first !== undefined) return first;
      }
      for (const identity of identities) seen.set(identity, page.url);
      return undefined;
    },
  };
}

function identitiesOf({ finalUrl, canonicalUrl, body }: Page): readonly string[] {
  const own = pageIdentity(finalUrl);
  if (canonicalUrl === undefined) return [own];
  const digest = createHash('sha256').update(body).digest('base64url');
  return [own, `${pageIdentity(canonicalUrl)} ${digest}`];
}
