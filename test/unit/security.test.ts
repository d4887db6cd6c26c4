import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const TEXT = readFileSync('docs/security.md', 'utf8');
/** Rows of the tables, without their heads and rules. */
const ROWS = TEXT.split('\n').filter((line) => line.startsWith('| ') && !/^\| (?:it tries|event) \|/.test(line));

test.each(ROWS)('the named test exists: %s', (row) => {
  const [, , , named = ''] = row.split(' | ').join('|').split('|');
  const [, file = '', name = ''] = /^`(test\/[^`]+)`: (.+)$/.exec(named.trim()) ?? [];

  expect(existsSync(file)).toBe(true);
  expect(readFileSync(file, 'utf8')).toContain(name);
});

test('every input has its section', () => {
  for (const way of [
    'page',
    'Headers',
    'Lists',
    'feeds',
    'robots',
    'model',
    'vendor',
    'Redis',
    'PostgreSQL',
    'Settings',
    'state',
    'output folder',
    'Clock',
    'disk',
    'signals',
  ])
    expect(TEXT.match(/^## .+$/gm)?.join('\n')).toContain(way);
  expect(ROWS.length).toBeGreaterThan(40);
});
