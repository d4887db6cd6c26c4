import type { Secrets, Settings } from '../../config/schema.ts';
import { BloggerError } from '../../core/errors.ts';
import type { Clock, Random } from '../../core/ports.ts';
import type { Publications } from '../../core/publishing.ts';
import type { TargetName } from '../../targets/targets.ts';
import type { Consent } from './ask-first.ts';
import type { Project } from './project-files.ts';

/** What became of a file at a target. `kept`: the target's version stays, since somebody changed or deleted it there. */
export interface FilePublication {
  readonly file: string;
  readonly target: TargetName;
  readonly outcome: 'created' | 'updated' | 'unchanged' | 'kept' | 'held' | 'failed';
  /** Address at the target, or why it is not there. */
  readonly detail: string;
  /** When readers see it, where that is later: ISO time. */
  readonly at?: string;
  readonly code?: string;
}

export interface PublishFilesOptions {
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly cwd: string;
  readonly targets: readonly TargetName[];
  /** Takes the place of what was changed or deleted at a target. */
  readonly force: boolean;
  /** Asked before a first run brings many posts to a target. @default nobody agrees */
  readonly consent?: Consent;
  readonly clock: Clock;
  readonly random?: Random;
  readonly signal: AbortSignal;
  readonly onResult?: (result: FilePublication) => void;
}

/** What publishing to one target works with. */
export interface PublishingRoom extends PublishFilesOptions {
  readonly project: Project;
  readonly publications: Publications;
  readonly timeZone: string;
  readonly random: Random;
  readonly onResult: (result: FilePublication) => void;
}

/** The result of a post that failed alone; what is no failure of a post is thrown. */
export function failureOf(file: string, target: TargetName, error: unknown): FilePublication {
  if (!BloggerError.is(error)) throw error;
  return { file, target, outcome: 'failed', detail: `${error.message}. ${error.hint ?? ''}`.trim(), code: error.code };
}
