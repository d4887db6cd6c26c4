import { expect, test } from 'vitest';
import { programName } from '../../../src/cli/process/program-name.ts';

const path = '/usr/bin:/bin';

test.each([
  ['an installed command', '/usr/local/bin/blogger', '/work', [], 'blogger'],
  ['a script in a clone', '/home/ann/blogger/bin/blogger.js', '/home/ann/blogger', [], 'node bin/blogger.js'],
  [
    'a script from beside the clone',
    '/home/ann/blogger/bin/blogger.js',
    '/home/ann/blog',
    [],
    'node ../blogger/bin/blogger.js',
  ],
  [
    'a script with the command on the PATH',
    '/home/ann/blogger/bin/blogger.js',
    '/home/ann',
    ['/bin/blogger'],
    'blogger',
  ],
  ['a program that uses the library', '/srv/app/server.mjs', '/srv/app', [], 'blogger'],
])('%s', (_name, script, cwd, commands: readonly string[], expected) => {
  expect(programName({ script, cwd, path }, (file) => commands.includes(file))).toBe(expected);
});
