import { resolveSettings } from '../config/resolve.ts';
import type { Secrets, Settings, SettingsInput } from '../config/schema.ts';
import { readTree } from '../config/sources.ts';
import type { Goal } from '../core/goal.ts';
import type { Clock, EventSink, Logger, Random } from '../core/ports.ts';
import type { Priority } from '../core/types.ts';
import type { RunControls } from './run.ts';

export interface RuntimeOptions {
  /** Settings as in the settings file; absent ones have their default. */
  readonly settings?: SettingsInput;
  /** API keys of the vendors. The library does not read the environment itself; pass `readSecrets(process.env)`. @default none, so that `provider: 'auto'` is the built-in writer */
  readonly secrets?: Secrets;
  /** Base folder of relative paths. @default process.cwd() */
  readonly cwd?: string;
  /** Aborted when the run should take no new work. */
  readonly stop?: AbortSignal;
  readonly onEvent?: EventSink;
  /** A worker ends when the queue is empty; when stopped, it finishes its jobs without a time limit. @default false */
  readonly drain?: boolean;
  /** Receives the controls to pause, resume and stop the run. */
  readonly onControls?: (controls: RunControls) => void;
  /** Priority of entries that carry none. @default 'medium' */
  readonly priority?: Priority;
  /** Take only entries of this priority. */
  readonly only?: Priority;
  /** Write all posts again. @default false */
  readonly force?: boolean;
  /** Rewrite approved posts whose sources have changed since. @default false */
  readonly updateApproved?: boolean;
  /** Take only the entries that failed in the last run. @default false */
  readonly retryFailed?: boolean;
  /** Skip lines that cannot be parsed. @default false */
  readonly skipBadLines?: boolean;
  /** Take only items of feeds that were published at or after this time, in milliseconds since the epoch. */
  readonly since?: number;
  /** Input for the list `-` (standard input). @default nothing */
  readonly readStdin?: () => Promise<string>;
  readonly clock?: Clock;
  readonly random?: Random;
  /** @default silent */
  readonly logger?: Logger;
  /** With tier `batch`: wait for the vendor. If false, submit, save finished posts, and leave the rest for a later run. @default true */
  readonly waitForBatches?: boolean;
  /** Purpose of the run. @default 'posts' */
  readonly goal?: Goal;
  /** Identity of the run. @default a new UUID */
  readonly runId?: string;
  /** The lists to read: runs of the same lists share a spending cap until one of them completes. @default the setting `urls` */
  readonly lists?: readonly string[];
}

/** Run options with their defaults. */
export type UserOptions = Required<
  Pick<RuntimeOptions, 'cwd' | 'priority' | 'force' | 'updateApproved' | 'retryFailed' | 'skipBadLines' | 'readStdin'>
> &
  Pick<RuntimeOptions, 'only' | 'since'>;

export function userOptionsOf(options: RuntimeOptions): UserOptions {
  const {
    cwd = process.cwd(),
    priority = 'medium',
    force = false,
    updateApproved = false,
    retryFailed = false,
    skipBadLines = false,
    readStdin = async () => '',
    only,
    since,
  } = options;
  return {
    cwd,
    priority,
    force,
    updateApproved,
    retryFailed,
    skipBadLines,
    readStdin,
    ...(only === undefined ? {} : { only }),
    ...(since === undefined ? {} : { since }),
  };
}

/** Settings passed by a program. Unlike files, programs may pass passwords. */
export function settingsOf({ settings: { redisUrl, jobKey, ...rest } = {} }: RuntimeOptions): Settings {
  const { settings } = resolveSettings(readTree(rest, 'options'));
  return { ...settings, ...(redisUrl === undefined ? {} : { redisUrl }), ...(jobKey === undefined ? {} : { jobKey }) };
}
