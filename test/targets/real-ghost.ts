import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../helpers/free-port.ts';
import { KEPT } from './install.ts';
import { waitUntilUp } from './wait-until-up.ts';

/** A new Ghost with a database of its own, its first user, and an integration whose key it answers. */
export async function startRealGhost() {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const folder = mkdtempSync(join(tmpdir(), 'blogger-ghost-'));
  cpSync(join(KEPT, 'ghost/content'), join(folder, 'content'), { recursive: true });
  for (const name of ['data', 'images', 'logs', 'settings', 'files', 'media', 'public'])
    mkdirSync(join(folder, 'content', name), { recursive: true });
  // Ghost finds itself by its working folder; the rest is told by the environment.
  const env = {
    PATH: process.env['PATH'],
    NODE_ENV: 'development',
    url,
    server__host: '127.0.0.1',
    server__port: String(port),
    database__client: 'sqlite3',
    database__connection__filename: join(folder, 'content/data/ghost.db'),
    database__useNullAsDefault: 'true',
    mail__transport: 'Direct',
    privacy__useTinfoil: 'true',
    security__staffDeviceVerification: 'false',
    paths__contentPath: join(folder, 'content'),
    logging__level: 'error',
  };
  const server = spawn(process.execPath, ['index.js'], { cwd: join(KEPT, 'ghost'), env, stdio: 'ignore' });
  await waitUntilUp(`${url}/ghost/api/admin/site/`);
  const adminKey = await makeKey(url);
  return {
    url,
    adminKey,
    folder,
    async [Symbol.asyncDispose]() {
      server.kill('SIGKILL');
      await new Promise((resolve) => setTimeout(resolve, 200));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function makeKey(url: string): Promise<string> {
  let cookie = '';
  const ask = async (path: string, body: unknown) => {
    const response = await fetch(`${url}/ghost/api/admin${path}`, {
      method: 'POST',
      headers: { origin: url, 'content-type': 'application/json', 'accept-version': 'v5.0', cookie },
      body: JSON.stringify(body),
    });
    const set = response.headers.getSetCookie().map((one) => one.split(';')[0]);
    if (set.length > 0) cookie = set.join('; ');
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return await response.text();
  };
  const [email, password] = ['ann@example.com', 'a-long-secret-77'];
  await ask('/authentication/setup/', { setup: [{ name: 'Ann', email, password, blogTitle: 'Test' }] });
  await ask('/session/', { username: email, password });
  const made = JSON.parse(await ask('/integrations/?include=api_keys', { integrations: [{ name: 'blogger' }] })) as {
    integrations: [{ api_keys: { type: string; secret: string }[] }];
  };
  const key = made.integrations[0].api_keys.find(({ type }) => type === 'admin');
  if (key === undefined) throw new Error('Ghost made no admin key');
  return key.secret;
}
