/** The command tree: names, one-line summaries, and where each command lives. */

import type { Command } from 'commander';
import type { Io } from './process/io.ts';

export interface CommandModule {
  /** Adds arguments, options and the action to the bare command; the action reports its exit code. */
  define(command: Command, io: Io, exit: (code: number) => void): void;
}

export interface CommandSpec {
  readonly summary: string;
  readonly aliases?: readonly string[];
  readonly load: () => Promise<CommandModule>;
}

export const COMMANDS = {
  generate: { summary: 'write posts from a list of URLs', load: () => import('./commands/work/generate.ts') },
  crawl: { summary: 'read the pages of a list as articles (NDJSON)', load: () => import('./commands/work/crawl.ts') },
  collect: {
    summary: 'save the posts whose vendor batches are finished',
    load: () => import('./commands/work/collect.ts'),
  },
  worker: {
    summary: 'process jobs of the shared queue until stopped',
    load: () => import('./commands/work/worker.ts'),
  },
  stats: { summary: 'show results, savings and costs of runs', load: () => import('./commands/inspect/stats.ts') },
  top: {
    summary: 'show all workers with jobs, rates and costs',
    load: () => import('./commands/inspect/top.ts'),
  },
  jobs: { summary: 'list, show, cancel, retry or drop jobs', load: () => import('./commands/inspect/jobs.ts') },
  sources: {
    summary: 'list watched feeds and sitemaps',
    load: () => import('./commands/inspect/sources.ts'),
  },
  cache: { summary: 'show, prune or clear the cache', load: () => import('./commands/setup/cache.ts') },
  db: {
    summary: 'create or update the tables of the shared PostgreSQL database',
    load: () => import('./commands/setup/db.ts'),
  },
  score: { summary: 'check finished posts offline', load: () => import('./commands/inspect/score.ts') },
  review: { summary: 'list, approve or reject posts', load: () => import('./commands/inspect/review.ts') },
  mcp: {
    summary: 'serve other programs through the Model Context Protocol',
    load: () => import('./commands/work/mcp.ts'),
  },
  publish: {
    summary: 'publish finished posts to WordPress, Ghost, git or a webhook',
    load: () => import('./commands/work/publish.ts'),
  },
  config: { summary: 'show every setting with its value and source', load: () => import('./commands/setup/config.ts') },
  doctor: { summary: 'check everything that a run needs', load: () => import('./commands/setup/doctor.ts') },
  init: { summary: 'write a settings file and a sample list', load: () => import('./commands/setup/init.ts') },
} as const satisfies Record<string, CommandSpec>;

export type CommandName = keyof typeof COMMANDS;
