import { defineConfig } from 'vitest/config';

/** `npm run test:sites`: real site generators, too heavy for every run of the tests. */
export default defineConfig({
  test: {
    include: ['test/sites/*.sites.ts'],
    globalSetup: ['test/helpers/install-sites.ts'],
    testTimeout: 3_600_000,
    hookTimeout: 600_000,
    pool: 'forks',
    fileParallelism: false,
  },
});
