import { readFileSync } from 'node:fs';
import { Writable } from 'node:stream';
import fc from 'fast-check';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { formatError } from '../../../src/cli/format-error.ts';
import { openOutput } from '../../../src/cli/process/output.ts';
import { BloggerError } from '../../../src/core/errors.ts';
import { jsonText, terminalLine } from '../../../src/util/text/terminal-text.ts';

/** What moves a cursor, hides, colours, links, rings or turns text round. */
const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;
/** As the runners of GitHub, Azure and TeamCity find a command in a line. */
const COMMAND = /^\s*::|##\[|##vso\[|##teamcity\[/m;
const ON_GITHUB = { GITHUB_ACTIONS: 'true' };

const ATTACKS: Readonly<Record<string, string>> = {
  colour: '\u001b[31mred\u001b[0m',
  'a cleared screen': '\u001b[2J\u001b[H',
  'a title of the window': '\u001b]0;owned\u0007',
  'a link': '\u001b]8;;https://evil.example\u001b\\good.example\u001b]8;;\u001b\\',
  'a clipboard': '\u001b]52;c;cm0gLXJm\u0007',
  'an unfinished link': '\u001b]8;;https://evil.example',
  'a device string': '\u001bP+q544e\u001b\\',
  'a C1 sequence': '\u009b2J\u009d0;x\u009c',
  'a bell': 'ding\u0007',
  'a written-over line': 'FAILED\rpassed',
  'a backspace': 'rm -rf\b\b\b\b\b\bls',
  'a turned name': 'gpj.\u202eexe',
  'an isolate': '\u2066a\u2069',
  'a line separator': 'a\u2028::error::b',
  'a command': '::add-mask::secret',
  'a command behind spaces': '  \t::set-env name=PATH::/tmp',
  'a command on a second line': 'title\n::stop-commands::x',
  'a command behind a carriage return': 'title\r::add-path::/tmp',
  'a command behind both': 'title\r\n::warning::x',
  'an old command': 'text ##[command]rm',
  'an old group': '##[group]x',
  'a command of Azure': '##vso[task.setvariable variable=PATH]/tmp',
  'a command of TeamCity': "##teamcity[buildNumber '1']",
  'an old command in capitals': '##VSO[task.complete]',
  'a command under a colour': '\u001b[1m::error::x',
  'a command under zero width': '\ufeff::error::x',
};

function collect(env: Record<string, string>) {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk.toString());
      done();
    },
  });
  return { output: openOutput(stream as unknown as NodeJS.WriteStream, env), text: () => chunks.join('') };
}

function written(text: string, env: Record<string, string>): string {
  const { output, text: all } = collect(env);
  output.write(text);
  return all();
}

test.each(Object.entries(ATTACKS))('%s reaches neither a terminal nor a CI service', (_name, attack) => {
  for (const text of [attack, `Warning: ${attack}\n`, `${attack}\n${attack}`]) {
    expect(written(text, {})).not.toMatch(UNSAFE);
    const inCi = written(text, ON_GITHUB);
    expect(inCi).not.toMatch(UNSAFE);
    expect(inCi).not.toMatch(COMMAND);
  }
});

test.each(Object.entries(ATTACKS))('%s in JSON is neither, and parsed it is what it was', (_name, attack) => {
  const line = jsonText({ title: attack, [attack]: [attack] });

  expect(written(line, ON_GITHUB)).toBe(line);
  expect(line).not.toMatch(UNSAFE);
  expect(line).not.toMatch(COMMAND);
  expect(JSON.parse(line)).toEqual({ title: attack, [attack]: [attack] });
});

test.each(Object.entries(ATTACKS))('%s in an annotation stays within that annotation', (_name, attack) => {
  const { output, text } = collect(ON_GITHUB);
  output.command('error', { file: attack, title: attack }, attack);

  expect(text()).toMatch(/^::error file=[^:,\n]*,title=[^:,\n]*::[^\n]*\n$/);
  expect(text()).not.toMatch(UNSAFE);
  expect(text().slice(2)).not.toMatch(COMMAND);
});

test.each(Object.entries(ATTACKS))('%s in an error stays in the line of that error', (_name, attack) => {
  const error = new BloggerError(attack, { code: 'LIST_INVALID', cause: new Error(attack), hint: 'Mend it.' });
  const text = written(formatError(error, { verbose: true, env: {}, version: '1' }), ON_GITHUB);

  expect(text).not.toMatch(UNSAFE);
  expect(text).not.toMatch(COMMAND);
  for (const line of text.split('\n').filter((part) => part !== ''))
    expect(line).toMatch(/^(LIST_INVALID: | {2}|Trace: |Caused by: )/);
});

test('whatever the text is, what is written is safe, and writing it again changes nothing', () => {
  const pieces = fc.array(
    fc.oneof(fc.constantFrom(...Object.values(ATTACKS), '\u001b', ':', '#', '[', '\n'), fc.string()),
  );
  fc.assert(
    fc.property(pieces, (parts) => {
      const once = written(parts.join(''), ON_GITHUB);

      expect(once).not.toMatch(UNSAFE);
      expect(once).not.toMatch(COMMAND);
      expect(written(once, ON_GITHUB)).toBe(once);
    }),
    { numRuns: 500 },
  );
});

test('ordinary text stays as it is', () => {
  const text = 'Run r-1: 3 entries\n  ✓ 한국어 — “quoted” (http://a.example:80/x)\tC++ std::vector ## Heading [link]\n';

  expect(written(text, ON_GITHUB)).toBe(text);
  expect(terminalLine('a\tb')).toBe('a b');
});

/** Files that may touch the streams of the process, and why. */
const DOORS: Readonly<Record<string, string>> = {
  'src/cli/process/output.ts': 'the way out',
  'src/cli/process/io.ts': 'opens it',
  'src/cli/process/line-writer.ts': 'lines of JSON, with back-pressure',
  'src/cli/main.ts': 'listens for a closed pipe',
  'src/cli/reporters/live-reporter.ts': 'the live view draws itself; its state holds safe lines only',
  'src/cli/commands/work/mcp.ts': 'the protocol of MCP',
  'src/cli/commands/setup/init.ts': 'asks its questions',
  'src/cli/process/consent.ts': 'asks whether many posts may go out',
};

test('nothing in the sources writes past the way out', () => {
  const past = ts.sys.readDirectory('src', ['.ts', '.tsx']).flatMap((file) => {
    const text = readFileSync(file, 'utf8').replace(/^\s*(?:\*|\/\/).*$/gm, '');
    const found =
      text.match(
        /process\.(?:stdout|stderr)\b|\bconsole\.\w|\bstd(?:out|err)\.stream\b|process\.binding|writeSync\(\s*[12]\b/g,
      ) ?? [];
    return Object.hasOwn(DOORS, file) ? [] : found.map((what) => `${file}: ${what}`);
  });

  expect(past).toEqual([]);
});

test('the command line makes JSON by the function that escapes it', () => {
  const own = ['src/cli/init/files.ts']; // writes a settings file
  const bare = ts.sys
    .readDirectory('src/cli', ['.ts', '.tsx'])
    .filter((file) => !own.includes(file) && readFileSync(file, 'utf8').includes('JSON.stringify'));

  expect(bare).toEqual([]);
});
