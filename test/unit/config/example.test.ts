import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { settingsSchema } from '../../../src/config/schema.ts';

const readJson = async (path: string) =>
  JSON.parse(await readFile(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), 'utf8')) as object;
const example = await readJson('.blogrc.example.json');
const isValid = new Ajv2020({ strict: false }).compile(await readJson('docs/settings.schema.json'));

test('the example of a settings file is valid, for the published schema and for the program', () => {
  expect(isValid(example) ? [] : isValid.errors).toEqual([]);
  expect(settingsSchema.safeParse(example).error).toBeUndefined();
});

test('a misspelt key is valid for neither', () => {
  const misspelt = { ...example, crawl: { perHots: 2 } };

  expect(isValid(misspelt)).toBe(false);
  expect(settingsSchema.safeParse(misspelt).success).toBe(false);
});
