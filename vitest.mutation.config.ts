import { defineConfig } from 'vitest/config';

/** The tests that judge the pure cores, quick enough to be run again for every mutant. */
export default defineConfig({
  test: {
    include: [
      'test/property/*.test.ts',
      'test/unit/check/grounding*.test.ts',
      'test/unit/crawl/robots-rules.test.ts',
      'test/unit/jobs/job-state.test.ts',
      'test/unit/list/*.test.ts',
      'test/unit/models/pricing.test.ts',
      'test/unit/plan/choose-tier.test.ts',
      'test/unit/publish/slug.test.ts',
      'test/unit/util/{backoff,stable-hash}.test.ts',
      'test/unit/write/{batch-processor,pack-requests,parse-reply}.test.ts',
    ],
    env: { BLOGGER_FUZZ_SHARE: '0.1' },
    testTimeout: 30_000,
  },
});
