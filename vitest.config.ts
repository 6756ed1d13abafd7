import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{packages,platform,modules,apps,scripts}/**/*.test.{ts,tsx}'],
    pool: 'forks',
    setupFiles: ['scripts/seed.ts'],
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
});
