import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { tokenOf } from '../../src/targets/ghost/token.ts';
import { GHOST_SCRIPT, runScript, type ScriptAnswer, WORDPRESS_SCRIPT } from '../helpers/target-script.ts';
import { startRealGhost } from './real-ghost.ts';
import { startRealWordPress } from './real-wordpress.ts';

/** With `BLOGGER_RECORD=1` the answers are written; else they must be as they were recorded. */
async function compare(name: string, answers: readonly ScriptAnswer[]): Promise<void> {
  const path = new URL(`../fixtures/targets/${name}.json`, import.meta.url);
  if (process.env['BLOGGER_RECORD'] === '1') await writeFile(path, `${JSON.stringify(answers, null, 2)}\n`);
  expect(answers).toEqual(JSON.parse(await readFile(path, 'utf8')));
}

test('WordPress answers as it was recorded', async () => {
  await using site = await startRealWordPress();
  await compare('wordpress', await runScript(WORDPRESS_SCRIPT, site.call));
});

test('Ghost answers as it was recorded', async () => {
  await using site = await startRealGhost();
  const call = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${site.url}/ghost/api/admin${path}`, {
      method,
      headers: {
        authorization: `Ghost ${tokenOf(site.adminKey, Date.now())}`,
        'accept-version': 'v5.0',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, json: response.status === 204 ? {} : await response.json() };
  };
  await compare('ghost', await runScript(GHOST_SCRIPT, call));
});
