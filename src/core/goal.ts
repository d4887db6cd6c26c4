/** What a run is for. */
export type Goal = 'posts' | 'articles' | 'estimate' | 'collect' | 'serve';

interface GoalTraits {
  /** Name of such runs in the run history. */
  readonly command: string;
  /** The step after which an entry is done. */
  readonly endsAt: 'article' | 'post';
  /** Whether a provider is chosen; without one, no key is needed. */
  readonly needsWriter: boolean;
  /** Whether pages and posts may go through the shared queue to workers. */
  readonly usesQueue: boolean;
  /** Whether links to the blog's other posts are looked up. */
  readonly linksPosts: boolean;
}

export const GOALS = {
  posts: { command: 'generate', endsAt: 'post', needsWriter: true, usesQueue: true, linksPosts: true },
  articles: { command: 'crawl', endsAt: 'article', needsWriter: false, usesQueue: false, linksPosts: false },
  estimate: { command: 'dry-run', endsAt: 'article', needsWriter: true, usesQueue: false, linksPosts: true },
  collect: { command: 'collect', endsAt: 'post', needsWriter: true, usesQueue: true, linksPosts: true },
  serve: { command: 'worker', endsAt: 'post', needsWriter: true, usesQueue: false, linksPosts: true },
} as const satisfies Record<Goal, GoalTraits>;
