import type { Secrets, Settings } from '../../config/schema.ts';
import { BloggerError } from '../../core/errors.ts';
import type { Clock, Random } from '../../core/ports.ts';
import type { Publications } from '../../core/publishing.ts';
import type { TargetName } from '../../targets/targets.ts';
import type { Consent } from './ask-first.ts';
import type { Project } from './project-files.ts';

/** Result of a file at a target. `kept`: it was changed or deleted there, so the target's version stays. */
export interface FilePublication {
  readonly file: string;
  readonly target: TargetName;
  readonly outcome: 'created' | 'updated' | 'unchanged' | 'kept' | 'held' | 'failed';
  /** Address at the target, or why it is not there. */
  readonly detail: string;
  /** ISO time of publication, if it is in the future. */
  readonly at?: string;
  readonly code?: string;
  /** Parts of the post that have no place at the target. */
  readonly lost?: readonly string[];
}

/** What a result says of parts that were left out. */
export function lostIn({ lost }: { readonly lost: readonly string[] }): Pick<FilePublication, 'lost'> {
  return lost.length === 0 ? {} : { lost };
}

export interface PublishFilesOptions {
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly cwd: string;
  readonly targets: readonly TargetName[];
  /** Overwrites posts that were changed or deleted at a target. */
  readonly force: boolean;
  /** Confirms a first run that sends many posts to a target. @default refuses */
  readonly consent?: Consent;
  readonly clock: Clock;
  readonly random?: Random;
  readonly signal: AbortSignal;
  readonly onResult?: (result: FilePublication) => void;
}

/** Dependencies of publishing to one target. */
export interface PublishingRoom extends PublishFilesOptions {
  readonly project: Project;
  readonly publications: Publications;
  readonly timeZone: string;
  readonly random: Random;
  readonly onResult: (result: FilePublication) => void;
}

/** Converts an error that concerns a single post to its result; rethrows others. */
export function failureOf(file: string, target: TargetName, error: unknown): FilePublication {
  if (!BloggerError.is(error)) throw error;
  return { file, target, outcome: 'failed', detail: `${error.message}. ${error.hint ?? ''}`.trim(), code: error.code };
}
