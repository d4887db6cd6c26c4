/** Core data types, in the order of the pipeline: entry → page → article → brief → draft → post. */

export * from './types/levels.ts';
export type * from './types/pages.ts';
export type * from './types/posts.ts';
