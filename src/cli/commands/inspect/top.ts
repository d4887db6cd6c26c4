import type { Command } from 'commander';
import { openFleet } from '../../../api/jobs/open-fleet.ts';
import { systemClock } from '../../../util/clock.ts';
import { jsonText } from '../../../util/text/terminal-text.ts';
import { EXIT } from '../../process/exit.ts';
import type { Io } from '../../process/io.ts';
import { listenForStop } from '../../process/signals.ts';
import { describeFleet, type FleetLook } from '../../report/describe-fleet.ts';
import { addSettingsFlags, settingsOf } from '../../settings-flags.ts';

interface TopFlags {
  readonly json?: boolean;
  readonly once?: boolean;
}

const EXAMPLES = `Examples:
  REDIS_URL=redis://host blogger top           all workers and what each does, until Ctrl-C
  REDIS_URL=postgres://host/db blogger top --once --json | jq '.workers[].machine'

`;
const LOOK_MS = 2000;
/** Moves the cursor home and clears the screen below it. */
const CLEAR = '\u001b[H\u001b[J';

export function define(command: Command, io: Io, exit: (code: number) => void): void {
  addSettingsFlags(command, ['cache.prefix', 'state'])
    .option('--once', 'print once and exit')
    .option('--json', 'one JSON object a look')
    .addHelpText('before', EXAMPLES)
    .action(async (flags: TopFlags) => {
      const { settings } = await settingsOf(command, io);
      await using fleet = await openFleet(settings);
      using signals = listenForStop(io);
      let before: FleetLook | undefined;
      while (!signals.stop.aborted) {
        const look: FleetLook = { at: systemClock.now(), ...(await fleet.look()) };
        const view = flags.json === true ? `${jsonText(look)}\n` : describeFleet(look, before);
        io.stdout.write(io.stdout.isTTY && flags.json !== true ? CLEAR + view : view);
        before = look;
        if (flags.once === true) return exit(EXIT.ok);
        await systemClock.sleep(LOOK_MS, signals.stop).catch(() => {}); // the loop condition ends it
      }
      exit(EXIT.ok);
    });
}
