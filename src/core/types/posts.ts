/** Types from brief to saved post. */

import type { ErrorCode } from '../errors.ts';
import type { Priority, Tier } from './levels.ts';
import type { Article, Entry, ListPosition, SourceCopy } from './pages.ts';

/** The plan of one post. */
export interface Brief {
  /** Hash of the articles' content hashes and of everything that affects the answer; identifies the job, the ledger row and the post. */
  readonly key: string;
  /** Identifies the post's sources and options: the post keeps its file when their text changes. */
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
  /** Shared by the posts of these sources in all languages; absent if there is only one language. */
  readonly translation?: Translation;
  /** Blog categories; not part of the key, because they do not affect the answer. */
  readonly categories?: readonly string[];
}

/** Links a post to the same post in other languages. */
export interface Translation {
  /** Key of the sources. */
  readonly key: string;
  /** All requested languages. */
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

/** A sentence of a post, numbered for the model check. */
export interface Statement {
  /** 1-based. */
  readonly id: number;
  readonly text: string;
  /** 1-based line of the body. */
  readonly line: number;
}

/** A model's verdict on a statement, compared with the sources. */
export interface StatementVerdict {
  readonly id: number;
  readonly verdict: 'supported' | 'contradicted' | 'not in source';
  /** The decisive words of the source; empty if there are none. */
  readonly place: string;
}

/** A model's answer for a brief, parsed and validated. */
export interface Draft {
  readonly brief: Brief;
  readonly content: PostContent;
  readonly provenance: Provenance;
  /** A digest quotes its source openly, so originality does not apply. */
  readonly digest: boolean;
  /** Verdicts of the model check on the current content. */
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
  /** How the figure is derived from the source, such as `412,000 ÷ 206,000 = 2`; absent if the source states it directly. */
  readonly derived?: string;
  /** For a figure that no source contains: the correct result of the sum it probably states. */
  readonly rightSum?: string;
  /** For a figure or date from elsewhere in the source: the one in the source sentence that matches the rest of the sentence. */
  readonly rival?: { readonly raw: string; readonly sentence: string };
  /** In a post with several sources: 1-based numbers of the sources that the paragraph cites. */
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
  readonly picture?: PostPicture;
}

/** The featured picture of a post. */
export interface PostPicture {
  readonly bytes: Uint8Array;
  readonly extension: string;
  /** Alternative text. */
  readonly alt: string;
  /** Absent for a picture made by blogger. */
  readonly credit?: PictureCredit;
}

/** Who made a picture, and what allows to show it. */
export interface PictureCredit {
  readonly creator?: string;
  /** Its name, such as `CC BY 4.0`, and the address of its text. */
  readonly licence: string;
  readonly licenceUrl: string;
  /** Where the picture was found. */
  readonly pageUrl: string;
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
  /** Whether a retry helps, where it differs from other errors of the same code. */
  readonly retryable?: boolean;
  readonly position?: ListPosition;
}
