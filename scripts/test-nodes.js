// Runs the core of the test suite on the oldest Node that is supported and on the current lines: npm run test:nodes [-- VERSION …]
// The binaries come from the registry's packages of Node for this platform, into a temporary folder.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const VERSIONS = ['20.18.1', '22', '24'];
const CORE = [
  'test/architecture.test.ts',
  'test/unit',
  'test/property',
  'test/contract',
  'test/integration',
  'test/e2e/sample-site.test.ts',
  'test/e2e/detach.test.ts',
];
const root = fileURLToPath(new URL('..', import.meta.url));
const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
const folder = mkdtempSync(join(tmpdir(), 'blogger-nodes-'));
const ends = [];

try {
  for (const version of process.argv.length > 2 ? process.argv.slice(2) : VERSIONS) {
    const node = install(version);
    const shown = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
    console.log(`\n── Node ${shown}`);
    // What the tests start must find this Node, too.
    const env = { ...process.env, PATH: `${join(node, '..')}:${process.env.PATH}` };
    // No package that people get may ask for a later Node.
    const { status: fits } = spawnSync('npm', ['ci', '--dry-run', '--engine-strict', '--omit=dev', '--no-audit'], {
      cwd: root,
      env,
      stdio: 'inherit',
    });
    const { status } = spawnSync(node, ['node_modules/vitest/vitest.mjs', 'run', '--testTimeout', '120000', ...CORE], {
      cwd: root,
      env,
      stdio: 'inherit',
    });
    ends.push([shown, fits || status]);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const [version, status] of ends) console.log(`Node ${version}: ${status === 0 ? 'passes' : `FAILS (${status})`}`);
process.exitCode = ends.every(([, status]) => status === 0) ? 0 : 1;

function install(version) {
  const home = join(folder, version);
  spawnSync('mkdir', ['-p', home]);
  writeFileSync(join(home, 'package.json'), '{"private":true}');
  const { status, stderr } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--force', `${name}@${version}`], {
    cwd: home,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${name}@${version} could not be installed: ${stderr}`);
  return join(home, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}
