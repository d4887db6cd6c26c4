/** Packs the running version of blogger into a tarball for CI jobs. */

import { execFile } from 'node:child_process';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { BloggerError } from '../../core/errors.ts';
import { VERSION } from '../../util/version.ts';

/** Root of this package, relative to both `src/cli/init/` and `dist/cli/init/`. */
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

export const TARBALL = `.github/blogger-${VERSION}.tgz`;

/** Writes `TARBALL` below `cwd`, whose folder exists. */
export async function packInto(cwd: string): Promise<void> {
  const folder = join(cwd, '.github');
  try {
    // Scripts would rebuild the package while it runs.
    const { stdout } = await promisify(execFile)(
      'npm',
      ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder],
      { cwd: ROOT },
    );
    await rename(join(folder, stdout.trim().split('\n').at(-1) ?? ''), join(cwd, TARBALL));
  } catch (cause) {
    await rm(join(cwd, TARBALL), { force: true });
    throw new BloggerError(`Cannot write ${TARBALL}: npm pack failed`, {
      code: 'OUTPUT_UNWRITABLE',
      hint: 'The workflow installs this file. Check that npm is on your PATH and that the folder can be written.',
      cause,
    });
  }
}
