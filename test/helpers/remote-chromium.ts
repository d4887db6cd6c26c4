import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface RemoteChromium extends AsyncDisposable {
  /** What `--browser` takes. */
  readonly address: string;
  readonly socketAddress: string;
  /** Tabs that are open, by the browser's own word. */
  tabs(): Promise<readonly string[]>;
}

/** A Chromium that somebody else started, with its debugging port open. */
export async function openRemoteChromium(program: string): Promise<RemoteChromium> {
  const folder = await mkdtemp(join(tmpdir(), 'remote-chromium-'));
  const flags = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--remote-debugging-port=0',
    `--user-data-dir=${folder}`,
  ];
  const child = spawn(program, [...flags, 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const socketAddress = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      const found = /DevTools listening on (ws:\S+)/.exec(line)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('close', (code) => reject(new Error(`Chromium ended with ${code}`)));
  });
  const address = `http://${new URL(socketAddress).host}`;
  return {
    address,
    socketAddress,
    async tabs() {
      const list = (await (await fetch(`${address}/json/list`)).json()) as { type: string; url: string }[];
      return list.filter(({ type }) => type === 'page').map(({ url }) => url);
    },
    async [Symbol.asyncDispose]() {
      child.kill();
      await ended;
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
