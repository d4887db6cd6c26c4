/** The steps from drafts to saved posts. */

import type { CheckedDraft, Draft } from '../../core/types.ts';
import type { ActiveRun } from '../active-run.ts';
import { eachInFlight, type InFlight } from '../in-flight.ts';
import { checkAndRepair } from './check-and-repair.ts';
import { illustrate } from './illustrate.ts';
import { fileOf } from './write-posts.ts';

export function check(drafts: AsyncIterable<InFlight<Draft>>, run: ActiveRun): AsyncIterable<InFlight<CheckedDraft>> {
  return eachInFlight(
    drafts,
    async ({ value, lease, brief }, signal) => {
      lease.progress(70, 'checking');
      const checked = await illustrate(await checkAndRepair(value, run, signal), run.illustrator, signal);
      run.writer.end(brief);
      run.emit({
        type: 'check:end',
        key: brief.key,
        findings: checked.findings,
        holdAsDraft: checked.holdAsDraft,
        ...(checked.score === undefined ? {} : { score: checked.score }),
      });
      return checked;
    },
    {
      stage: 'check',
      concurrency: run.writeConcurrency,
      run,
      onLeft: (brief, error) => run.writer.end(brief, { isPending: error.code === 'BATCH_PENDING' }),
    },
  );
}

export async function publish(checked: AsyncIterable<InFlight<CheckedDraft>>, run: ActiveRun): Promise<void> {
  const posts = eachInFlight(
    checked,
    async ({ value, lease, brief }, signal) => {
      lease.progress(90, 'saving');
      const { title, description, tags } = value.draft.content;
      const related =
        run.settings.internalLinks === 'off'
          ? []
          : (run.site?.related([title, ...tags].join('\n'), fileOf(brief, run)) ?? []);
      const post = await run.publisher.publish({ ...value, related }, signal);
      run.site?.add({
        path: post.file,
        address: post.address,
        title: post.title,
        text: [description, ...tags].join('\n'),
        draft: post.draft,
      });
      await lease.succeed({ file: post.file, title: post.title, costUsd: post.costUsd ?? null });
      run.emit({ type: 'job:status', key: brief.key, status: 'SUCCESS', title: post.title });
      return post;
    },
    { stage: 'publish', concurrency: 4, run },
  );
  for await (const { value: post } of posts) {
    run.emit({
      type: 'post:saved',
      key: post.key,
      title: post.title,
      file: post.file,
      urls: post.urls,
      draft: post.draft,
      ...(post.costUsd === undefined ? {} : { costUsd: post.costUsd }),
      ...(post.score === undefined ? {} : { score: post.score }),
    });
  }
  await run.publisher.finish();
}
