/** Which links of a feed's items are pages of their own. Pure. */

import { pageIdentity } from '../../../core/identity.ts';
import { absoluteLink } from '../addresses/absolute-link.ts';

export interface FeedPlace {
  /** Address that links are relative to. */
  readonly base: string | undefined;
  /** Address of the feed. */
  readonly address: string | undefined;
  /** The page that the feed is of. */
  readonly home: string | undefined;
}

/**
 * Tells for a link whether it is the page of its item. The feed itself is none, and neither is the home page, the page that several items link to
 * as to that of the feed (as podcasts do), or a word that most items have instead of a link.
 */
export function ownPages(links: readonly string[], { base, address, home }: FeedPlace): (link: string) => boolean {
  const counts = new Map<string, number>();
  for (const link of links) counts.set(link, (counts.get(link) ?? 0) + 1);
  const identityOf = (link: string) => pageIdentity(absoluteLink(link, base, address)).replace(/^https?:\/\//, '');
  const feed = address === undefined ? undefined : identityOf(address);
  const site = home === undefined ? undefined : identityOf(home);
  return (link) => {
    const isShared = (counts.get(link) ?? 0) > 1;
    const isMost = isShared && (counts.get(link) ?? 0) >= links.length / 2;
    if (isMost && !/^\/|[:.?#]/.test(link)) return false;
    const identity = identityOf(link);
    if (identity === feed) return false;
    return identity !== site || link.includes('#') || !(isShared || /^[^/]*\/$/.test(identity));
  };
}
