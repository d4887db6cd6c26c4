import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import type { Io } from '../../../src/cli/process/io.ts';
import { createProgram, runProgram } from '../../../src/cli/program.ts';
import { listOptions } from '../../../src/config/options.ts';

let shown = '';
const output = {
  say: (text: string) => text,
  write: (text: string) => {
    shown += text;
  },
};
const program = await createProgram(
  { stdout: output, stderr: output } as unknown as Io,
  () => true,
  () => {},
);

function commandOf(name: string): Command {
  const found = program.commands.find((command) => command.name() === name);
  if (found === undefined) throw new Error(`no command ${name}`);
  return found;
}

function helpOf(name: string): string {
  shown = '';
  commandOf(name).outputHelp();
  return shown;
}

test.each([
  ['stats', '--html'],
  ['jobs', '--status'],
  ['review', '--note'],
  ['doctor', '--json'],
  ['cache', '--json'],
  ['sources', '--json'],
  ['top', '--json'],
  ['config', '--schema'],
  ['db', '--verbose'],
])('the help of %s fits on a screen and names its own flags', (name, flag) => {
  const help = helpOf(name);

  expect(help.trim().split('\n').length).toBeLessThanOrEqual(40);
  expect(help).toContain(`  ${flag}`);
  expect(help).toContain('`blogger generate --help`');
});

describe('the help of a command that runs', () => {
  test.each([['generate'], ['crawl'], ['worker'], ['collect'], ['publish']])(
    '%s: its own flags first, each setting under the heading of its section',
    (name) => {
      const help = helpOf(name);
      const before = help.slice(0, help.indexOf('\nReading pages:'));
      const settings = listOptions().flatMap(({ flag }) => flag ?? []);
      const own = commandOf(name).options.filter(({ flags }) => !settings.includes(flags));

      for (const { long } of own) expect(before).toContain(long);
      for (const flag of settings) expect(before).not.toContain(`  ${flag} `);
      expect(help).toMatch(/\nReading pages:[\s\S]+\nModel and cost:[\s\S]+\nText of the posts:/);
    },
  );
});

test('a flag that switches something off says so', () => {
  const help = helpOf('generate');

  expect(help).toMatch(/--no-robots +Ignore robots\.txt/);
  expect(help).toMatch(/--no-review-pages +Write no review page/);
});

test.each([
  [['gen', 'urls.txt'], '`blogger --help`'],
  [['version'], '`blogger --help`'],
  [['-v'], '`blogger --help`'],
  [['completion'], '`blogger --help`'],
  [['db'], '`blogger db --help`'],
  [['publish'], '`blogger publish --help`'],
  [['config', 'maxCost'], '`blogger config --help`'],
  [['stats', '--plain'], '`blogger stats --help`'],
  [['jobs', 'cancle'], '`blogger jobs --help`'],
  [['generate', '--out-dir', 'x'], '`blogger generate --help`'],
  [['generate', '--max-cost'], '`blogger generate --help`'],
])('a usage error says where to look: %j', async (argv, place) => {
  shown = '';

  expect(await runProgram(argv, { stdout: output, stderr: output } as unknown as Io)).toBe(2);
  expect(shown.trimEnd()).toMatch(new RegExp(`\n  → See ${place}\\.$`));
});

test('flags that a command does not list are not suggested', async () => {
  shown = '';
  await runProgram(['review', 'reject', 'a.md', '--reason', 'thin'], {
    stdout: output,
    stderr: output,
  } as unknown as Io);

  expect(shown).not.toMatch(/--lease|--reasoning/);
});
