import { BloggerError, ERROR_CODES, isAbortError } from '../core/errors.ts';

export interface FormatErrorOptions {
  /** Adds the chain of causes with their stacks. */
  readonly verbose: boolean;
  /** Secret values to redact from every text. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: string;
}

const SECRET_NAMES = /KEY|TOKEN|SECRET|PASSWORD|REDIS_URL|DATABASE_URL/i;

/** Formats an error for the user in three lines: what happened, why, what to do (for a bug: where to report it). Ends with a line break. */
export function formatError(error: unknown, { verbose, env, version }: FormatErrorOptions): string {
  const lines =
    BloggerError.is(error) && error.code !== 'BUG'
      ? known(error)
      : isAbortError(error)
        ? ['Stopped.']
        : bug(error, version);
  if (verbose) lines.push(...causes(error));
  return `${withoutSecrets(lines.join('\n'), env)}\n`;
}

function known(error: BloggerError): string[] {
  return [
    `${error.code}: ${indented(error.message)}`,
    `  Why: ${indented(whyOf(error))}`,
    `  → ${error.hint ?? 'See the chain of causes with --verbose.'}`,
  ];
}

/** Indents foreign lines so that they cannot imitate our own. */
function indented(message: string): string {
  return message.replace(/\r?\n(?=\S)/g, '\n  ');
}

/** The nearest cause that adds information, otherwise the meaning of the error code. */
function whyOf({ cause, message, code }: BloggerError): string {
  const words = cause instanceof Error ? cause.message.split('\n', 1)[0]?.trim() : undefined;
  return words === undefined || words === '' || message.includes(words) ? ERROR_CODES[code].meaning : words;
}

function bug(error: unknown, version: string): string[] {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return [
    `This is a bug in blogger ${version}, not in what you did: ${message}`,
    '  Why: an unexpected error. Saved results are kept; run the same command again to resume.',
    `  → Report it where you have blogger from: the command, what it prints with --verbose, Node ${process.version} on ${process.platform} ${process.arch}. Secrets are removed from the output.`,
  ];
}

function causes(error: unknown): string[] {
  const lines: string[] = [];
  for (let cause: unknown = error, depth = 0; cause instanceof Error && depth < 10; cause = cause.cause, depth += 1) {
    lines.push(`${depth === 0 ? 'Trace' : 'Caused by'}: ${indented(cause.stack ?? cause.message)}`);
  }
  return lines;
}

function withoutSecrets(text: string, env: FormatErrorOptions['env']): string {
  let clean = text;
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && value.length >= 6 && SECRET_NAMES.test(name))
      clean = clean.replaceAll(value, `[${name}]`);
  }
  return clean.replace(/(\b[a-z]+:\/\/[^/\s:@]*:)[^@\s/]+@/g, '$1[password]@');
}
