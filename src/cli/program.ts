import { Command, CommanderError } from 'commander';
import stringWidth from 'string-width';
import { BloggerError } from '../core/errors.ts';
import { VERSION } from '../util/version.ts';
import { COMMANDS, type CommandName, type CommandSpec } from './commands.ts';
import { EXIT } from './process/exit.ts';
import type { Io } from './process/io.ts';

/** Parses the command line, runs the command it names and returns the exit code. */
export async function runProgram(argv: readonly string[], io: Io): Promise<number> {
  let exitCode: number = EXIT.ok;
  const completes = argv[0] === 'completion' || argv[0] === 'complete';
  // Also for completion: each press of the Tab key is a process that should load the flags of one command only.
  const isWanted = (name: CommandName) => argv.includes(name) || aliasesOf(name).some((alias) => argv.includes(alias));
  const exit = (code: number) => {
    exitCode = code;
  };
  const program = await createProgram(io, isWanted, exit, { completes });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return commanderExit(error);
    throw error;
  }
}

/** The command tree; a command's own module, with the settings schema behind it, loads only when the command runs. */
export async function createProgram(
  io: Io,
  isWanted: (name: CommandName) => boolean,
  exit: (code: number) => void,
  { completes = false }: { readonly completes?: boolean } = {},
): Promise<Command> {
  const program = createBareProgram(io);
  for (const name of Object.keys(COMMANDS) as CommandName[]) {
    const command = addCommand(program, name, io);
    if (isWanted(name)) (await COMMANDS[name].load()).define(command, io, exit);
  }
  await addCompletion(program, completes);
  return program;
}

function aliasesOf(name: CommandName): readonly string[] {
  const spec: CommandSpec = COMMANDS[name];
  return spec.aliases ?? [];
}

/** The bare tree: names and one-line descriptions. */
function createBareProgram(io: Io): Command {
  const say = (text: string) => io.stdout.say(text); // before lines are wrapped
  return new Command('blogger')
    .configureHelp({
      displayWidth: stringWidth,
      styleTitle: say,
      styleCommandDescription: say,
      styleSubcommandDescription: say,
      styleOptionDescription: say,
      styleArgumentDescription: say,
    })
    .description('Reads the pages in a list of URLs thoroughly and politely, and writes blog posts from them.')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .addHelpText('before', EXAMPLES)
    .addHelpText(
      'after',
      '\nExit codes: 0 all done, 2 usage, 3 some failed, 4 credentials, 5 service or limit, 6 nothing succeeded, 75 try again later, 130 interrupted.\n',
    )
    .configureOutput({ writeOut: (text) => io.stdout.write(text), writeErr: (text) => io.stderr.write(text) })
    .showSuggestionAfterError()
    .showHelpAfterError('  → See `blogger --help`.')
    .exitOverride();
}

const EXAMPLES = `Examples:
  blogger generate urls.txt              posts from every page of the list
  blogger generate urls.txt --dry-run    what it would write and cost
  blogger crawl --priority high          read the pages only, one JSON line each
  blogger stats                          what was done, saved and spent
`;

function addCommand(program: Command, name: CommandName, io: Io): Command {
  const spec: CommandSpec = COMMANDS[name];
  return program
    .command(name)
    .summary(spec.summary)
    .description(spec.summary)
    .aliases([...aliasesOf(name)])
    .helpOption('-h, --help', 'show help')
    .showHelpAfterError(`  → See \`blogger ${name} --help\`.`)
    .option('--verbose', 'print errors with their causes and stacks')
    .configureOutput({ writeOut: (text) => io.stdout.write(text), writeErr: (text) => io.stderr.write(text) })
    .exitOverride();
}

/** `completion SHELL` prints a script that calls `complete -- WORDS`; both are generated from the command tree and loaded lazily. */
async function addCompletion(program: Command, completes: boolean): Promise<void> {
  if (!completes) {
    program.command('completion <shell>').description('print shell completion for bash, zsh, fish or powershell');
    return;
  }
  const { default: addTab } = await import('@bomb.sh/tab/commander');
  addTab(program, { completionCommandName: 'completion' });
}

/** Commander throws even for `--help`; its usage errors are already on stderr. */
function commanderExit(error: CommanderError): number {
  if (error.exitCode === 0) return EXIT.ok;
  if (error.code.startsWith('commander.')) return EXIT.usage;
  throw new BloggerError(error.message, { code: 'BUG', cause: error });
}
