/** A post as a reader and a search page see it. */
export interface ScoredPost {
  readonly title: string;
  readonly description: string;
  readonly slug?: string;
  /** BCP 47. */
  readonly lang?: string;
  readonly canonical?: string;
  readonly keywords: readonly string[];
  /** Markdown; the title is not in it. */
  readonly body: string;
  /** False where the structured data is broken. */
  readonly structuredDataValid?: boolean;
  /** Destinations of links and images that were checked and do not exist. */
  readonly deadLinks?: readonly string[];
  /** Share of the text copied word for word from its source, 0 to 1; set only where it is more than allowed. */
  readonly copied?: number;
}
