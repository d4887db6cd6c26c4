import { relative, resolve } from 'node:path';
import type { Settings } from '../config/schema.ts';
import { BloggerError } from '../core/errors.ts';
import type { EventSink } from '../core/ports.ts';
import type { Target } from '../core/publishing.ts';
import { type RuntimeOptions, settingsOf } from '../run/runtime-options.ts';
import { check, publish } from '../run/steps/finish-posts.ts';
import { list } from '../run/steps/list-entries.ts';
import { crawl, extract, readByWorkers } from '../run/steps/read-pages.ts';
import { plan, write } from '../run/steps/write-posts.ts';
import { systemClock } from '../util/clock.ts';
import { namingFileErrors } from '../util/files/file-error.ts';
import { assertWritableFolder } from '../util/files/writable-folder.ts';
import { systemRandom } from '../util/random.ts';
import type { RunOutcome } from '../wiring/run-to-end.ts';
import { openRuntime } from '../wiring/runtime.ts';
import type { Consent } from './publish/ask-first.ts';
import type { FilePublication } from './publish/publishing-room.ts';

export interface GenerateOptions extends RuntimeOptions {
  /** Confirms a first run that sends many posts to a target. @default refuses */
  readonly consent?: Consent;
}

export interface GenerateOutcome extends RunOutcome {
  /** Result of each post at each target of the setting `publish`. */
  readonly publications: readonly FilePublication[];
}

/**
 * Turns a list of URLs into saved posts and returns a summary.
 *
 * A bad page or answer is an event and a count; an error that ends the run early (bad credentials, a used-up quota, the cap) is in `stoppedBy`.
 * Run it again on the same list to continue: finished and unchanged posts send no request to a model.
 *
 * @param lists Files (text, CSV, JSONL, sitemap), URLs, or `-` for standard input.
 * @throws {BloggerError} `CONFIG_INVALID`, `LIST_…`, `STATE_LOCKED`, `PROVIDER_KEY_MISSING`: nothing was run.
 * @example
 * const { summary } = await generate(['urls.txt'], { settings: { provider: 'extractive', out: 'posts' } });
 * console.log(summary.posts.written);
 */
export async function generate(lists: readonly string[], options: GenerateOptions = {}): Promise<GenerateOutcome> {
  const files = new Set<string>();
  const onEvent: EventSink = (event) => {
    if (event.type === 'post:saved' || event.type === 'post:unchanged') files.add(event.file);
    options.onEvent?.(event);
  };
  const settings = settingsOf(options);
  await checkTargets(settings, options);
  await checkOut(settings, options);
  const outcome = await writePosts(lists, { ...options, onEvent });
  if (settings.publish.length === 0 || outcome.interrupted) return { ...outcome, publications: [] };
  const cwd = options.cwd ?? process.cwd();
  const { publishFiles } = await import('./publish/publish-files.ts');
  const publications = await publishFiles(
    [...files].map((file) => relative(cwd, resolve(cwd, settings.out, file))),
    {
      settings,
      secrets: options.secrets ?? {},
      cwd,
      targets: settings.publish,
      force: false,
      ...(options.consent === undefined ? {} : { consent: options.consent }),
      clock: options.clock ?? systemClock,
      signal: options.stop ?? new AbortController().signal,
    },
  );
  return { ...outcome, publications };
}

/** Throws before any paid call if a target's address or credentials are missing or refused. */
async function checkTargets(settings: Settings, options: GenerateOptions): Promise<void> {
  if (settings.publish.length === 0) return;
  const { openTarget } = await import('../targets/targets.ts');
  for (const name of settings.publish) {
    const target = await openTarget(name, {
      settings,
      secrets: options.secrets ?? {},
      state: resolve(options.cwd ?? process.cwd(), settings.state),
      out: settings.out,
      timeZone: settings.timezone ?? 'UTC',
      clock: options.clock ?? systemClock,
      random: systemRandom,
    });
    await refuseUnusable(target, options.stop);
  }
}

const CHECK_MS = 20_000;

/** An unreachable target may respond later, and posts are saved as files in any case, so this is not an error. */
async function refuseUnusable(target: Pick<Target, 'check'>, stop?: AbortSignal): Promise<void> {
  const patience = AbortSignal.timeout(CHECK_MS);
  const signal = stop === undefined ? patience : AbortSignal.any([stop, patience]);
  const refused = await target.check(signal).then(
    (found) => found.refused,
    (error: unknown) => error,
  );
  if (BloggerError.is(refused) && refused.code === 'TARGET_AUTH') throw refused;
}

/** Throws before any request if posts cannot be saved. */
async function checkOut({ out }: Settings, { cwd = process.cwd() }: GenerateOptions): Promise<void> {
  const path = resolve(cwd, out);
  const hint = 'Give the folder write permission, or name another one with --out.';
  await namingFileErrors({ path, hint }, () => assertWritableFolder(path));
}

async function writePosts(lists: readonly string[], options: GenerateOptions): Promise<RunOutcome> {
  await using runtime = await openRuntime({ ...options, lists });
  return await runtime.run(async (run) => {
    // One round, and one more for each requested retry of failed entries.
    for (const entries of run.retries.rounds(await list(lists, run))) {
      const articles =
        run.workers === undefined ? extract(crawl(entries, run), run) : readByWorkers(entries, run.workers, run);
      const briefs = plan(articles, run);
      const drafts = write(briefs, run);
      const checked = check(drafts, run);
      await publish(checked, run);
    }
  });
}
