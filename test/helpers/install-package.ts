import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface InstallPackageOptions {
  /** Name in `BLOGGER_TEST_WITHOUT` by which a person leaves out the tests that need it. */
  readonly skip: string;
  /** Its program, where that has another name. */
  readonly program?: string;
  /** Without what Debian recommends beside it. */
  readonly isBare?: boolean;
}

/** Path of a program that the tests need: the one on PATH, else from Debian's package. Undefined where its tests are left out on purpose. */
export function installPackage(
  name: string,
  { skip, program = name, isBare = false }: InstallPackageOptions,
): string | undefined {
  if ((process.env['BLOGGER_TEST_WITHOUT'] ?? '').split(',').includes(skip)) {
    console.warn(`BLOGGER_TEST_WITHOUT=${skip}: every test that needs ${name} is left out.`);
    return undefined;
  }
  const found = which(program);
  if (found !== undefined) return found;
  // Another test file may be installing; the lists of packages are read again only where the package is not in them.
  const install = `apt-get -o DPkg::Lock::Timeout=300 install -y ${isBare ? '--no-install-recommends ' : ''}${name}`;
  const command = `apt-get update && ${install}`;
  const without = `To leave its tests out: BLOGGER_TEST_WITHOUT=${skip} npm test`;
  if (!canInstall())
    throw new Error(`The tests need ${program} on PATH. On Debian or Ubuntu: sudo sh -c '${command}'. ${without}`);
  console.warn(`No ${program} on PATH, installing it: ${command}`);
  try {
    execFileSync('sh', ['-c', `${install} 2>/dev/null || (${command})`], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  } catch (cause) {
    throw new Error(`${name} could not be installed. Run: ${command}. ${without}`, { cause });
  }
  const installed = which(program);
  if (installed === undefined) throw new Error(`${name} was installed but ${program} is not on PATH`);
  return installed;
}

function which(name: string): string | undefined {
  try {
    return execFileSync('sh', ['-c', 'command -v "$0"', name], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

function canInstall(): boolean {
  try {
    const debian = /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'));
    return debian && process.getuid?.() === 0 && which('apt-get') !== undefined;
  } catch {
    return false;
  }
}
