import fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapeLabel, formatPrometheus } from './prometheus.ts';
import { healthySummary, silentTarget } from './testing.ts';

const LINE = /^scbench_[a-z_]+\{([a-z_]+="(?:[^"\\\n]|\\[\\"n])*",?)+\} -?[\d.e+-]+$/;

test('formatPrometheus() writes times in seconds and every figure exactly', () => {
  const summary = healthySummary();
  const text = formatPrometheus(summary);
  const p99 = (summary.latencyMs.response?.p99 ?? 0) / 1_000;
  expect(text).toContain(
    `scbench_time_seconds{scenario="synthetic",seed="1",time="response",quantile="0.99"} ${p99}\n`,
  );
  expect(text).toContain(`scbench_users_peak{scenario="synthetic",seed="1"} ${summary.users.peak}\n`);
});

test('formatPrometheus() writes nothing but samples and their headings, each heading once', () => {
  const lines = formatPrometheus(healthySummary()).trimEnd().split('\n');
  const samples = lines.filter((line) => !line.startsWith('#'));
  for (const line of samples) expect(line).toMatch(LINE);
  const types = lines.filter((line) => line.startsWith('# TYPE'));
  expect(new Set(types).size).toBe(types.length);
});

test('formatPrometheus() says nothing of rules that were not judged', () => {
  const summary = healthySummary();
  summary.rules = [{ rule: 'users.failed == 0', value: 0, ok: null }];
  expect(formatPrometheus(summary)).not.toContain('rule_holds');
});

test('formatPrometheus() leaves out what the target did not tell', () => {
  const summary = healthySummary();
  summary.target = silentTarget;
  expect(formatPrometheus(summary)).not.toContain('scbench_target');
});

test('escapeLabel() keeps any text within its quotes', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(escapeLabel(text)).toMatch(/^(?:[^"\\\n]|\\[\\"n])*$/);
    }),
  );
});
