import { resolve } from 'node:path';
import type { Outlet, Target } from '../../core/publishing.ts';
import { lockFolder } from '../../services/runs/folder-lock.ts';
import { openPostTable } from '../../services/runs/post-records.ts';
import { openPublications } from '../../services/runs/publications.ts';
import { openStateFile } from '../../services/sqlite/open-state-file.ts';
import { openTarget, TARGET_NAMES, type TargetName } from '../../targets/targets.ts';
import { systemRandom } from '../../util/random.ts';
import { hashText } from '../../util/stable-hash.ts';
import { plural } from '../../util/text/plural.ts';
import { askFirst } from './ask-first.ts';
import { openPlanner } from './plan-showing.ts';
import { publishAll } from './publish-all.ts';
import type { FilePublication, PublishFilesOptions, PublishingRoom } from './publishing-room.ts';
import { readPosts } from './read-posts.ts';
import { adoptRenamed, withoutCopies } from './same-post.ts';
import { sendAll } from './send-all.ts';

/** Publishes posts, written by blogger or by hand, each once at each target. Throws `STATE_LOCKED`, `CONFIG_INVALID` and `TARGET_AUTH`. */
export async function publishFiles(files: readonly string[], options: PublishFilesOptions): Promise<FilePublication[]> {
  const { settings, cwd, secrets, clock, random = systemRandom, targets } = options;
  const statePath = resolve(cwd, settings.state);
  using state = openStateFile(statePath, { synchronous: 'FULL' });
  using _lock = lockFolder(state.db, hashText(`${cwd} ${clock.now()}`).slice(0, 12), clock);
  const timeZone = settings.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const results: FilePublication[] = [];
  const room: PublishingRoom = {
    ...options,
    random,
    timeZone,
    publications: openPublications(state.db),
    project: { cwd, out: resolve(cwd, settings.out), posts: openPostTable(state.db).list() },
    onResult(result) {
      results.push(result);
      options.onResult?.(result);
    },
  };
  // In the order of the table: git comes last, because the other targets write IDs into the files.
  for (const name of TARGET_NAMES.filter((one) => targets.includes(one))) {
    const target = await openTarget(name, {
      settings,
      secrets,
      state: statePath,
      out: settings.out,
      timeZone,
      clock,
      random,
    });
    await publishTo(name, target, files, room);
  }
  return results;
}

async function publishTo(
  name: TargetName,
  target: Target | Outlet,
  files: readonly string[],
  room: PublishingRoom,
): Promise<void> {
  const { onResult, publications } = room;
  const planner = openPlanner(target.place, room);
  const read = await readPosts(files, { name, place: target.place }, room);
  const { posts, refused } = await withoutCopies(read.posts, name, room);
  for (const result of [...read.refused, ...refused]) onResult(result);
  // An outlet keeps the file under its old name: there a renamed post is a new one.
  if (!('send' in target)) for (const post of posts) await adoptRenamed(post, target.place, room);
  const planned = planner.plan(posts);
  const question = askFirst(planned, {
    target: target.place,
    publications,
    timeZone: room.timeZone,
    now: room.clock.now(),
  });
  if (question !== undefined && (await room.consent?.(question)) !== true) {
    onResult({
      file: `${plural(planned.length, 'post')}`,
      target: name,
      outcome: 'held',
      detail: `${plural(question.count, 'post')} would arrive at ${name} ${question.day === undefined ? 'at once' : `on ${question.day}`}, in the first run there. --yes confirms this; --per-day spreads them.`,
      code: 'TARGET_VOLUME',
    });
    return;
  }
  if ('send' in target) await sendAll(planned, target, name, room);
  else await publishAll(planned, target, name, room);
}
