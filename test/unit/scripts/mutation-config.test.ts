import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('mutation tests name files that exist: a file that moved would be left out without a word', () => {
  const { mutate } = JSON.parse(readFileSync('stryker.config.json', 'utf8')) as { readonly mutate: readonly string[] };

  expect(mutate.filter((file) => !existsSync(file))).toEqual([]);
  expect(mutate.length).toBeGreaterThan(10);
});
