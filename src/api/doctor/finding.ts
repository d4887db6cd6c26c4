import type { Secrets, Settings } from '../../config/schema.ts';

/** One result of `doctor`. */
export interface Finding {
  readonly subject: string;
  readonly level: 'ok' | 'warning' | 'error';
  readonly message: string;
  readonly fix?: string;
}

export interface ExamineOptions {
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly cwd: string;
  /** Milliseconds since the epoch, by this machine's clock. */
  readonly now: number;
  readonly env: Readonly<Record<string, string | undefined>>;
}
