import { configDefaults, defineConfig } from 'vitest/config';

const exclude = [...configDefaults.exclude, 'dist/**', 'reports/runs/**'];
const setupFiles = ['./scripts/fail-on-warnings.ts'];

/** Starts several processes, which wait more than they work: two files at a time share a machine well. */
const waiting = [
  '{scripts,server}/**/*.cluster.test.ts',
  'reports/{broadcast/*,page/page,page/*/*}.cluster.test.ts',
  'loadgen/agent/agent.cluster.test.ts',
  'loadgen/{agent-host,bus}/*.cluster.test.ts',
  'loadgen/cli/{secrets,agents/agent,gate/gate}.cluster.test.ts',
  'loadgen/coordinator/agents.cluster.test.ts',
  'loadgen/coordinator/{faults,foreign,hosts,kept,prepare,remote}/*.cluster.test.ts',
  'loadgen/gate/builds/*.cluster.test.ts',
  'loadgen/profile/profile.cluster.test.ts',
];

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
          // By default one core stays idle.
          maxWorkers: '100%',
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'cluster',
          include: waiting,
          exclude,
          setupFiles,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'measuring',
          include: ['**/*.cluster.test.ts'],
          exclude: [...exclude, ...waiting],
          setupFiles,
          // Each of these files measures: two at a time would measure each other.
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
