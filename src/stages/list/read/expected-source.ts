/** What a document must be where a source is expected: servers answer with pages and messages of errors, with status 200 too. Pure. */

import { kindNamed } from '../kinds.ts';
import type { ListDocument } from '../list-ports.ts';
import { describeProblem } from './list-source.ts';
import { isAddressList } from './list-start.ts';
import type { ParsedList } from './parse-list.ts';
import type { Wanted } from './wanted-lists.ts';

/** Why a document cannot be the source that a line names; undefined where it can, or where nothing says what it should be. */
export function faultOfSource(
  { options: { feed, newest }, depth, parent, url }: Wanted,
  { text }: Pick<ListDocument, 'text'>,
  parsed: ParsedList,
  { wasRead }: { readonly wasRead: boolean },
): string | undefined {
  const isExpected = wasRead || feed === true || newest !== undefined || parent === 'sitemap' || parent === 'robots';
  const hasSome = parsed.entries.length > 0 || parsed.lists.length > 0;
  const [problem] = parsed.problems;
  // The bad lines of a list that the user names are told of one by one.
  if (!hasSome && problem !== undefined && (depth > 0 || isExpected)) return describeProblem(problem);
  if (!isExpected) return undefined;
  if (parsed.kind === 'page') return feed === true ? undefined : `expected a feed or a sitemap from ${url}, got a page`;
  const isWatchable = kindNamed(parsed.kind).watched !== 'never';
  if (!hasSome && !isWatchable) return `expected a feed or a sitemap from ${url}, got an empty document`;
  const isOther =
    !isWatchable &&
    parsed.lists.length === 0 &&
    (wasRead || parsed.kind === 'xml' || (parsed.kind === 'text' && !isAddressList(text)));
  return isOther ? `expected a feed or a sitemap from ${url}, got another kind of document` : undefined;
}
