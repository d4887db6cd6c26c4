/** Watched sources: what a look at one comes to. */

import type { SourceLook, Validators } from '../../../core/ports.ts';
import type { Entry, ItemFacts, Priority } from '../../../core/types.ts';
import { kindNamed } from '../kinds.ts';
import { type FailedList, notTheSource } from '../list-errors.ts';
import type { AnswerFacts, ListDocument, SourceMemory, SourceState } from '../list-ports.ts';
import type { ListProblem, ParsedList } from './parse-list.ts';
import type { Wanted } from './wanted-lists.ts';

/** A watched source that was read, or need not be. */
export interface ReadSource {
  readonly url: string;
  readonly kind: string;
  readonly title?: string;
  readonly movedTo?: string;
  readonly priority: Priority;
  readonly newest?: number;
  readonly state: SourceState | undefined;
  readonly items: readonly { readonly entry: Entry; readonly facts: ItemFacts }[];
  readonly outcome: SourceLook['outcome'];
}

/** What one list comes to; `lists` are opened next. */
export interface Opened {
  readonly entries?: readonly Entry[];
  readonly problems?: readonly ListProblem[];
  readonly notes?: readonly string[];
  readonly sources?: readonly ReadSource[];
  readonly failures?: readonly FailedList[];
  readonly lists?: readonly Wanted[];
}

interface SourceOptions {
  readonly priority: Priority;
  readonly memory: SourceMemory;
}

/** An answer with a text. */
export type ReadAnswer = AnswerFacts & { readonly document: ListDocument; readonly validators: Validators };

export function blankSource(
  { url, options: { priority, newest } }: Wanted,
  options: SourceOptions,
  { movedTo }: AnswerFacts = {},
) {
  return {
    url,
    kind: 'feed',
    ...(movedTo === undefined ? {} : { movedTo }),
    priority: priority ?? options.priority,
    ...(newest === undefined ? {} : { newest }),
    state: options.memory.find(url),
    items: [],
  };
}

export function asSource(
  wanted: Wanted,
  { document, validators, freshMs, ...answer }: ReadAnswer,
  parsed: ParsedList,
  options: SourceOptions,
): Opened {
  const [problem] = parsed.problems;
  if (parsed.entries.length === 0 && problem !== undefined) throw notTheSource(describeProblem(problem));
  const { intervalMs } = parsed;
  return {
    notes: [
      ...(document.damage === undefined ? [] : [`${document.name}: ${document.damage}`]),
      ...notesOfSource(wanted.url, options.memory.find(wanted.url), answer),
      ...named(document, parsed.notes),
      ...parsed.problems.map(describeProblem),
    ],
    sources: [
      {
        ...blankSource(wanted, options, answer),
        kind: parsed.kind,
        ...(parsed.title === undefined ? {} : { title: parsed.title }),
        items: parsed.entries.map((entry) => ({ entry, facts: parsed.facts.get(entry) ?? {} })),
        outcome: {
          kind: 'read',
          // Half a document must not be taken as unchanged when the server has the whole one.
          validators: document.damage === undefined && parsed.isCut !== true ? validators : {},
          ...(intervalMs === undefined ? {} : { intervalMs }),
          ...(freshMs === undefined ? {} : { freshMs }),
          taken: [],
          passed: [],
          isEmpty: parsed.entries.length === 0,
        },
      },
    ],
  };
}

/** What the user should know of a source that need not be read, or was found elsewhere; told once for each new address. */
export function notesOfSource(url: string, state: SourceState | undefined, { movedTo }: AnswerFacts): string[] {
  if (movedTo === undefined || movedTo === state?.movedTo) return [];
  return [`${url} moved permanently to ${movedTo}; write the new address into the list`];
}

export function notDueNotes(url: string, { dueAt, lastError }: SourceState): string[] {
  if (lastError === undefined) return [];
  return [
    `${url} is not requested again before ${new Date(dueAt).toISOString()}, because of its last answer: ${lastError}`,
  ];
}

export function isWatched({ kind, lists }: ParsedList, { options: { feed, newest } }: Wanted): boolean {
  if (kind === 'page' || lists.length > 0) return false;
  const { watched } = kindNamed(kind);
  return watched === 'always' || (watched === 'on request' && (feed === true || newest !== undefined));
}

export function named({ name }: ListDocument, notes: readonly string[]): string[] {
  return notes.map((note) => `${name}: ${note}`);
}

export function describeProblem({ position, message }: ListProblem): string {
  return `${position.file}:${position.line}: ${message}`;
}
