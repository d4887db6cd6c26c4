import { readFileSync } from 'node:fs';
import type { ResolvedConfig } from 'vite';
import { defineConfig } from 'vitest/config';

/** Tests wait more than they compute: files run side by side on more workers than there are cores. */
export default defineConfig({
  plugins: [withoutDevelopmentBuilds(), withoutSourceMaps('@actions/workflow-parser')],
  test: {
    globalSetup: ['test/helpers/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 4,
    // Real servers, kills and pseudo-terminals share two cores in CI; a second failure counts.
    retry: process.env['CI'] === 'true' ? 1 : 0,
    // What was built is loaded as a user's process loads it, without vitest's transforms.
    server: { deps: { external: [/^(?!.*\/node_modules\/).*\/dist\//], inline: ['@actions/workflow-parser'] } },
    coverage: { include: ['src/**'], reporter: ['text-summary', 'json-summary'] },
    projects: [
      project('unit', ['test/*.test.ts', 'test/unit/**/*.test.{ts,tsx}']),
      project('property', ['test/property/*.test.ts']),
      project('integration', ['test/{contract,integration}/*.test.ts']),
      project('e2e', ['test/e2e/*.test.ts']),
    ],
  },
});

/** Files share the modules of their process, because loading them again for each costs minutes. */
function project(name: string, include: string[]) {
  const hasServers = name === 'integration' || name === 'e2e';
  const setupFiles = hasServers ? ['test/helpers/after-file.ts'] : [];
  const globalSetup = hasServers ? ['test/helpers/find-stores.ts'] : [];
  return { extends: true as const, test: { name, include, globalSetup, setupFiles, isolate: false } };
}

/** Packages are loaded as a user's process loads them; their development builds check themselves at every step. */
function withoutDevelopmentBuilds() {
  return {
    name: 'without-development-builds',
    configResolved({ ssr, environments }: ResolvedConfig) {
      for (const { resolve } of [ssr, ...Object.values(environments)])
        if (resolve?.conditions !== undefined)
          resolve.conditions = resolve.conditions.filter((name) => name !== 'development|production');
    },
  };
}

/** The package ships source maps without their sources, and Vite would warn about each of them. */
function withoutSourceMaps(name: string) {
  return {
    name: 'without-source-maps',
    enforce: 'pre' as const,
    load: (id: string) =>
      id.includes(name) && id.endsWith('.js')
        ? readFileSync(id, 'utf8').replace(/^\/\/# sourceMappingURL=.*$/m, '')
        : undefined,
  };
}
