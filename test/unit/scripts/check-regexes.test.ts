import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const SCRIPT = resolve('scripts/check-regexes.js');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'check-regexes-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const BOUND = '// input: at most 200 characters\n';

const ACCEPTED = {
  'linear.ts': 'export const one = /^a+b$/;\n',
  'bounded-quadratic.ts': `export const one =\n  ${BOUND}  /a+$/;\n`,
};
const REFUSED = {
  'exponential.ts': 'export const one = /^(a|a)*$/;\n',
  'quadratic.ts': 'export const one = /a+$/;\n',
  'large-bound.ts': `${BOUND.replace('200', '20000')}export const one = /a+$/;\n`,
  'bound-elsewhere.ts': `${BOUND}\nexport const one = /a+$/;\n`,
  'bounded-exponential.ts': `${BOUND}export const one = /^(a|a)*$/;\n`,
};

test('linear expressions and bounded quadratic ones are accepted', async () => {
  const { code, stdout } = await check(ACCEPTED);
  expect(stdout).toBe('2 regular expressions, 0 not proven linear\n');
  expect(code).toBe(0);
});

test('exponential expressions and quadratic ones without a bound are reported', async () => {
  const { code, stdout } = await check(REFUSED);
  for (const name of Object.keys(REFUSED)) expect(stdout).toContain(`${name}:`);
  expect(stdout).toContain('5 regular expressions, 5 not proven linear\n');
  expect(code).toBe(1);
});

async function check(sources: Readonly<Record<string, string>>): Promise<{ code: number; stdout: string }> {
  const files = Object.keys(sources).map((name) => join(folder, name));
  await Promise.all(Object.entries(sources).map(([name, source]) => writeFile(join(folder, name), source)));
  return new Promise((done) => {
    const child = execFile(process.execPath, [SCRIPT, ...files], (_, stdout) =>
      done({ code: child.exitCode ?? -1, stdout }),
    );
  });
}
