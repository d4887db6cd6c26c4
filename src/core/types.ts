/** Core data types, in the order of the pipeline: entry → page → article → brief → draft → post. */

import type { ErrorCode } from './errors.ts';

export const PRIORITIES = ['high', 'medium', 'low'] as const;
export type Priority = (typeof PRIORITIES)[number];

export const JOB_STATUSES = ['PENDING', 'RUNNING', 'SUCCESS', 'FAILED', 'CANCELLED'] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

export const TIERS = ['standard', 'flex', 'batch', 'priority'] as const;
/** How a model call is bought: `flex` and `batch` are half price and slower. `priority` is never requested, but may be served and billed. */
export type Tier = (typeof TIERS)[number];
/** What a tier costs, as a share of the standard price; the same at every vendor that has it. */
export const TIER_SHARES = { standard: 1, flex: 0.5, batch: 0.5, priority: 2 } as const satisfies Record<Tier, number>;

/** Where in the user's list something stands; `line` is 1-based. */
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
  /** As a sitemap states it. */
  readonly modifiedAt?: string;
  /** The whole text in HTML, where the feed carries it. */
  readonly html?: string;
}

/** A line of the list: URL, priority and options of the post. */
export interface Entry {
  /** Place in the list, 0-based; unique within a run. */
  readonly index: number;
  /** The address as it is requested: `http(s)://…`, or `file://…` for a local page; a fragment only where it routes. See `core/identity.ts`. */
  readonly url: string;
  /** The address as the list has it. */
  readonly original: string;
  readonly priority: Priority;
  readonly keywords: readonly string[];
  readonly lang?: string;
  /** All languages that the line asks for, where they are several: one post for each. */
  readonly languages?: readonly string[];
  /** Target length in characters; not enforced. */
  readonly length?: number;
  readonly tone?: string;
  /** Blog categories for the front matter. */
  readonly categories?: readonly string[];
  /** Entries of one name become one post with several sources. */
  readonly post?: string;
  /** Address of the watched feed or sitemap that the entry comes from. */
  readonly source?: string;
  readonly position: ListPosition;
}

/** What a site owner said about the use of a page by AI, and where. */
export interface PolicyVerdict {
  readonly allowed: boolean;
  /** Such as `robots.txt Content-Signal: ai-input=no`; absent where nothing was said. */
  readonly source?: string;
  /** The setting in force when this was judged. */
  readonly policy: 'respect' | 'warn' | 'ignore';
}

