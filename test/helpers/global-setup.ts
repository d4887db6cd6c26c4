/**
 * Runs once before all tests: makes sure that a redis-server is there, or that its tests are left out on purpose, and gives all temporary
 * folders one place, which is taken away at the end. Tests start their own servers.
 */

import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { installPackage } from './install-package.ts';
import { findPostgres } from './postgres-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of redis-server; empty where its tests are left out. */
    redisServer: string;
    /** Folder of PostgreSQL's programs; empty where there is none. */
    postgresBin: string;
  }
}

const SHARED = 'BLOGGER_TEST_FOLDER';

export default function setup(project: TestProject): () => void {
  project.provide('redisServer', installPackage('redis-server', { skip: 'redis' }) ?? '');
  project.provide('postgresBin', postgres());
  // Each vitest project runs this: one folder for all of them, because socket paths may have 107 characters only.
  if (process.env[SHARED] !== undefined) return () => {};
  const folder = mkdtempSync(join(tmpdir(), 'blogger-'));
  chmodSync(folder, 0o755); // PostgreSQL runs as a user of its own
  process.env['TMPDIR'] = folder;
  process.env[SHARED] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}

/** Too large to be installed for every run of the tests: `npm run test:postgres` does. */
function postgres(): string {
  if (process.env['BLOGGER_TEST_POSTGRES'] === 'install' && findPostgres() === undefined)
    installPackage('postgresql', { skip: 'postgres', program: 'psql' });
  const found = findPostgres();
  if (found === undefined)
    console.warn('No PostgreSQL on this machine: its tests are left out. `npm run test:postgres` installs it.');
  return found ?? '';
}
