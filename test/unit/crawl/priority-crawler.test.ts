import { describe, expect, it } from 'vitest';
import { BloggerError } from '../../../src/core/errors.ts';
import type { Entry, Page } from '../../../src/core/types.ts';
import type { ReadContext } from '../../../src/stages/crawl/fetchers/crawl-request.ts';
import { PriorityCrawler } from '../../../src/stages/crawl/priority-crawler.ts';
import { entryOf } from '../../helpers/crawl-setup.ts';
import { collectEvents, settle } from '../../helpers/fakes.ts';

function pageOf(entry: Entry, members: Partial<Page> = {}): Page {
  const { url } = entry;
  return {
    entry,
    url,
    finalUrl: url,
    httpStatus: 200,
    contentType: 'text/html',
    body: new Uint8Array(),
    bytes: 0,
    fetchedAt: '',
    fromCache: false,
    policy: { allowed: true, policy: 'respect' },
    ms: 1,
    ...members,
  };
}

/** A reader whose reads end when the test says so. */
function manualReader() {
  const open = new Map<
    string,
    {
      readonly entry: Entry;
      readonly context: ReadContext | undefined;
      readonly resolve: (page: Page) => void;
      readonly reject: (error: unknown) => void;
    }
  >();
  const started: string[] = [];
  return {
    started,
    get inFlight() {
      return open.size;
    },
    read(entry: Entry, signal: AbortSignal, context?: ReadContext): Promise<Page> {
      started.push(entry.url);
      return new Promise((resolve, reject) => {
        open.set(entry.url, { entry, context, resolve, reject });
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    },
    take(url: string) {
      const read = open.get(url);
      if (read === undefined) throw new Error(`no read of ${url}`);
      open.delete(url);
      return read;
    },
    finish(url: string, members: Partial<Page> = {}) {
      const { entry, resolve } = this.take(url);
      resolve(pageOf(entry, members));
    },
    contextOf: (url: string) => open.get(url)?.context,
  };
}

const url = (host: string, path: number | string) => `http://${host}.example/${path}`;
const settleAll = async () => {
  for (let turn = 0; turn < 5; turn += 1) await settle();
};

describe('PriorityCrawler', () => {
  it('keeps to maxConcurrent over all hosts', async () => {
    const stop = new AbortController();
    const reader = manualReader();
    const pages = new PriorityCrawler({ reader, maxConcurrent: 3 })
      .crawl(
        ['a', 'b', 'c', 'd'].map((host) => entryOf(url(host, 1))),
        stop.signal,
      )
      [Symbol.asyncIterator]();
    void pages.next().catch(() => {});
    await settleAll();

    expect(reader.inFlight).toBe(3);
    stop.abort();
  });

  it('starts another read while one is parked, and lets the parked one back in first', async () => {
    const reader = manualReader();
    const pages = new PriorityCrawler({ reader, maxConcurrent: 1 })
      .crawl(['a', 'b', 'c'].map((host) => entryOf(url(host, 1))))
      [Symbol.asyncIterator]();
    const first = pages.next();
    await settleAll();
    let goOn = () => {};
    let back = false;
    const parked = reader
      .contextOf(url('a', 1))
      ?.park(
        () =>
          new Promise<void>((resolve) => {
            goOn = resolve;
          }),
      )
      .then(() => {
        back = true;
      });
    await settleAll();
    expect(reader.started).toEqual([url('a', 1), url('b', 1)]);

    goOn();
    await settleAll();
    expect(back).toBe(false);
    reader.finish(url('b', 1));
    await parked;
    await first;
    await settleAll();

    expect(reader.started).toHaveLength(2);
    await pages.return?.();
  });

  it('pauses when queueSize pages are held and goes on when one is taken', async () => {
    const reader = { read: async (entry: Entry) => pageOf(entry) };
    const started: string[] = [];
    const counting = {
      read: (entry: Entry) => {
        started.push(entry.url);
        return reader.read(entry);
      },
    };
    const pages = new PriorityCrawler({ reader: counting, maxConcurrent: 4, queueSize: 3 })
      .crawl(Array.from({ length: 20 }, (_, at) => entryOf(url(`h${at}`, 1))))
      [Symbol.asyncIterator]();

    await pages.next();
    await settleAll();
    expect(started).toHaveLength(4);
    await pages.next();
    await settleAll();

    expect(started).toHaveLength(5);
    await pages.return?.();
  });

  it('pauses while a few heavy pages are held, far below queueSize', async () => {
    const stop = new AbortController();
    const reader = manualReader();
    const entries = Array.from({ length: 6 }, (_, at) => entryOf(url(`h${at}`, 1)));
    const pages = new PriorityCrawler({ reader, maxConcurrent: 2, queueSize: 100 })
      .crawl(entries, stop.signal)
      [Symbol.asyncIterator]();
    const first = pages.next();
    await settleAll();
    for (const at of [0, 1, 2]) {
      reader.finish(url(`h${at}`, 1), { body: new Uint8Array(3_000_000) });
      await settleAll();
    }
    await first;
    await settleAll();
    expect(reader.started).toHaveLength(3);

    await pages.next();
    await pages.next();
    await settleAll();

    expect(reader.started).toHaveLength(5);
    stop.abort();
    await pages.return?.();
  });

  it('takes no more than lookAhead entries from an async source', async () => {
    let pulled = 0;
    const source = async function* () {
      for (;;) {
        pulled += 1;
        yield entryOf(url('one', pulled));
      }
    };
    const stop = new AbortController();
    const reader = manualReader();
    const pages = new PriorityCrawler({ reader, lookAhead: 50 }).crawl(source(), stop.signal)[Symbol.asyncIterator]();
    void pages.next().catch(() => {});
    await settleAll();

    expect(pulled).toBeLessThanOrEqual(55);
    stop.abort();
  });

  it('sorts what an async source has at hand before it starts', async () => {
    const source = async function* () {
      yield entryOf(url('a', 'low'), { priority: 'low' });
      yield entryOf(url('b', 'high'), { priority: 'high' });
    };
    const stop = new AbortController();
    const reader = manualReader();
    const pages = new PriorityCrawler({ reader, maxConcurrent: 1 })
      .crawl(source(), stop.signal)
      [Symbol.asyncIterator]();
    void pages.next().catch(() => {});
    await settleAll();

    expect(reader.started).toEqual([url('b', 'high')]);
    stop.abort();
  });

  it('tells failures and skips apart, counts them, and never throws them', async () => {
    const codes: Record<string, ConstructorParameters<typeof BloggerError>[1]['code']> = {
      '/robots': 'ROBOTS_DENIED',
      '/type': 'UNSUPPORTED_TYPE',
      '/policy': 'POLICY_DENIED',
      '/slow': 'FETCH_TIMEOUT',
    };
    const reader = {
      async read(entry: Entry) {
        const code = codes[new URL(entry.url).pathname];
        if (code !== undefined) throw new BloggerError(code, { code });
        if (entry.url.endsWith('/bug')) throw new TypeError('oops');
        return pageOf(entry);
      },
    };
    const heard = collectEvents();
    const crawler = new PriorityCrawler({ reader, emit: heard.emit });
    const pages: Page[] = [];
    for await (const page of crawler.crawl(
      ['robots', 'type', 'policy', 'slow', 'bug', 'ok'].map((path) => entryOf(url('a', path))),
    ))
      pages.push(page);

    expect(
      heard
        .of('entry:skip')
        .map(({ failure }) => failure.code)
        .sort(),
    ).toEqual(['POLICY_DENIED', 'ROBOTS_DENIED', 'UNSUPPORTED_TYPE']);
    expect(
      heard
        .of('entry:fail')
        .map(({ failure }) => failure.code)
        .sort(),
    ).toEqual(['BUG', 'FETCH_TIMEOUT']);
    expect(heard.of('entry:fail')[0]?.failure.position).toMatchObject({ file: 'urls.txt' });
    expect(crawler.stats()).toMatchObject({
      pages: 1,
      failures: 2,
      skips: 3,
      entries: 6,
      successRate: 1 / 3,
      robotsRefusals: 1,
      policyRefusals: 1,
    });
    expect(crawler.stats().hosts['a.example']?.errors).toEqual({
      ROBOTS_DENIED: 1,
      UNSUPPORTED_TYPE: 1,
      POLICY_DENIED: 1,
      FETCH_TIMEOUT: 1,
      BUG: 1,
    });
  });

  it.each([
    ['a canonical link of both and the same bytes', { canonicalUrl: 'http://a.example/story' }, '', 1],
    ['a canonical link of both and other texts', { canonicalUrl: 'http://a.example/blog/' }, 'other', 2],
    ['no common address and the same bytes', {}, '', 2],
    ['a canonical link to the front page and other texts', { canonicalUrl: 'http://a.example/' }, 'other', 2],
  ])('with %s', async (_name, members, more, expected) => {
    const body = ({ index }: Entry) => Buffer.from(more === '' ? 'same' : `${more} ${index}`);
    const reader = { read: async (entry: Entry) => pageOf(entry, { ...members, body: body(entry) }) };
    const pages: Page[] = [];
    for await (const page of new PriorityCrawler({ reader }).crawl([entryOf(url('a', 1)), entryOf(url('a', 2))]))
      pages.push(page);

    expect(pages).toHaveLength(expected);
  });

  it('does not read an address again that already gave a page', async () => {
    const reads: string[] = [];
    const reader = {
      read: async (entry: Entry) => {
        reads.push(entry.url);
        return pageOf(entry);
      },
    };
    const heard = collectEvents();
    for await (const _ of new PriorityCrawler({ reader, perHost: 1, emit: heard.emit }).crawl([
      entryOf(url('a', 1)),
      entryOf(`${url('a', 1)}#part`),
    ]));

    expect(reads).toHaveLength(1);
    expect(heard.of('entry:skip')[0]?.failure.code).toBe('DUPLICATE');
  });

  it('throws the reason of its signal and stops what is in flight', async () => {
    const reader = manualReader();
    const stop = new AbortController();
    const pages = new PriorityCrawler({ reader }).crawl([entryOf(url('a', 1))], stop.signal)[Symbol.asyncIterator]();
    const next = pages.next();
    await settleAll();
    stop.abort();

    expect(await next.catch((error: unknown) => error)).toBe(stop.signal.reason);
  });

  it('does not start at all with a signal that has fired', async () => {
    const reader = manualReader();
    const crawl = new PriorityCrawler({ reader }).crawl([entryOf(url('a', 1))], AbortSignal.abort());

    await expect(crawl[Symbol.asyncIterator]().next()).rejects.toMatchObject({ name: 'AbortError' });
    expect(reader.started).toEqual([]);
  });

  it('throws what its source throws, after giving back what it holds', async () => {
    const source = async function* () {
      yield entryOf(url('a', 1));
      throw new BloggerError('gone', { code: 'LIST_MISSING' });
    };
    const reader = manualReader();

    await expect(new PriorityCrawler({ reader }).crawl(source())[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code: 'LIST_MISSING',
    });
  });

  it('ends at once for an empty list', async () => {
    const pages: Page[] = [];
    for await (const page of new PriorityCrawler({ reader: manualReader() }).crawl([])) pages.push(page);

    expect(pages).toEqual([]);
  });
});
