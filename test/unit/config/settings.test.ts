import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeSettings } from '../../../src/config/describe.ts';
import { settingsJsonSchema } from '../../../src/config/json-schema.ts';
import { loadSettings } from '../../../src/config/load.ts';
import { flagAttribute, listOptions } from '../../../src/config/options.ts';

async function project(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'blogger-config-'));
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)));
  return folder;
}

const load = (cwd: string, env: Record<string, string> = {}, flags: Record<string, unknown> = {}) =>
  loadSettings({ cwd, env, flags });

test('flags beat environment beats .env beats the file beats defaults, and each value knows its origin', async () => {
  const cwd = await project({
    '.blogrc.json': JSON.stringify({
      batch: { size: 2, intervalMs: 20 },
      jobs: { workers: 2 },
      lang: 'de',
      tone: 'dry',
    }),
    '.env': 'BLOGGER_BATCH_INTERVAL=30\nBLOGGER_WORKERS=3\nBLOGGER_LANG=fr\n',
  });

  const { settings, origins } = await load(cwd, { BLOGGER_WORKERS: '4', BLOGGER_LANG: 'ko' }, { lang: 'ja' });

  expect(settings.batch).toMatchObject({ size: 2, intervalMs: 30 });
  expect(settings.jobs.workers).toBe(4);
  expect(settings.lang).toBe('ja');
  expect(settings.crawl.perHost).toBe(2);
  expect(['batch.size', 'jobs.workers', 'lang', 'crawl.perHost'].map((key) => origins.get(key))).toEqual([
    '.blogrc.json',
    'BLOGGER_WORKERS',
    '--lang',
    'default',
  ]);
});

test.each([
  ['a misspelt key', { bach: { size: 3 } }, /bach\.size|bach is not a setting \(from \.blogrc\.json\)/, /batch/],
  ['a misspelt nested key', { crawl: { perhost: 3 } }, /crawl\.perhost is not a setting/, /crawl\.perHost/],
  [
    'a number out of range',
    { jobs: { workers: 0 } },
    /jobs\.workers must be at least 1, got 0 \(from \.blogrc\.json\)/,
    /blogger config/,
  ],
  [
    'a wrong choice',
    { tier: 'cheap' },
    /tier must be one of standard, flex, batch, auto, got "cheap"/,
    /blogger config/,
  ],
  ['a group given as text', { crawl: 'fast' }, /crawl must be a group of settings, got "fast"/, /blogger config/],
])('%s is an error that names expectation, value, source and fix', async (_, content, message, hint) => {
  const cwd = await project({ '.blogrc.json': JSON.stringify(content) });

  await expect(load(cwd)).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: expect.stringMatching(message),
    hint: expect.stringMatching(hint),
  });
});

test('text of a flag or variable that is no number is refused with its source', async () => {
  await expect(load(await project(), { BLOGGER_BATCH_SIZE: 'many' })).rejects.toMatchObject({
    message: 'batch.size must be a number, got "many" (from BLOGGER_BATCH_SIZE)',
  });
});

test('a broken settings file is a clear error', async () => {
  await expect(load(await project({ '.blogrc.json': '{"lang": ' }))).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: expect.stringContaining('.blogrc.json'),
  });
});

test('a password in the settings file is refused', async () => {
  await expect(load(await project({ '.blogrc.json': '{"redisUrl": "redis://u:p@h"}' }))).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    hint: expect.stringContaining('REDIS_URL'),
  });
});

test('secrets come from the environment, and the description shows only that they are set', async () => {
  const loaded = await load(await project(), {
    REDIS_URL: 'redis://user:hunter2@host',
    OPENAI_API_KEY: 'sk-1',
    GEMINI_API_KEY: 'g-1',
    GOOGLE_API_KEY: 'g-2',
  });

  expect(loaded.secrets).toEqual({ OPENAI_API_KEY: 'sk-1', GEMINI_API_KEY: 'g-1', GOOGLE_API_KEY: 'g-2' });
  expect(JSON.stringify(describeSettings(loaded))).not.toContain('hunter2');
});

test('every setting has a description, and every flag and variable belongs to one setting', () => {
  const options = listOptions();
  const flags = options.flatMap(({ flag }) => (flag === undefined ? [] : [flagAttribute(flag)]));
  const variables = options.flatMap(({ env }) => (env === undefined ? [] : [env]));

  expect(options.filter(({ description }) => description === '')).toEqual([]);
  expect(new Set(flags).size).toBe(flags.length);
  expect(new Set(variables).size).toBe(variables.length);
});

test('the published JSON Schema refuses unknown keys and holds no secret', () => {
  const schema = settingsJsonSchema();

  expect(schema).toMatchObject({
    type: 'object',
    additionalProperties: false,
    properties: { batch: { additionalProperties: false } },
  });
  expect(schema['properties']).not.toHaveProperty('redisUrl');
});
