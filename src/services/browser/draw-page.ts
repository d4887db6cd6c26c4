import type { Browser, BrowserContext, HTTPRequest, Page } from 'puppeteer-core';
import { BloggerError } from '../../core/errors.ts';
import type { RenderedPage, RenderRequest } from '../../core/ports.ts';

export interface DrawOptions {
  readonly userAgent: string;
  /** A proxy that leads nowhere. */
  readonly proxy: string;
}

/** What a page needs to write its text; images, media, fonts and the rest are left out. */
const LOADED: ReadonlySet<string> = new Set(['document', 'script', 'stylesheet', 'xhr', 'fetch']);
const MAX_REQUESTS = 300;
const IDLE_MS = 500;
/** Requests of one page at once. */
const LANES = 4;

/** Draws one document in a context of its own and gives the tree that its scripts made. Throws `NEEDS_BROWSER`, `FETCH_TIMEOUT` or `TOO_LARGE`. */
export async function drawPage(
  browser: Browser,
  request: RenderRequest,
  { userAgent, proxy }: DrawOptions,
  signal: AbortSignal,
): Promise<RenderedPage> {
  const context = await browser.createBrowserContext({
    proxyServer: proxy,
    proxyBypassList: ['<-loopback>'], // Chromium asks loopback addresses directly otherwise
    downloadBehavior: { policy: 'deny' },
  });
  const stop = () => void context.close().catch(() => {}); // the browser may be gone already
  signal.addEventListener('abort', stop, { once: true });
  try {
    signal.throwIfAborted();
    return await draw(context, request, userAgent, signal);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw renderError(error, request);
  } finally {
    signal.removeEventListener('abort', stop);
    await context.close().catch(() => {});
  }
}

async function draw(
  context: BrowserContext,
  request: RenderRequest,
  userAgent: string,
  signal: AbortSignal,
): Promise<RenderedPage> {
  const { url, timeoutMs, maxBytes } = request;
  const page = await context.newPage();
  page.setDefaultTimeout(timeoutMs);
  await page.setUserAgent({ userAgent });
  await page.setBypassServiceWorker(true);
  page.on('dialog', (dialog) => void dialog.dismiss().catch(() => {}));
  page.on('popup', (popup) => void popup?.close().catch(() => {}));
  await answerRequests(page, request, signal);
  const deadline = performance.now() + timeoutMs;
  await page.goto(url, { waitUntil: 'domcontentloaded', timeout: timeoutMs });
  const left = Math.max(1, deadline - performance.now());
  // A page that never rests (polling, streams) is taken as it is when the time is up.
  await page.waitForNetworkIdle({ idleTime: IDLE_MS, timeout: left }).catch(() => {});
  const size = Number(await page.evaluate('document.documentElement.outerHTML.length'));
  if (size > maxBytes) {
    throw new BloggerError(`${url} is larger than ${maxBytes} bytes when it is drawn`, {
      code: 'TOO_LARGE',
      hint: 'Raise crawl.maxBytes (--max-bytes).',
    });
  }
  return { finalUrl: page.url(), html: await page.content() };
}

/** Answers each request of the page by `request.load`; the document itself is there already. */
async function answerRequests(page: Page, request: RenderRequest, signal: AbortSignal): Promise<void> {
  let count = 0;
  let bytes = 0;
  const lanes: Promise<unknown>[] = Array.from({ length: LANES }, () => Promise.resolve());

  /** In one of a few lanes, so that what is loaded is counted before more is. */
  function load(url: string, headers: Readonly<Record<string, string>>) {
    const loading = (lanes[count % LANES] ?? Promise.resolve()).then(() => {
      if (bytes > request.maxBytes) throw new Error('The page loads more bytes than it may');
      return request.load(url, headers, signal);
    });
    lanes[count % LANES] = loading.then(
      ({ body }) => (bytes += body.byteLength),
      () => {}, // reported to the page
    );
    return loading;
  }

  async function answer(asked: HTTPRequest): Promise<void> {
    const url = asked.url().split('#', 1)[0] ?? '';
    if (url === request.url.split('#', 1)[0] && asked.isNavigationRequest() && count === 0) {
      count += 1;
      return asked.respond({ status: 200, contentType: 'text/html; charset=utf-8', body: Buffer.from(request.html) });
    }
    count += 1;
    const isWanted = asked.method() === 'GET' && LOADED.has(asked.resourceType()) && /^https?:/i.test(url);
    if (!isWanted || count > MAX_REQUESTS) return asked.abort('blockedbyclient');
    const loaded = await load(url, asked.headers());
    const { 'content-encoding': _, 'content-length': __, ...headers } = loaded.headers;
    return asked.respond({ status: loaded.status, headers: oneLine(headers), body: Buffer.from(loaded.body) });
  }

  await page.setRequestInterception(true);
  page.on('request', (asked) => {
    answer(asked).catch(() => asked.abort('failed').catch(() => {})); // refused, gone or the page is closed
  });
}

/** Headers in which lines were kept apart by line breaks have one value a line. */
function oneLine(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.split('\n', 1)[0] ?? '']));
}

function renderError(error: unknown, { url, timeoutMs }: RenderRequest): BloggerError {
  if (BloggerError.is(error)) return error;
  const isTimeout = error instanceof Error && error.name === 'TimeoutError';
  const message = error instanceof Error ? error.message : String(error);
  return new BloggerError(
    isTimeout ? `${url} was not drawn within ${timeoutMs} ms` : `${url} could not be drawn by the browser: ${message}`,
    { code: isTimeout ? 'FETCH_TIMEOUT' : 'RENDER_FAILED', cause: error },
  );
}
