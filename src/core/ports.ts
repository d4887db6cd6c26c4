/** Ports: interfaces that stages use and services implement. */

export type * from './ports/jobs.ts';
export type * from './ports/models.ts';
export type * from './ports/money.ts';
export type * from './ports/pages.ts';
export type * from './ports/platform.ts';
export type * from './ports/posts.ts';
export type * from './ports/sources.ts';
export type * from './ports/stores.ts';
