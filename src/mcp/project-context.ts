import type { Secrets, Settings } from '../config/schema.ts';

/** The project that the tools work on. */
export interface ProjectContext {
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly cwd: string;
  /** Aborted when the server shuts down: runs take no new work. */
  readonly stop: AbortSignal;
}
