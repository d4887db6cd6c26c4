// The man page, from the command tree and the settings of the built program.

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createProgram } from '../dist/cli/program.js';
import { listOptions } from '../dist/config/options.js';
import { ERROR_CODES } from '../dist/core/errors.js';
import { VERSION } from '../dist/util/version.js';

const markedMan = fileURLToPath(new URL('../node_modules/.bin/marked-man', import.meta.url));

/** The page as roff. */
export async function manPage() {
  const roff = execFileSync(process.execPath, [markedMan, '--version', VERSION, '--manual', 'blogger'], {
    input: await markdown(),
    encoding: 'utf8',
  });
  // Without the day it was made, so that the same program gives the same page.
  return roff.replace(/^(\.TH "BLOGGER" "1") "[^"]*"/m, '$1 ""');
}

async function markdown() {
  let shown = '';
  const output = { write: (text) => (shown += text), say: (text) => text };
  const program = await createProgram(
    { stdout: output, stderr: output },
    () => true,
    () => {},
  );
  const settings = listOptions().filter(({ flag }) => flag !== undefined);
  const flags = new Set(settings.map(({ flag }) => flag));
  const helpOf = (command) => {
    shown = '';
    command.outputHelp();
    return shown;
  };
  const commands = program.commands.flatMap((command) => {
    const own = command.options.filter((option) => !option.hidden && !flags.has(option.flags));
    const words = command.registeredArguments.map(
      (argument) =>
        `${argument.required ? '<' : '['}${argument.name()}${argument.variadic ? '...' : ''}${argument.required ? '>' : ']'}`,
    );
    return [
      `### blogger ${[command.name(), ...words].join(' ')}`,
      `${sentence(command.description())}`,
      ...own.map(
        ({ flags: names, description, defaultValue }) =>
          `* \`${names}\`:\n  ${description}${defaultValue === undefined ? '' : ` (default: ${defaultValue})`}`,
      ),
      ...examplesOf(helpOf(command)),
    ];
  });
  return [
    `# blogger(1) -- ${program.description().replace(/\.$/, '')}`,
    '## SYNOPSIS',
    '`blogger` <command> [options]',
    ...examplesOf(helpOf(program)).slice(1),
    '## COMMANDS',
    'What is said under SETTINGS may be given to every command that reads settings.',
    ...commands,
    '## SETTINGS',
    'Flags win over the environment, the environment over the settings file (`.blogrc.yaml` and its kin), the file over the defaults.',
    ...settings.map(
      ({ flag, flagDescription, env, key, description, defaultValue }) =>
        `* \`${flag}\`:\n  ${flagDescription ?? description}. In the file \`${key}\`${env === undefined ? '' : `, in the environment \`${env}\``}${defaultValue === undefined ? '' : `; default ${JSON.stringify(defaultValue)}`}`,
    ),
    '## EXIT STATUS',
    ...EXITS.map(([code, meaning]) => `* \`${code}\`:\n  ${meaning}`),
    '## ERRORS',
    ...Object.entries(ERROR_CODES).map(([code, { meaning }]) => `* \`${code}\`:\n  ${meaning}`),
    '## ENVIRONMENT',
    ...ENVIRONMENT.map(([name, meaning]) => `* \`${name}\`:\n  ${meaning}`),
    '',
  ].join('\n\n');
}

/** The lines between `Examples:` and what comes after them, as code. */
function examplesOf(help) {
  const lines = help.split('\n');
  const first = lines.indexOf('Examples:');
  const rest = first === -1 ? [] : lines.slice(first + 1);
  const code = rest.slice(
    0,
    rest.findIndex((line) => !line.startsWith('  ')),
  );
  return code.length === 0 ? [] : ['Examples:', ['```', ...code.map((line) => line.slice(2)), '```'].join('\n')];
}

function sentence(text) {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

const EXITS = [
  [0, 'All done.'],
  [1, 'A bug in blogger.'],
  [2, 'The command line, a setting or the list was not understood; nothing was run.'],
  [3, 'Some posts failed, the rest are saved. `--fail-on` moves the line.'],
  [4, 'The credentials were refused or are missing.'],
  [5, 'A service or a limit stopped the run: quota, money cap, disk, Redis.'],
  [6, 'Nothing succeeded.'],
  [75, "Another run holds this project, or a vendor's batch is still pending: try again later."],
  [130, 'Interrupted; what is done is saved.'],
  [143, 'Terminated; what is done is saved.'],
];

const ENVIRONMENT = [
  ['OPENAI_API_KEY, GEMINI_API_KEY, GOOGLE_API_KEY', 'Keys of the vendors; never printed, logged or stored.'],
  ['NO_COLOR, FORCE_COLOR', 'No colours, or colours also in a pipe.'],
  ['CI, TERM=dumb', 'Progress as lines.'],
  [
    'GITHUB_STEP_SUMMARY, GITHUB_OUTPUT, GITHUB_ACTIONS',
    'In GitHub Actions: a summary page, outputs, annotations at the lines of the list.',
  ],
];
