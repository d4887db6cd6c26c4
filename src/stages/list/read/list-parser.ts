/** Parses lists within a budget: short ones here, long ones in a thread that can be stopped. */

import { fileURLToPath } from 'node:url';
import { BloggerError } from '../../../core/errors.ts';
import type { Threads } from '../../../util/threads/threads.ts';
import type { FeedTask } from '../worker.ts';
import { type ListSource, type ParsedList, type ParseListOptions, parseList } from './parse-list.ts';

export interface ListParser extends AsyncDisposable {
  /** Throws `LIST_INVALID` where the list takes more time or memory than it may. */
  parse(source: ListSource, options: ParseListOptions, signal: AbortSignal): Promise<ParsedList>;
  /** The address of the feed that a page announces in its text or its `Link` header. */
  findFeed(page: FeedTask, signal: AbortSignal): Promise<string | undefined>;
}

export interface ListParserOptions {
  /** Time for one list. @default 20000 */
  readonly timeoutMs?: number;
}

/** A list longer than this is never parsed on this thread. */
const INLINE_CHARS = 100_000;
/** The threads load built files; under a test runner that reads the sources there is none, and every list is parsed here. */
const WORKER = import.meta.url.endsWith('.js') ? fileURLToPath(new URL('../worker.js', import.meta.url)) : undefined;

export function openListParser({ timeoutMs = 20_000 }: ListParserOptions = {}): ListParser {
  let threads: Promise<Threads> | undefined;

  async function inThread(
    module: string,
    name: keyof typeof import('../worker.ts'),
    input: unknown,
    signal: AbortSignal,
  ): Promise<unknown> {
    const { GivenUp, openThreads } = await import('../../../util/threads/threads.ts');
    threads ??= Promise.resolve(openThreads({ count: 1 }));
    try {
      return await (await threads).run({ module, name, input, timeoutMs }, signal);
    } catch (error) {
      if (error instanceof GivenUp) throw tooHard(error);
      throw error;
    }
  }

  return {
    async parse(source, options, signal) {
      if (WORKER === undefined || source.text.length <= INLINE_CHARS) return parseList(source, options);
      return (await inThread(WORKER, 'parseInThread', { source, options }, signal)) as ParsedList; // what it returns
    },
    async findFeed(page, signal) {
      if (WORKER !== undefined && page.html.length > INLINE_CHARS)
        return (await inThread(WORKER, 'findFeedInThread', page, signal)) as string | undefined; // what it returns
      const { findFeed } = await import('../kinds/feed-link.ts');
      return findFeed(page.html, page.address, page.header);
    },
    async [Symbol.asyncDispose]() {
      await (await threads)?.[Symbol.asyncDispose]();
    },
  };
}

function tooHard({ message, cause }: Error): BloggerError {
  return new BloggerError(`Reading the list took ${message}, so it was given up`, {
    code: 'LIST_INVALID',
    hint: 'The list is broken or hostile; take it out, or split it.',
    cause,
  });
}
