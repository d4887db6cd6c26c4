/** Runs once before the site tests: brings Hugo and Jekyll by Debian's packages and Astro by the registry. */

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { installPackage } from './install-package.ts';

const SITES = fileURLToPath(new URL('../sites/', import.meta.url));

export default function setup(): void {
  for (const name of ['hugo', 'jekyll']) installPackage(name, { skip: name });
  if (!existsSync(`${SITES}/node_modules/astro`))
    execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: SITES, stdio: ['ignore', 'ignore', 'inherit'] });
}
