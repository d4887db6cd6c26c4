/** Payloads and results of the queue between a run and its workers. */

import { z } from 'zod';
import { BloggerError } from '../core/errors.ts';
import type { RunEvent } from '../core/events.ts';
import type { JobFailure, PaidCall } from '../core/ports.ts';
import { type Article, type Brief, type Draft, type Entry, PRIORITIES, type Statement } from '../core/types.ts';
import type { CapOfCall } from '../stages/write/calls/shared-model.ts';

export interface PageJob {
  readonly entry: Entry;
}

const optionalText = z.string().optional();
const pageJobSchema = z.object({
  entry: z.looseObject({
    index: z.number(),
    url: z.url({ protocol: /^https?$/ }),
    original: z.string(),
    priority: z.enum(PRIORITIES),
    keywords: z.array(z.string()),
    lang: optionalText,
    languages: z.array(z.string()).optional(),
    length: z.number().optional(),
    tone: optionalText,
    categories: z.array(z.string()).optional(),
    post: optionalText,
    position: z.object({ file: z.string(), line: z.number() }),
  }),
});

/**
 * Validates a page job: anyone with access to the store can add one. Throws `URL_REFUSED` for anything but a web address, so that
 * no job reads files of a worker's machine.
 */
export function readPageJob(payload: unknown): PageJob {
  const job = pageJobSchema.safeParse(payload);
  if (job.success) return job.data as PageJob; // the schema's optional members may be `undefined`, the type's may be absent
  throw new BloggerError(`Workers read pages of the web only; the job was refused: ${z.prettifyError(job.error)}`, {
    code: 'URL_REFUSED',
    hint: 'Local pages are read by the run that lists them. Start all workers and the run with the same version.',
  });
}

export interface PageAnswer {
  readonly article: Article;
  /** The page's final event on the worker. */
  readonly page: Omit<Extract<RunEvent, { type: 'page:end' }>, 'at' | 'type'>;
}

interface AnyPostJob {
  /** Hash of everything that affects an answer. */
  readonly shape: string;
  readonly cap?: CapOfCall;
  /** Set to request an unusable answer again. */
  readonly retrySalt?: string;
}

/** Writing options of the run that the post is written for. */
export type PostOptions = Pick<AnyPostJob, 'cap' | 'retrySalt'>;

export type PostJob = AnyPostJob &
  (
    | { readonly do: 'write'; readonly brief: Brief }
    | { readonly do: 'repair'; readonly draft: Draft; readonly problems: readonly string[] }
    | { readonly do: 'look'; readonly draft: Draft; readonly statements: readonly Statement[] }
  );

/** Outcome of a post and its paid calls so far, which the run records in the ledger. */
export type PostAnswer = { readonly calls: readonly PaidCall[] } & (
  | ({ readonly failed?: undefined } & Pick<Draft, 'content' | 'provenance' | 'digest' | 'gap' | 'look'>)
  | { readonly failed: JobFailure }
);
