import { relative, resolve } from 'node:path';
import type { Settings } from '../config/schema.ts';
import type { EventSink } from '../core/ports.ts';
import { type RuntimeOptions, settingsOf } from '../run/runtime-options.ts';
import { check, crawl, extract, list, plan, publish, readByWorkers, write } from '../run/steps.ts';
import { systemClock } from '../util/clock.ts';
import { systemRandom } from '../util/random.ts';
import { openRuntime, type RunOutcome } from '../wiring/runtime.ts';
import type { Consent } from './publish/ask-first.ts';
import type { FilePublication } from './publish/publishing-room.ts';

export interface GenerateOptions extends RuntimeOptions {
  /** Asked before a first run brings many posts to a target. @default nobody agrees */
  readonly consent?: Consent;
}

export interface GenerateOutcome extends RunOutcome {
  /** What became of each post at each target of the setting `publish`. */
  readonly publications: readonly FilePublication[];
}

/**
 * Turns a list of URLs into saved posts and returns a summary.
 *
 * One bad page or answer is an event and a count; what ends the run early (bad credentials, a used-up quota, the money cap) is in `stoppedBy`.
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

/** Throws where a target's address or credentials are missing, before anything is paid. */
async function checkTargets(settings: Settings, options: GenerateOptions): Promise<void> {
  if (settings.publish.length === 0) return;
  const { openTarget } = await import('../targets/targets.ts');
  for (const name of settings.publish)
    await openTarget(name, {
      settings,
      secrets: options.secrets ?? {},
      state: resolve(options.cwd ?? process.cwd(), settings.state),
      out: settings.out,
      timeZone: settings.timezone ?? 'UTC',
      clock: options.clock ?? systemClock,
      random: systemRandom,
    });
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
