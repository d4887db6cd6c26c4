import { defineConfig } from 'vitest/config';

/** `npm run test:browser`: what blogger draws, in a real browser. */
export default defineConfig({
  test: { include: ['test/browser/*.browser.ts'], testTimeout: 120_000, hookTimeout: 600_000, pool: 'forks' },
});
