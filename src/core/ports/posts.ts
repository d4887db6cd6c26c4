/** How posts are written, illustrated and saved. */

import type { Brief, CheckedDraft, Draft, Post, PostPicture, Statement } from '../types.ts';

/** Saves a checked draft atomically. */
export interface Publisher {
  publish(checked: CheckedDraft, signal: AbortSignal): Promise<Post>;
  /** Writes the files that list all posts: index and feed, if the format has them. */
  finish(): Promise<void>;
  /** Status of the post of these sources, looked up before any paid call. */
  look(brief: Pick<Brief, 'key' | 'sourceKey' | 'categories'> & Partial<Pick<Brief, 'articles'>>): Promise<Standing>;
}

/** `unchanged`: it exists and its sources are the same. `kept`: a person decided about it, so it is not rewritten. `due`: to be written. */
export type Standing =
  | { readonly kind: 'due' }
  | { readonly kind: 'unchanged'; readonly post: Post }
  | { readonly kind: 'kept'; readonly post: Post; readonly because: 'approved' | 'rejected' | 'edited' | 'deleted' };

/** Turns a brief into validated content: BatchProcessor, ledger, model, repair. */
export interface Writer {
  write(brief: Brief, signal: AbortSignal): Promise<Draft>;
  /** No more briefs will come: sends pending requests without waiting for a full batch. */
  flush(): void;
  /** The only repair attempt: sends the draft back with its faults. */
  repair(draft: Draft, problems: readonly string[], signal: AbortSignal): Promise<Draft>;
  /** The model check: asks a model about the numbered statements; returns the draft with the verdicts and their cost. */
  look(draft: Draft, statements: readonly Statement[], signal: AbortSignal): Promise<Draft>;
  /** The post sends no more requests in this run; releases its budget. `isPending`: its request stays in a vendor batch. */
  end(brief: Brief, options?: { readonly isPending?: boolean }): void;
}

/** Makes the pictures of posts. */
export interface Illustrator {
  /** Throws `PICTURE_FAILED` if the picture cannot be made; undefined if the post needs none. */
  illustrate(checked: CheckedDraft, signal: AbortSignal): Promise<PostPicture | undefined>;
}
