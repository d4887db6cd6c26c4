/** Parses a long list; runs in a worker thread. */

import { findFeed } from './kinds/feed-link.ts';
import { type ListSource, type ParsedList, type ParseListOptions, parseList } from './read/parse-list.ts';

export interface ListTask {
  readonly source: ListSource;
  readonly options: ParseListOptions;
}

export function parseInThread({ source, options }: ListTask): Promise<ParsedList> {
  return parseList(source, options);
}

export interface FeedTask {
  readonly html: string;
  readonly address: string;
  /** The `Link` header. */
  readonly header?: string | undefined;
}

export function findFeedInThread({ html, address, header }: FeedTask) {
  return findFeed(html, address, header);
}
