import { configDefaults, defineConfig } from 'vitest/config';

const exclude = [...configDefaults.exclude, 'dist/**', 'reports/runs/**'];
const setupFiles = ['./scripts/fail-on-warnings.ts'];

/** Where .ci/run wants the machine-readable result; a person at a terminal needs none. */
const resultsFile = process.env['TEST_RESULTS'];

export default defineConfig({
  test: {
    reporters: resultsFile ? ['default', ['json', { outputFile: resultsFile }]] : ['default'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...exclude, '**/*.cluster.test.ts'],
          setupFiles,
          // Far more than any needs: only what hangs is to end by it, not what shares its machine.
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'cluster',
          include: ['**/*.cluster.test.ts'],
          exclude,
          setupFiles,
          // Each of these files starts several processes: two at a time would measure each other.
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
