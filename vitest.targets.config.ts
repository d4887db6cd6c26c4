import { defineConfig } from 'vitest/config';

/** `npm run test:targets`: a real WordPress and a real Ghost, too heavy for every run of the tests. */
export default defineConfig({
  test: {
    include: ['test/targets/*.targets.ts'],
    globalSetup: ['test/targets/install.ts'],
    testTimeout: 3_600_000,
    hookTimeout: 600_000,
    pool: 'forks',
    fileParallelism: false,
  },
});
