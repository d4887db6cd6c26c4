/** Runs once before the tests with servers: makes sure that a redis-server is there, or that its tests are left out on purpose. Tests start their own servers. */

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

export default function setup(project: TestProject): void {
  project.provide('redisServer', installPackage('redis-server', { skip: 'redis' }) ?? '');
  project.provide('postgresBin', postgres());
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
