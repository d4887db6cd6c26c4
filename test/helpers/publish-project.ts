import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { publishFiles } from '../../src/api/publish/publish-files.ts';
import type { FilePublication } from '../../src/api/publish/publishing-room.ts';
import { type SettingsInput, settingsSchema } from '../../src/config/schema.ts';
import type { Clock } from '../../src/core/ports.ts';
import { systemClock } from '../../src/util/clock.ts';
import { fakeRandom } from './fakes.ts';

export interface PublishCall {
  readonly settings: SettingsInput;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly force?: boolean;
  readonly now?: number;
  readonly agrees?: boolean;
  readonly signal?: AbortSignal;
}

/** A folder with posts that are published from it; waits take a thousandth of their time. */
export async function publishProject(files: Readonly<Record<string, string | Uint8Array>> = {}) {
  const cwd = await mkdtemp(join(tmpdir(), 'blogger-publish-'));
  const write = async (name: string, text: string | Uint8Array) => {
    await mkdir(dirname(join(cwd, name)), { recursive: true });
    await writeFile(join(cwd, name), text);
  };
  for (const [name, text] of Object.entries(files)) await write(name, text);
  return {
    cwd,
    write,
    publish(names: readonly string[], call: PublishCall): Promise<FilePublication[]> {
      const { now = Date.now(), secrets = {}, force = false, agrees = true } = call;
      const clock: Clock = {
        now: () => now,
        monotonic: () => 0,
        sleep: (ms, signal) => systemClock.sleep(ms / 1000, signal),
      };
      const settings = settingsSchema.parse(call.settings);
      return publishFiles(names, {
        settings,
        secrets,
        cwd,
        targets: settings.publish,
        force,
        consent: async () => agrees,
        clock,
        random: fakeRandom(),
        signal: call.signal ?? new AbortController().signal,
      });
    },
    [Symbol.asyncDispose]: () => rm(cwd, { recursive: true, force: true }),
  };
}

/** A post as a person writes it. */
export function handWritten(title: string, body = `Text of ${title}.`): string {
  return `---\ntitle: ${JSON.stringify(title)}\ndate: 2026-11-01\n---\n\n${body}\n`;
}
