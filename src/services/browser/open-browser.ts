/**
 * Draws pages in a Chromium. The browser opens no connection of its own: each request is answered by the caller's `load`, and its network is
 * a proxy that does not exist, so that what escapes interception (sockets, WebRTC, prefetch) reaches nothing.
 */

import type { Browser, LaunchOptions } from 'puppeteer-core';
import { BloggerError } from '../../core/errors.ts';
import type { PageRenderer, RenderRequest } from '../../core/ports.ts';
import { drawPage } from './draw-page.ts';
import { type BrowserLocation, findBrowser } from './find-browser.ts';

export interface BrowserOptions {
  /** A path, a channel or an address; see `findBrowser`. */
  readonly browser: string | undefined;
  readonly userAgent: string;
}

/** Pages drawn at once; each takes a renderer process of 50 to 150 MB. */
const MAX_PAGES = 3;
/** A browser grows with what it has drawn; a new one starts after this many pages. */
const PAGES_A_BROWSER = 100;
const DEAD_PROXY = 'http://127.0.0.1:9';
const ARGS = [
  `--proxy-server=${DEAD_PROXY}`,
  '--proxy-bypass-list=<-loopback>',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-dev-shm-usage',
  '--disable-extensions',
  '--disable-gpu',
  '--disable-sync',
  '--mute-audio',
  '--no-first-run',
];

export function openBrowser({ browser: named, userAgent }: BrowserOptions): PageRenderer & AsyncDisposable {
  let running: { readonly browser: Promise<Browser>; drawn: number; open: number } | undefined;
  const retired = new Set<Promise<void>>();
  const waiting: (() => void)[] = [];
  let drawing = 0;

  async function takeTurn(signal: AbortSignal): Promise<void> {
    while (drawing >= MAX_PAGES) await new Promise<void>((resolve) => waiting.push(resolve));
    if (signal.aborted) waiting.shift()?.(); // the place is free for the next one
    signal.throwIfAborted();
    drawing += 1;
  }

  function current(): NonNullable<typeof running> {
    if (running !== undefined && running.drawn < PAGES_A_BROWSER) return running;
    if (running?.open === 0) retire(running.browser);
    running = { browser: start(named), drawn: 0, open: 0 };
    running.browser.catch(() => (running = undefined)); // the next page tries again
    return running;
  }

  function retire(browser: Promise<Browser>): void {
    const closing = browser.then(closeBrowser, () => {}).finally(() => retired.delete(closing));
    retired.add(closing);
  }

  async function draw(request: RenderRequest, signal: AbortSignal) {
    const mine = current();
    mine.drawn += 1;
    mine.open += 1;
    try {
      const browser = await mine.browser;
      browser.once('disconnected', () => {
        if (running === mine) running = undefined;
      });
      return await drawPage(browser, request, { userAgent, proxy: DEAD_PROXY }, signal);
    } finally {
      mine.open -= 1;
      if (mine.open === 0 && mine !== running) retire(mine.browser);
    }
  }

  return {
    async render(request, signal) {
      await takeTurn(signal);
      try {
        return await draw(request, signal);
      } finally {
        drawing -= 1;
        waiting.shift()?.();
      }
    },
    async [Symbol.asyncDispose]() {
      if (running !== undefined) retire(running.browser);
      running = undefined;
      await Promise.all(retired);
    },
  };
}

async function start(named: string | undefined): Promise<Browser> {
  const place = findBrowser(named);
  if (place === undefined) throw needsBrowser('no Chromium was found', undefined);
  const puppeteer = await import('puppeteer-core').catch((error: unknown) => {
    throw needsBrowser('the package puppeteer-core is not installed', error);
  });
  try {
    return await (place.kind === 'remote' ? puppeteer.connect(remote(place.address)) : puppeteer.launch(local(place)));
  } catch (error) {
    const what = place.kind === 'remote' ? place.address : place.kind === 'path' ? place.path : place.channel;
    throw needsBrowser(
      `${what} could not be started: ${error instanceof Error ? error.message : String(error)}`,
      error,
    );
  }
}

function remote(address: string) {
  return /^ws/i.test(address) ? { browserWSEndpoint: address } : { browserURL: address };
}

function local(place: Exclude<BrowserLocation, { kind: 'remote' }>): LaunchOptions {
  const isRoot = process.getuid?.() === 0; // Chromium refuses its sandbox to root
  const args = isRoot ? [...ARGS, '--no-sandbox'] : ARGS;
  const common = { args, pipe: true, headless: true, handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
  return place.kind === 'path'
    ? { ...common, executablePath: place.path }
    : { ...common, channel: place.channel as NonNullable<LaunchOptions['channel']> }; // `findBrowser` names known ones only
}

/** Ends the process; one that does not listen is killed. */
async function closeBrowser(browser: Browser): Promise<void> {
  const process = browser.process();
  if (process === null) return browser.disconnect(); // somebody else's
  const timer = setTimeout(() => process.kill('SIGKILL'), CLOSE_MS);
  await browser.close().catch(() => process.kill('SIGKILL'));
  clearTimeout(timer);
}

const CLOSE_MS = 5000;

function needsBrowser(reason: string, cause: unknown): BloggerError {
  return new BloggerError(`The page is drawn by scripts, and there is no browser to draw it: ${reason}`, {
    code: 'NEEDS_BROWSER',
    hint: 'Install one (`npm install puppeteer-core`, `apt-get install chromium`), or name one with --browser or BLOGGER_BROWSER_URL. `--render never` reads such pages as they are.',
    cause,
  });
}
