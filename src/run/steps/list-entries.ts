/** The first step: reads the lists. */

import type { Entry } from '../../core/types.ts';
import type { MergedLine } from '../../stages/list/dedupe.ts';
import { openListParser } from '../../stages/list/read/list-parser.ts';
import { readLists } from '../../stages/list/read/read-lists.ts';
import { plural } from '../../util/text/plural.ts';
import type { ActiveRun } from '../active-run.ts';
import { withGroups } from '../retries.ts';

export async function list(lists: readonly string[], run: ActiveRun): Promise<readonly Entry[]> {
  const { settings, options, emit } = run;
  const { newest, perFeed, maxItems } = settings.feeds;
  const merged: MergedLine[] = [];
  await using parser = openListParser();
  const read = await readLists(
    {
      lists: lists.length === 0 ? [settings.urls] : lists,
      cwd: options.cwd,
      priority: options.priority,
      keywords: settings.keywords,
      skipBadLines: options.skipBadLines,
      languages: run.settings.languages,
      translates: run.planOptions.translates,
      reader: run.listReader,
      parser,
      memory: run.sources,
      limits: { newest, perFeed, maxItems, since: options.since },
      now: run.clock.now(),
      onProblem: ({ position, message }) =>
        emit({ type: 'run:warning', code: 'LIST_INVALID', message: `${position.file}:${position.line}: ${message}` }),
      onNote: (message) => emit({ type: 'run:warning', code: 'LIST_INVALID', message }),
      onMerged: (line) => merged.push(line),
      onUnread: (looks) => run.remember(looks),
      ...(options.only === undefined ? {} : { only: options.only }),
    },
    run.stopping,
  );
  reportMerged(merged, run);
  const chosen = options.retryFailed ? withGroups(read.entries, run.failedBefore) : read.entries;
  for (const [url, facts] of read.facts) run.feedTexts.set(url, facts);
  for (const { url } of chosen) run.listed.add(url);
  run.begin(chosen, read);
  return chosen;
}

/** Maximum number of repeated lines listed one by one, so that other messages stay visible. */
const NAMED_MERGES = 50;

function reportMerged(merged: readonly MergedLine[], { emit }: ActiveRun): void {
  for (const { entry, into, why } of merged.slice(0, NAMED_MERGES)) {
    emit({
      type: 'run:warning',
      code: 'DUPLICATE',
      message: `${lineOf(entry)} is merged into ${lineOf(into)}, ${into.original}: ${why}`,
    });
  }
  const more = merged.length - NAMED_MERGES;
  if (more > 0)
    emit({ type: 'run:warning', code: 'DUPLICATE', message: `${plural(more, 'more line')} merged into earlier ones` });
}

function lineOf({ position: { file, line } }: Entry): string {
  return `${file}:${line}`;
}
