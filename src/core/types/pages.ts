/** Types from list to article. */

import type { Priority } from './levels.ts';

/** Position in the user's list; `line` is 1-based. */
export interface ListPosition {
  readonly file: string;
  readonly line: number;
}

/** What a feed or a sitemap says about one of its pages. */
export interface ItemFacts {
  /** As the feed identifies it. */
  readonly guid?: string;
  readonly title?: string;
  readonly author?: string;
  /** ISO time. */
  readonly publishedAt?: string;
  /** `lastmod` of a sitemap. */
  readonly modifiedAt?: string;
  /** The full text in HTML, if the feed contains it. */
  readonly html?: string;
}

/** A line of the list: URL, priority and options of the post. */
export interface Entry {
  /** Place in the list, 0-based; unique within a run. */
  readonly index: number;
  /** The requested address: `http(s)://…`, or `file://…` for a local page; with a fragment only for client-side routes. See `core/identity.ts`. */
  readonly url: string;
  /** The address as written in the list. */
  readonly original: string;
  readonly priority: Priority;
  readonly keywords: readonly string[];
  readonly lang?: string;
  /** All languages of the line, if several: one post for each. */
  readonly languages?: readonly string[];
  /** Target length in characters; not enforced. */
  readonly length?: number;
  readonly tone?: string;
  /** Blog categories for the front matter. */
  readonly categories?: readonly string[];
  /** Entries with the same name become one post with several sources. */
  readonly post?: string;
  /** Address of the watched feed or sitemap that the entry comes from. */
  readonly source?: string;
  readonly position: ListPosition;
}

/** A site owner's statement about AI use of a page, and where it was found. */
export interface PolicyVerdict {
  readonly allowed: boolean;
  /** Such as `robots.txt Content-Signal: ai-input=no`; absent if there is none. */
  readonly source?: string;
  /** The setting in force at that time. */
  readonly policy: 'respect' | 'warn' | 'ignore';
}

/** One fetched document. */
export interface Page {
  readonly entry: Entry;
  /** The entry's address. */
  readonly url: string;
  /** The address after redirects. */
  readonly finalUrl: string;
  readonly httpStatus: number;
  /** Media type without parameters, lower case, such as `text/html`. */
  readonly contentType: string;
  /** UTF-8 bytes, whatever the original charset. Kept as bytes so that queued pages use little memory and transfer to threads without a copy. */
  readonly body: Uint8Array;
  /** Absolute canonical URL of the document (`rel=canonical`, as link or header). */
  readonly canonicalUrl?: string;
  /** Size of the body in bytes: decompressed, in its original charset. */
  readonly bytes: number;
  /** ISO time at which the origin sent or revalidated this body. */
  readonly fetchedAt: string;
  readonly fromCache: boolean;
  /** True when an expired copy was served because the host did not respond. */
  readonly stale?: boolean;
  readonly policy: PolicyVerdict;
  /** Milliseconds from the first request to the last byte, 0 from cache. */
  readonly ms: number;
}

export interface Link {
  readonly href: string;
  readonly text: string;
}

export interface Image {
  readonly src: string;
  readonly alt: string;
}

/** A picture with the licence stated by its page. */
export interface LicensedPicture extends Image {
  /** Its name, such as `CC BY 4.0`, and the address of its text. */
  readonly licence: string;
  readonly licenceUrl: string;
  /** Name to credit. */
  readonly creator?: string;
}

/** The readable text of a page, with its metadata. Plain data: it crosses threads, caches and queues as JSON. */
export interface Article {
  readonly url: string;
  readonly finalUrl: string;
  readonly canonicalUrl?: string;
  readonly title: string;
  readonly author?: string;
  /** ISO date or time as the page states it. */
  readonly publishedAt?: string;
  readonly modifiedAt?: string;
  /** BCP 47 language, `und` when undetermined. */
  readonly lang: string;
  readonly siteName?: string;
  readonly leadImage?: string;
  readonly description?: string;
  /** Text of the blocks, separated by blank lines. */
  readonly text: string;
  readonly markdown: string;
  readonly links: readonly Link[];
  readonly images: readonly Image[];
  /** Pictures of the article under an open licence, best first. */
  readonly pictures?: readonly LicensedPicture[];
  /** SHA-256 (hex) of the normalised text, which is never empty. */
  readonly contentHash: string;
  readonly fetchedAt: string;
  readonly policy: PolicyVerdict;
  /** Detected kind of a page that is not an article, such as `an error page`. */
  readonly takenFor?: string;
}

/** An article with its entry and the data of its page event. */
export interface SourcedArticle {
  readonly entry: Entry;
  readonly article: Article;
  readonly fromCache: boolean;
  readonly httpStatus: number;
  readonly ms: number;
}

/** A near-duplicate of a brief's source; cited next to it, not used for writing. */
export interface SourceCopy {
  readonly url: string;
  readonly contentHash: string;
}
