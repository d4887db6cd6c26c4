import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import type { Io } from '../../../src/cli/process/io.ts';
import { createProgram } from '../../../src/cli/program.ts';
import { messageTexts } from '../../helpers/message-texts.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const program = await createProgram(
  { stdout: { say: (text: string) => text, write() {} }, stderr: { write() {} } } as unknown as Io,
  () => true,
  () => {},
);

/** What is wrong with a command line as a document writes it; undefined where each command and flag is there. */
function faultOf(line: string): string | undefined {
  let command: Command = program;
  const words = line.split(/\s+/).slice(1);
  for (const [at, word] of words.entries()) {
    if (/^(?:\||>|&&|#|2>|;)/.test(word)) return undefined; // the rest is the shell's
    const flag = /^--?[a-z][a-z-]*/i.exec(word)?.[0];
    if (flag !== undefined) {
      if (!['-h', '--help', '-V', '--version'].includes(flag) && !declares(command, flag)) return `${line}: no ${flag}`;
      continue;
    }
    const next = command.commands.find((one) => one.name() === word || one.aliases().includes(word));
    if (next !== undefined) command = next;
    else if (at === 0 && /^[a-z]+$/.test(word)) return `${line}: no command ${word}`;
  }
  return undefined;
}

function declares(command: Command, flag: string): boolean {
  for (let one: Command | null = command; one !== null; one = one.parent)
    if (one.options.some(({ long, short }) => long === flag || short === flag)) return true;
  return false;
}

/** Command lines in code: of a block, and between ticks in a text. */
function linesOf(text: string): string[] {
  const inBlocks = [...text.matchAll(/^```(?:sh|crontab|yaml|text|json)?[^\n]*\n([\s\S]*?)^```/gm)].flatMap(
    ([, code = '']) =>
      [...code.replaceAll(/\\\n\s*|\s#\s.*/g, '').matchAll(/(?:^|[\s;&|(])((?:bin\/)?blogger(?:\.js)? [^\n"'`]+)/gm)]
        .map(([, line = '']) => line)
        .filter((line) => !/^blogger [A-Z\d(:=-]/.test(line)),
  );
  const spans = [...text.matchAll(/`(blogger [^`\n]+)`/g)].map(([, line = '']) => line);
  return [...inBlocks, ...spans];
}

test('the checker reports a flag and a command that are not there', () => {
  expect(faultOf('blogger generate a.txt --lenght 500')).toMatch('no --lenght');
  expect(faultOf('blogger generat a.txt')).toMatch('no command generat');
  expect(faultOf('blogger generate a.txt --lang ko | tee out')).toBeUndefined();
});

test('each command and flag that a document names is there', () => {
  const documents = [
    'README.md',
    'README.ko.md',
    ...readdirSync(`${ROOT}docs`)
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
  ];
  const lines = documents.flatMap((name) =>
    linesOf(readFileSync(`${ROOT}${name}`, 'utf8')).map((line) => [name, line] as const),
  );

  expect(lines.length).toBeGreaterThan(100);
  expect(
    lines.flatMap(([name, line]) => {
      const fault = faultOf(line);
      return fault === undefined ? [] : [`${name}: ${fault}`];
    }),
  ).toEqual([]);
});

test('each command and flag that a message names is there', () => {
  const lines = messageTexts(ROOT).flatMap(({ file, line, text }) =>
    [...text.matchAll(/`(blogger [^`\n]+)`/g)].map(([, command = '']) => [`${file}:${line}`, command] as const),
  );

  expect(lines.length).toBeGreaterThan(20);
  expect(
    lines.flatMap(([name, line]) => {
      const fault = faultOf(line);
      return fault === undefined ? [] : [`${name}: ${fault}`];
    }),
  ).toEqual([]);
});