/** One fetched document. */
export interface Page {
  readonly entry: Entry;
  /** The entry's address. */
  readonly url: string;
  /** The address that answered, after redirects. */
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
  /** ISO time at which the origin gave (or confirmed) this body. */
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
  /** Text by blocks, a blank line between them. */
  readonly text: string;
  readonly markdown: string;
  readonly links: readonly Link[];
  readonly images: readonly Image[];
  /** SHA-256 (hex) of the normalised text; never of an empty one. */
  readonly contentHash: string;
  readonly fetchedAt: string;
  readonly policy: PolicyVerdict;
  /** What the page is taken for where it is no article, such as `an error page`. */
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

/** The plan of one post. */
export interface Brief {
  /** Hash of the articles' content hashes and of everything that shapes the answer: identity of the job, the ledger row and the post. */
  readonly key: string;
  /** Identity of the post's sources and of its own options: the same ones keep the same file when the text changes. */
  readonly sourceKey: string;
  readonly articles: readonly [Article, ...Article[]];
  readonly copies: readonly SourceCopy[];
  readonly entries: readonly [Entry, ...Entry[]];
  readonly priority: Priority;
  readonly keywords: readonly string[];
  /** Language to write in, BCP 47. */
  readonly lang: string;
  /** Target length in characters. */
  readonly length: number;
  readonly tone: string;
  readonly audience?: string;
  readonly template: string;
  /** The same for the posts of these sources in all languages; absent where there is one language. */
  readonly translation?: Translation;
  /** Blog categories; not part of the key, because they do not affect the answer. */
  readonly categories?: readonly string[];
}

/** What makes a post one of several in other languages. */
export interface Translation {
  /** Of the sources. */
  readonly key: string;
  /** All languages that were asked for. */
  readonly languages: readonly string[];
}

/** Tokens of one or more calls; `output` includes reasoning, `cachedInput` is a part of `input`. */
export interface Usage {
  readonly input: number;
  readonly cachedInput: number;
  /** Part of `input` billed as a prompt-cache write. */
  readonly cacheWriteInput?: number;
  readonly output: number;
}

/** The validated answer of a writer for one post. */
export interface PostContent {
  readonly title: string;
  readonly description: string;
  /** Proposed slug; the publisher makes it unique and safe. */
  readonly slug: string;
  readonly tags: readonly string[];
  /** Markdown without front matter, its first heading at level 2. */
  readonly body: string;
}

/** Provenance of an answer; written into the front matter. */
export interface Provenance {
  readonly provider: string;
  readonly model: string;
  readonly promptVersion: string;
  /** The tier that the vendor says it served. */
  readonly tier: Tier;
  readonly usage: Usage;
  /** Undefined means unknown, never free. */
  readonly costUsd: number | undefined;
  /** True when the answer came from the ledger at no new cost. */
  readonly reused: boolean;
  /** Number of repairs requested before this answer was accepted. */
  readonly repairs: number;
}

/** A sentence of a post, numbered for a model that looks at it. */
export interface Statement {
  /** 1-based. */
  readonly id: number;
  readonly text: string;
  /** 1-based line of the body. */
  readonly line: number;
}

/** What a model says of a statement beside the sources. */
export interface StatementVerdict {
  readonly id: number;
  readonly verdict: 'supported' | 'contradicted' | 'not in source';
  /** Words of the source that decide; empty where there are none. */
  readonly place: string;
}

/** A model's answer for a brief, parsed and validated. */
export interface Draft {
  readonly brief: Brief;
  readonly content: PostContent;
  readonly provenance: Provenance;
  /** A digest quotes its source and says so: originality does not apply to it. */
  readonly digest: boolean;
  /** What a second look by a model found; of the content as it is. */
  readonly look?: readonly StatementVerdict[];
  /** Why parts of the post are missing or a needed repair was not made; such a post is only saved as a draft. */
  readonly gap?: DraftGap;
}

export interface DraftGap {
  /** Code of the error that left the gap. */
  readonly code: ErrorCode;
  readonly message: string;
}

export type Severity = 'error' | 'warning' | 'info';

/** A finding of a check on a draft or post. */
export interface Finding {
  /** Kebab-case name of the rule, such as `one-h1` or `ungrounded-number`. */
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly fix?: string;
  /** 1-based line in the body. */
  readonly line?: number;
  /** The sentence or excerpt that the finding is about. */
  readonly excerpt?: string;
}

/** An existing post that a new one can link to. */
export interface RelatedPost {
  /** Relative to the output folder, with forward slashes. */
  readonly path: string;
  /** URL of its page relative to the page of the output folder; absent when no generator builds one. */
  readonly address?: string;
  readonly title: string;
  readonly draft: boolean;
  /** Words that both share, most distinctive first. */
  readonly terms: readonly string[];
}

/** A verifiable statement of a draft, with its location in the sources. */
export interface Fact {
  readonly kind: 'number' | 'date' | 'quotation' | 'name';
  /** Text as displayed to a reader. */
  readonly raw: string;
  /** 1-based line in the body; absent in the title and the description. */
  readonly line?: number;
  /** The sentence that contains it. */
  readonly sentence: string;
  /** Absent when no source contains it. */
  readonly source?: FactSource;
  /** How it follows from figures of the source, such as `412,000 ÷ 206,000 = 2`; absent where the source says it as it is. */
  readonly derived?: string;
  /** For a figure that no source contains: the sum that it may have been intended to be. */
  readonly rightSum?: string;
  /** In a post of several sources: the numbers, 1-based, of those that the paragraph names. */
  readonly cited?: readonly number[];
}

export interface FactSource {
  /** Index in the brief's articles. */
  readonly article: number;
  /** Character range in the article's text; absent when only its title or metadata states it. */
  readonly at?: { readonly start: number; readonly end: number };
}

export interface CheckedDraft {
  readonly draft: Draft;
  readonly findings: readonly Finding[];
  readonly facts?: readonly Fact[];
  /** Best first. */
  readonly related?: readonly RelatedPost[];
  /** 0 to 100. */
  readonly score?: number;
  /** True when the post may only be saved as `draft: true`. */
  readonly holdAsDraft: boolean;
}

/** The saved result. */
export interface Post {
  readonly key: string;
  readonly slug: string;
  readonly title: string;
  /** Path of the main file, relative to the output folder. */
  readonly file: string;
  /** URL of its generated page, relative to the page of the output folder. */
  readonly address?: string;
  readonly urls: readonly string[];
  readonly draft: boolean;
  readonly costUsd: number | undefined;
  readonly score?: number;
}

/** Outcome of an entry without a post. */
export interface Failure {
  readonly url: string;
  readonly code: string;
  readonly message: string;
  /** What the user can do about it. */
  readonly hint?: string;
  readonly position?: ListPosition;
}
