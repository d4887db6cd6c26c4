import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { tokenOf } from '../../../src/targets/ghost/token.ts';
import { GHOST_KEY, startGhost } from '../../helpers/ghost-server.ts';
import { GHOST_SCRIPT, runScript, WORDPRESS_SCRIPT } from '../../helpers/target-script.ts';
import { startWordPress } from '../../helpers/wordpress-server.ts';

const recorded = async (name: string) =>
  JSON.parse(await readFile(new URL(`../../fixtures/targets/${name}.json`, import.meta.url), 'utf8')) as unknown;

const caller = (home: string, authorization: () => string) => async (method: string, path: string, body?: unknown) => {
  const response = await fetch(home + path, {
    method,
    headers: { authorization: authorization() },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, json: text === '' ? {} : (JSON.parse(text) as unknown) };
};

test('the emulated WordPress answers as the real one did', async () => {
  await using server = await startWordPress();
  const basic = `Basic ${Buffer.from('admin:pass word').toString('base64')}`;

  expect(
    await runScript(
      WORDPRESS_SCRIPT,
      caller(`${server.url}/wp-json/wp/v2`, () => basic),
    ),
  ).toEqual(await recorded('wordpress'));
});

test('the emulated Ghost answers as the real one did', async () => {
  await using server = await startGhost();
  const token = () => `Ghost ${tokenOf(GHOST_KEY, Date.now())}`;

  expect(await runScript(GHOST_SCRIPT, caller(`${server.url}/ghost/api/admin`, token))).toEqual(
    await recorded('ghost'),
  );
});
