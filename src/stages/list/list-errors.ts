import { BloggerError } from '../../core/errors.ts';
import type { ListPosition, Priority } from '../../core/types.ts';
import type { ListProblem } from './read/parse-list.ts';

/** A list inside a list that could not be read. */
export interface FailedList {
  readonly url: string;
  readonly error: BloggerError;
  readonly position: ListPosition;
  /** A part of a sitemap index; plugins often leave entries there that are gone. */
  readonly isPart: boolean;
}

const MAX_SHOWN = 50;

export function badLines(problems: readonly ListProblem[]): BloggerError {
  const shown = problems
    .slice(0, MAX_SHOWN)
    .map(({ position, message }) => `${position.file}:${position.line}: ${message}`);
  const more = problems.length > shown.length ? [`… and ${problems.length - shown.length} more`] : [];
  const lines = new Set(problems.map(({ position: { file, line } }) => `${file}:${line}`)).size;
  const count = `${lines} bad ${lines === 1 ? 'line' : 'lines'}`;
  return new BloggerError([`${count} in the list; nothing was run`, ...shown, ...more].join('\n'), {
    code: 'LIST_INVALID',
    hint: 'Fix the lines, or leave them out with --skip-bad-lines.',
    details: { problems },
  });
}

/** The one list, or each of them, could not be read. */
export function unreadable({ url, error }: FailedList): BloggerError {
  if (error.code === 'LIST_INVALID' || error.code === 'LIST_MISSING') return error;
  return new BloggerError(`Cannot read the list ${url}: ${error.message}`, {
    code: 'LIST_MISSING',
    hint: error.hint ?? 'Open the address in a browser, or download the list and name the file.',
    cause: error,
  });
}

/** A document that is no list, where a feed or a sitemap is expected. */
export function notTheSource(fault: string): BloggerError {
  return new BloggerError(`${fault}; nothing was read from it`, {
    code: 'LIST_INVALID',
    hint: 'Open the address in a browser; if the feed moved, correct the address in the list.',
  });
}

export function endlessLists(name: string, maxDepth: number, maxLists: number): BloggerError {
  return new BloggerError(
    `Expected lists nested at most ${maxDepth} deep, and at most ${maxLists} of them; ${name} is beyond that`,
    { code: 'LIST_INVALID', hint: 'Name the sitemaps or feeds that you want instead of the index.' },
  );
}

export function emptyList(
  { lists, only }: { readonly lists: readonly string[]; readonly only?: Priority },
  total: number,
): BloggerError {
  const names = lists.join(', ');
  if (only !== undefined && total > 0) {
    return new BloggerError(`Expected at least one entry of priority ${only} in ${names}, found none among ${total}`, {
      code: 'LIST_EMPTY',
      hint: 'Write `high`, `medium` or `low` behind a URL, or leave --only out.',
    });
  }
  return new BloggerError(`Expected at least one URL in ${names}, found none`, {
    code: 'LIST_EMPTY',
    hint: 'Write one URL a line; lines that start with # are comments.',
  });
}
