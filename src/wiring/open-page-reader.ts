import type { Clock, Emit, Fetcher, KeyValueStore, PageRenderer, Random } from '../core/ports.ts';
import { openHttpFetcher } from '../services/http/http-fetcher.ts';
import { userAgentHeader } from '../services/http/user-agent.ts';
import { type HostLimits, openHostLimits } from '../stages/crawl/hosts/host-limits.ts';
import { type CrawlPageReader, createPageReader, type PageReaderSettings } from '../stages/crawl/page-reader.ts';
import { systemClock } from '../util/clock.ts';
import { Disposer } from '../util/disposer.ts';
import { readBounded } from '../util/files/read-bounded.ts';
import { readProxySettings } from '../util/net/proxy-route.ts';
import { systemRandom } from '../util/random.ts';
import { VERSION } from '../util/version.ts';

export interface OpenPageReaderOptions {
  readonly settings?: Partial<PageReaderSettings>;
  /** Allows private and loopback addresses and any port. @default false */
  readonly allowPrivate?: boolean;
  /** Contact address for site owners. */
  readonly contactUrl?: string | undefined;
  /** Cache of pages. @default no cache */
  readonly store?: KeyValueStore;
  /** Limits per host, shared with other machines; not owned. @default limits of this process */
  readonly limits?: HostLimits;
  /** Browser that renders pages that need scripts; see the setting `browser`. @default an installed one */
  readonly browser?: string | undefined;
  readonly clock?: Clock;
  readonly random?: Random;
  readonly emit?: Emit;
}

export interface OpenPageReader extends CrawlPageReader, AsyncDisposable {
  readonly fetcher: Fetcher;
}

/** Opens a page reader over undici with all politeness rules; close it when done. */
export function openPageReader(options: OpenPageReaderOptions = {}): OpenPageReader {
  const disposer = new Disposer();
  const settings: PageReaderSettings = { ...DEFAULTS, ...options.settings };
  const userAgent = userAgentHeader({
    userAgent: settings.userAgent,
    version: VERSION,
    contactUrl: options.contactUrl,
  });
  const fetcher = disposer.use(
    openHttpFetcher({
      allowPrivate: options.allowPrivate ?? false,
      userAgent,
      proxies: readProxySettings(process.env),
    }),
  );
  const reader = createPageReader({
    fetcher,
    store: options.store ?? forgetfulStore,
    limits: options.limits ?? disposer.use(openHostLimits({ perHost: settings.perHost })),
    settings,
    clock: options.clock ?? systemClock,
    random: options.random ?? systemRandom,
    emit: options.emit ?? (() => {}),
    readFile: (path) => readBounded(path, { maxBytes: settings.maxBytes }),
    renderer: lazyRenderer(() => openRenderer(options.browser, userAgent, disposer)),
  });
  return {
    fetcher,
    read: (...args) => reader.read(...args),
    fetchList: (...args) => reader.fetchList(...args),
    [Symbol.asyncDispose]: () => disposer[Symbol.asyncDispose](),
  };
}

async function openRenderer(browser: string | undefined, userAgent: string, disposer: Disposer): Promise<PageRenderer> {
  const { openBrowser } = await import('../services/browser/open-browser.ts');
  return disposer.use(openBrowser({ browser, userAgent }));
}

/** Loads the browser code only when the first page needs it. */
function lazyRenderer(open: () => Promise<PageRenderer>): PageRenderer {
  let opened: Promise<PageRenderer> | undefined;
  return {
    async render(request, signal) {
      opened ??= open();
      return (await opened).render(request, signal);
    },
  };
}

const DEFAULTS: PageReaderSettings = {
  perHost: 2,
  delayMs: 0,
  maxDelayMs: 30_000,
  timeoutMs: 30_000,
  attempts: 3,
  maxBytes: 10_485_760,
  maxRedirects: 5,
  cacheTtlMs: 86_400_000,
  robots: true,
  aiPolicy: 'respect',
  render: 'auto',
  userAgent: 'blogger',
};

const forgetfulStore: KeyValueStore = {
  get: async () => undefined,
  set: async () => {},
  delete: async () => false,
  async *iterate() {},
};
