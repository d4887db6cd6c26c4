/** The only output to the terminal and to the log of a CI job; escapes everything for its reader. */

import type { Say } from '../../ui/messages/translator.ts';
import { ciText, terminalLine, terminalText } from '../../util/text/terminal-text.ts';

export interface Output {
  /** Text of one or several lines; JSON of `jsonText` stays as it is. */
  write(text: string): void;
  /** A command to GitHub Actions, such as `error`; properties and message are escaped so that they cannot contain another command. */
  command(name: string, properties: Readonly<Record<string, string>>, message: string): void;
  /** Translates a message to the user's language, for views and questions that write to the stream themselves. */
  say(text: string): string;
  readonly isTTY: boolean;
  readonly columns: number;
  readonly rows: number;
  /** Node's stream, for writers with their own escaping: live view, JSON lines, MCP. */
  readonly stream: NodeJS.WriteStream;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** `say` translates text for people, never JSON, commands to a CI service, or the log. */
export function openOutput(stream: NodeJS.WriteStream, env: Environment, say: Say = (text) => text): Output {
  const safe = isCi(env) ? (text: string) => ciText(terminalText(text)) : terminalText;
  return {
    say,
    write: (text) => void stream.write(safe(say(text))), // a closed pipe is handled by the stream's error listener in main
    command: (name, properties, message) => void stream.write(`${workflowCommand(name, properties, message)}\n`),
    get isTTY() {
      return stream.isTTY === true;
    },
    get columns() {
      return stream.columns ?? 80;
    },
    get rows() {
      return stream.rows ?? 24;
    },
    stream,
  };
}

/** Services that read commands from the log: GitHub, Gitea and Forgejo, Azure Pipelines, TeamCity. Most others set `CI`. */
function isCi(env: Environment): boolean {
  return ['CI', 'GITHUB_ACTIONS', 'TF_BUILD', 'TEAMCITY_VERSION'].some((name) => (env[name] ?? '') !== '');
}

export function workflowCommand(name: string, properties: Readonly<Record<string, string>>, message: string): string {
  const given = Object.entries(properties).map(([key, value]) => `${key}=${property(terminalLine(value))}`);
  return `::${name}${given.length === 0 ? '' : ` ${given.join(',')}`}::${data(terminalLine(message))}`;
}

function data(text: string): string {
  return text
    .replaceAll('%', '%25')
    .replaceAll('\r', '%0D')
    .replaceAll('\n', '%0A')
    .replace(/##(?=[a-z]{0,40}\[)/gi, '# #');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
