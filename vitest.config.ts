import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['shared/**/*.test.ts', 'client/src/**/*.test.ts', 'server/src/**/*.test.ts'],
    testTimeout: 60_000,
    maxWorkers: 2,
  },
});
