/** Brings the real servers: WordPress by Debian's packages, its SQLite driver and Ghost by the registry. What was brought once is kept. */

import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPackage } from '../helpers/install-package.ts';

export const KEPT = fileURLToPath(new URL('../../node_modules/.targets/', import.meta.url));
const OWN = fileURLToPath(new URL('./wordpress/', import.meta.url));
const GHOST = 'ghost@5.130.6';
/** Holds the driver, which has no package of its own. */
const PLAYGROUND = '@wp-playground/cli@3.1.56';
const PHP_PACKAGES = 'php-cli php-sqlite3 php-curl php-xml php-mbstring php-gd';

export default function setup(): void {
  mkdirSync(KEPT, { recursive: true });
  installWordPress();
  installGhost();
}

function run(program: string, args: readonly string[], cwd = KEPT): string {
  return execFileSync(program, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 2 ** 28,
  });
}

function installWordPress(): void {
  const site = join(KEPT, 'wordpress');
  if (existsSync(join(site, 'wp-config.php'))) return;
  installPackage('php-cli', { skip: 'php', program: 'php' });
  if (!existsSync('/usr/share/wordpress/wp-includes') || !run('php', ['-m']).includes('pdo_sqlite'))
    run('sh', ['-c', `apt-get update && apt-get install -y --no-install-recommends wordpress ${PHP_PACKAGES}`]);
  const making = `${site}.new`;
  rmSync(making, { recursive: true, force: true });
  cpSync('/usr/share/wordpress', making, { recursive: true, dereference: true });
  rmSync(join(making, '.htaccess'), { force: true });
  unpackDriver(join(making, 'wp-content'));
  cpSync(join(OWN, 'wp-config.php'), join(making, 'wp-config.php'));
  mkdirSync(join(making, 'wp-content/mu-plugins'), { recursive: true });
  cpSync(join(OWN, 'seo-fields.php'), join(making, 'wp-content/mu-plugins/seo-fields.php'));
  rmSync(site, { recursive: true, force: true });
  renameSync(making, site);
}

function unpackDriver(content: string): void {
  const packed = run('npm', ['pack', PLAYGROUND, '--silent']).trim();
  run('tar', ['xzf', packed, 'package/sqlite-database-integration.zip']);
  run('php', [
    '-r',
    `(new PharData($argv[1]))->extractTo($argv[2], null, true);`,
    'package/sqlite-database-integration.zip',
    'driver',
  ]);
  const plugin = join(content, 'plugins/sqlite-database-integration');
  const [inner = ''] = readdirSync(join(KEPT, 'driver'));
  const unpacked = existsSync(join(KEPT, 'driver/db.copy')) ? join(KEPT, 'driver') : join(KEPT, 'driver', inner);
  cpSync(unpacked, plugin, { recursive: true });
  const loader = readFileSync(join(plugin, 'db.copy'), 'utf8')
    .replaceAll('{SQLITE_IMPLEMENTATION_FOLDER_PATH}', '') // it then looks beside itself
    .replaceAll('{SQLITE_PLUGIN}', 'sqlite-database-integration/load.php');
  writeFileSync(join(content, 'db.php'), loader);
  // The driver wants WordPress 6.2; before, wpdb itself reads this member.
  const driver = join(plugin, 'wp-includes/sqlite/class-wp-sqlite-db.php');
  writeFileSync(
    driver,
    readFileSync(driver, 'utf8').replace('private $allow_unsafe_unquoted', 'public $allow_unsafe_unquoted'),
  );
}

function installGhost(): void {
  const folder = join(KEPT, 'ghost');
  if (existsSync(join(folder, 'node_modules/sqlite3/build/Release/node_sqlite3.node'))) return;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const packed = run('npm', ['pack', GHOST, '--silent']).trim();
  run('tar', ['xzf', packed, '-C', 'ghost', '--strip-components=1']);
  // Its tools are from elsewhere than the registry; its own scripts are not needed.
  const { devDependencies, scripts, ...about } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  ) as object & {
    readonly devDependencies?: unknown;
    readonly scripts?: unknown;
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(about));
  run('npm', ['install', '--omit=dev', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'], folder);
  run('../.bin/node-gyp', ['rebuild', '--nodedir=/usr'], join(folder, 'node_modules/sqlite3'));
}
