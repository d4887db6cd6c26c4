/** The one way out to the terminal and to the log of a CI job: what is written here is escaped for who reads it. */

import { ciText, terminalLine, terminalText } from '../../util/text/terminal-text.ts';

export interface Output {
  /** Text of one or several lines; JSON of `jsonText` stays as it is. */
  write(text: string): void;
  /** A command to GitHub Actions, such as `error`; nothing in its properties and message is a command of its own. */
  command(name: string, properties: Readonly<Record<string, string>>, message: string): void;
  readonly isTTY: boolean;
  readonly columns: number;
  readonly rows: number;
  /** Node's stream, for those that escape by themselves: the live view, lines of JSON, the protocol of MCP. */
  readonly stream: NodeJS.WriteStream;
}

export type Environment = Readonly<Record<string, string | undefined>>;

export function openOutput(stream: NodeJS.WriteStream, env: Environment): Output {
  const safe = isCi(env) ? (text: string) => ciText(terminalText(text)) : terminalText;
  return {
    write: (text) => void stream.write(safe(text)), // a closed pipe is handled by the stream's error listener in main
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
