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

test.each([
  ['a linear expression', 'export const one = /^a+b$/;\n', 0],
  ['an exponential expression', 'export const one = /^(a|a)*$/;\n', 1],
  ['a quadratic expression', 'export const one = /a+$/;\n', 1],
  ['a quadratic expression with a bound', `export const one =\n  ${BOUND}  /a+$/;\n`, 0],
  ['a quadratic expression with too large a bound', `${BOUND.replace('200', '20000')}export const one = /a+$/;\n`, 1],
  ['a bound that is not on the line before', `${BOUND}\nexport const one = /a+$/;\n`, 1],
  ['an exponential expression with a bound', `${BOUND}export const one = /^(a|a)*$/;\n`, 1],
])('%s', async (name, source, status) => {
  const file = join(folder, `${name.replaceAll(' ', '-')}.ts`);
  await writeFile(file, source);
  const { code, stdout } = await check(file);
  expect(code).toBe(status);
  expect(stdout).toContain(`1 regular expressions, ${status} not proven linear`);
});

function check(file: string): Promise<{ readonly code: number; readonly stdout: string }> {
  return new Promise((done) => {
    const child = execFile(process.execPath, [SCRIPT, file], (_, stdout) =>
      done({ code: child.exitCode ?? -1, stdout }),
    );
  });
}
