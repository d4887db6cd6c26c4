import { defineConfig } from 'vitest/config';

/** The tests that judge the pure cores, quick enough to be run again for every mutant. */
export default defineConfig({
  test: {
    include: ['test/unit/{check,crawl,jobs,list,models,plan,publish,util,write}/**/*.test.ts', 'test/property/**/*.test.ts'],
    env: { BLOGGER_FUZZ_SHARE: '0.1' },
    testTimeout: 30_000,
  },
});
