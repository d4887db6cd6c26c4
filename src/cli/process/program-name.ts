/** How this program was called, so that commands in its messages can be copied. */

import { accessSync, constants } from 'node:fs';
import { basename, delimiter, join, relative } from 'node:path';

export interface Call {
  /** Path of the script that Node runs, as given. */
  readonly script: string | undefined;
  readonly cwd: string;
  readonly path: string;
}

/** `blogger`, or `node …/bin/blogger.js` when it was called that way and no `blogger` is on the PATH. */
export function programName({ script = '', cwd, path }: Call, isCommand = isExecutable): string {
  if (basename(script) !== 'blogger.js') return 'blogger';
  const isInstalled = path.split(delimiter).some((folder) => folder !== '' && isCommand(join(folder, 'blogger')));
  return isInstalled ? 'blogger' : `node ${relative(cwd, script)}`;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
