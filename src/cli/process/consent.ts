import type { Consent } from '../../api/publish/ask-first.ts';
import { plural } from '../../util/text/plural.ts';
import { terminalLine } from '../../util/text/terminal-text.ts';
import type { Io } from './io.ts';

/** `--yes` confirms; otherwise asks the user if there is a terminal. */
export function consentOf(
  { yes = false, json = false }: { readonly yes?: boolean; readonly json?: boolean },
  io: Io,
  signal: AbortSignal,
): Consent {
  return async ({ target, count, day }) => {
    if (yes) return true;
    if (json || io.stdin.isTTY !== true || !io.stderr.isTTY) return false;
    const { createInterface } = await import('node:readline/promises');
    const asking = createInterface({ input: io.stdin, output: io.stderr.stream });
    try {
      const when = day === undefined ? 'at once' : `on ${day}`;
      const answer = await asking.question(
        `${io.stderr.say(`${plural(count, 'post')} will arrive ${when} at ${terminalLine(target)}, the first ones of this project there. Continue? [y/N]`)} `,
        { signal },
      );
      return /^y(?:es)?$/i.test(answer.trim());
    } finally {
      asking.close();
    }
  };
}
