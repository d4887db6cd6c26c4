/** Where a Chromium may be: what the user names, else what is installed. */

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

export type BrowserLocation =
  | { readonly kind: 'remote'; readonly address: string }
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'channel'; readonly channel: string };

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge',
  'brave-browser',
];
const CHANNELS: ReadonlySet<string> = new Set(['chrome', 'chrome-beta', 'chrome-canary', 'chrome-dev']);

/** `named`: an address (http, https, ws, wss) of a running browser, a channel such as `chrome`, or a path. Undefined where none is found. */
export function findBrowser(
  named: string | undefined,
  searchPath = process.env['PATH'] ?? '',
): BrowserLocation | undefined {
  if (named !== undefined && /^(https?|wss?):\/\//i.test(named)) return { kind: 'remote', address: named };
  if (named !== undefined && CHANNELS.has(named)) return { kind: 'channel', channel: named };
  if (named !== undefined) return { kind: 'path', path: named };
  const folders = searchPath.split(delimiter).filter((folder) => folder !== '');
  const path = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
  return path === undefined ? undefined : { kind: 'path', path };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
