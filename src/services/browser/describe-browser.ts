/** Says which browser would draw pages, without starting it. */

import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { type BrowserLocation, findBrowser } from './find-browser.ts';

export type BrowserDescription =
  | { readonly ok: true; readonly name: string }
  | { readonly ok: false; readonly reason: string; readonly hint: string };

const PATIENCE_MS = 5000;

/** `named`: the setting `browser`; see `findBrowser`. */
export async function describeBrowser(named: string | undefined, searchPath?: string): Promise<BrowserDescription> {
  const place = findBrowser(named, searchPath);
  if (place === undefined)
    return { ok: false, reason: 'no Chromium was found on PATH', hint: 'Install one: `apt-get install chromium`.' };
  if (!hasPuppeteer())
    return {
      ok: false,
      reason: 'the package puppeteer-core is not installed',
      hint: 'Install it: `npm install puppeteer-core`.',
    };
  try {
    return { ok: true, name: await nameOf(place) };
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error);
    return {
      ok: false,
      reason: `${named ?? 'the browser'} does not answer (${reason})`,
      hint: 'Correct --browser (BLOGGER_BROWSER_URL): a path, a channel such as chrome, or the address of a running browser.',
    };
  }
}

function hasPuppeteer(): boolean {
  try {
    createRequire(import.meta.url).resolve('puppeteer-core');
    return true;
  } catch {
    return false;
  }
}

async function nameOf(place: BrowserLocation): Promise<string> {
  if (place.kind === 'channel') return `the browser of the channel ${place.channel}`;
  if (place.kind === 'path') {
    const { stdout } = await promisify(execFile)(place.path, ['--version'], { timeout: PATIENCE_MS });
    return `${stdout.trim()} at ${place.path}`;
  }
  const url = new URL('/json/version', place.address.replace(/^ws/i, 'http'));
  const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS), redirect: 'error' });
  const version: unknown = await response.json();
  const name = typeof version === 'object' && version !== null ? Reflect.get(version, 'Browser') : undefined;
  return `${typeof name === 'string' ? name : 'the browser'} at ${url.host}`;
}
