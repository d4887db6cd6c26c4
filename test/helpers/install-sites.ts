/** Runs once before the site tests: installs Hugo, Jekyll and Pelican by Debian's packages and the others from the registry. */

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { installPackage } from './install-package.ts';

const SITES = fileURLToPath(new URL('../sites/tools/', import.meta.url));

export default function setup(): void {
  for (const name of ['hugo', 'jekyll', 'pelican']) installPackage(name, { skip: name });
  if (!existsSync(`${SITES}/node_modules/astro`))
    execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: SITES, stdio: ['ignore', 'ignore', 'inherit'] });
}
