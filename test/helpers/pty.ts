import { Terminal } from '@xterm/headless';
import { execa } from 'execa';
import { BIN } from './run-bin.ts';

export interface PtyOptions {
  readonly cwd: string;
  readonly columns: number;
  readonly rows: number;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Pty {
  /** Lines on the screen, from the top. */
  screen(): readonly string[];
  /** Lines that scrolled away, and the screen. */
  everything(): readonly string[];
  /** How often the program cleared the whole window. */
  clears(): number;
  /** Whether it ever set a colour. */
  colored(): boolean;
  type(keys: string): void;
  /** Resolves once the screen and what scrolled away hold the text. */
  until(text: string | RegExp): Promise<void>;
  /** The exit code of the program. */
  ended: Promise<number>;
}

/** Runs the command line on a real pseudo-terminal (`script` of util-linux) and draws what it writes as a terminal does. */
export function runInPty(args: readonly string[], { cwd, columns, rows, env = {} }: PtyOptions): Pty {
  const terminal = new Terminal({ cols: columns, rows, scrollback: 1000, allowProposedApi: true });
  const command = [process.execPath, BIN, ...args].map((word) => `'${word}'`).join(' ');
  const child = execa('script', ['-qefc', `stty cols ${columns} rows ${rows}; ${command}`, '/dev/null'], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: cwd, TERM: 'xterm-256color', ...env },
    extendEnv: false,
    reject: false,
    timeout: 60_000,
    buffer: false,
    stdin: 'pipe',
  });
  let clears = 0;
  let colored = false;
  const listeners = new Set<() => void>();
  child.stdout.on('data', (chunk: Buffer) => {
    colored ||= /\u001b\[(?:\d+;)*[349]\d/.test(chunk.toString('latin1'));
    clears += chunk.toString('latin1').split('\u001b[2J').length - 1;
    terminal.write(chunk, () => {
      for (const listener of listeners) listener();
    });
  });
  const lines = (from: number) => {
    const { active } = terminal.buffer;
    return Array.from(
      { length: active.length - from },
      (_, index) => active.getLine(from + index)?.translateToString(true) ?? '',
    );
  };
  const everything = () => lines(0);
  return {
    screen: () => lines(terminal.buffer.active.baseY),
    everything,
    clears: () => clears,
    colored: () => colored,
    type: (keys) => void child.stdin.write(keys),
    until: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const all = everything().join('\n');
          if (typeof text === 'string' ? !all.includes(text) : !text.test(all)) return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
        void child.then(() =>
          reject(new Error(`The program ended before it showed ${String(text)}:\n${everything().join('\n')}`)),
        );
      }),
    ended: child.then(({ exitCode }) => exitCode ?? -1),
  };
}
