import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../helpers/free-port.ts';
import { KEPT } from './install.ts';
import { waitUntilUp } from './wait-until-up.ts';

export type Role = 'admin' | 'editor' | 'author' | 'contributor';

/** A new WordPress on a port of its own, with an application password for each role. */
export async function startRealWordPress() {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const site = mkdtempSync(join(tmpdir(), 'blogger-wordpress-'));
  cpSync(join(KEPT, 'wordpress'), site, { recursive: true });
  const env = { ...process.env, WP_URL: url, PHP_CLI_SERVER_WORKERS: '4' };
  const installed = execFileSync('php', [new URL('./wordpress/install.php', import.meta.url).pathname, site], {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const passwords = JSON.parse(installed.slice(installed.lastIndexOf('\n{'))) as Record<Role, string>;
  // The workers stay on the port when their parent is killed alone: they are one group.
  const server = spawn('php', ['-S', `127.0.0.1:${port}`, '-t', site], { env, detached: true, stdio: 'ignore' });
  await waitUntilUp(`${url}/?rest_route=/`);
  const call = async (method: string, path: string, body?: unknown, as: Role = 'admin') => {
    const response = await fetch(`${url}/wp-json/wp/v2${path}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`${as}:${passwords[as]}`).toString('base64')}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, json: (await response.json()) as never };
  };
  return {
    url,
    site,
    passwords,
    call,
    async [Symbol.asyncDispose]() {
      if (server.pid !== undefined) process.kill(-server.pid, 'SIGKILL');
      await new Promise((resolve) => setTimeout(resolve, 200));
      rmSync(site, { recursive: true, force: true });
    },
  };
}
