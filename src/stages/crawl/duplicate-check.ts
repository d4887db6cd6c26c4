import { createHash } from 'node:crypto';
import { pageIdentity, postIdentity } from '../../core/identity.ts';
import type { Entry, Page } from '../../core/types.ts';

export interface DuplicateCheck {
  /** The entry for the same post whose page answered at this address. */
  find(entry: Entry, url: string): string | undefined;
  /** Records a page; returns the earlier entry with the same page. */
  add(page: Page): string | undefined;
}

/**
 * Identifies each page by its final address. A canonical link is a hint (RFC 6596), which some templates set to one address on every
 * page: pages that share one are the same page only where their bytes are. Pages with similar texts are merged by the planner. A page
 * may be used for several posts, once for each.
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
