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
  /** False where structured data is there and broken. */
  readonly structuredDataValid?: boolean;
  /** Destinations of links and images of the post that were looked for and are not there. */
  readonly deadLinks?: readonly string[];
  /** Share of the text that stands word for word in its source, where that is more than allowed, 0 to 1. */
  readonly copied?: number;
}
