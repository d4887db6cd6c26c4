import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { generate } from '../../../src/api/generate.ts';
import { startGhost } from '../../helpers/ghost-server.ts';
import { startWordPress } from '../../helpers/wordpress-server.ts';

/** Lists a page that must not be asked for. */
async function tryGenerate(settings: object, secrets: Readonly<Record<string, string>>) {
  const cwd = await mkdtemp(join(tmpdir(), 'blogger-before-'));
  const run = generate(['http://127.0.0.1:9/a'], { cwd, secrets, settings: { provider: 'extractive', ...settings } });
  return { run, hasBegun: () => existsSync(join(cwd, '.blogger')) };
}

test.each([
  ['a wrong application password', { user: 'admin', password: 'another' }],
  ['a user whose role may not write', { mayWrite: false }],
])('a run for a WordPress that refuses %s ends before a page is read', async (_name, site) => {
  await using server = await startWordPress(site);
  const secrets = { WORDPRESS_USER: 'admin', WORDPRESS_APP_PASSWORD: 'pass word' };
  const { run, hasBegun } = await tryGenerate({ publish: ['wordpress'], wordpressUrl: server.url }, secrets);

  await expect(run).rejects.toMatchObject({ code: 'TARGET_AUTH' });
  expect(hasBegun()).toBe(false);
});

test('a run for a Ghost that refuses the key ends before a page is read', async () => {
  await using server = await startGhost();
  const secrets = { GHOST_ADMIN_API_KEY: `0123456789abcdef01234567:${'ab'.repeat(32)}` };
  const { run, hasBegun } = await tryGenerate({ publish: ['ghost'], ghostUrl: server.url }, secrets);

  await expect(run).rejects.toMatchObject({ code: 'TARGET_AUTH' });
  expect(hasBegun()).toBe(false);
});

test('a run for a WordPress that does not answer now begins: its posts are saved as files', async () => {
  const secrets = { WORDPRESS_USER: 'admin', WORDPRESS_APP_PASSWORD: 'pass word' };
  const { run, hasBegun } = await tryGenerate({ publish: ['wordpress'], wordpressUrl: 'http://127.0.0.1:9' }, secrets);

  expect((await run).summary.posts.written).toBe(0);
  expect(hasBegun()).toBe(true);
});
