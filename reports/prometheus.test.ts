import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readRun } from '../loadgen/results/index.ts';
import { escapeLabel, formatPrometheus } from './prometheus.ts';
import { healthySummary, silentTarget } from './testing.ts';

interface Exposed {
  name: string;
  labels: Record<string, string>;
  value: number;
}

const HEADING = /^# (HELP|TYPE) ([a-zA-Z_:][\w:]*) (.+)$/;
const SAMPLE = /^([a-zA-Z_:][\w:]*)\{((?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\[\\"n])*",?)*)\} (\S+)$/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\\n]|\\[\\"n])*)"/g;

/** Reads the text format as Prometheus does, and refuses what it refuses. */
function readExposition(text: string): Exposed[] {
  expect(text.endsWith('\n')).toBe(true);
  const headings = new Set<string>();
  const known = new Set<string>();
  let current = '';
  return text
    .slice(0, -1)
    .split('\n')
    .flatMap((line) => {
      const [, kind, metric = '', words] = HEADING.exec(line) ?? [];
      if (kind !== undefined) {
        expect(headings, 'a heading twice').not.toContain(`${kind} ${metric}`);
        headings.add(`${kind} ${metric}`);
        if (kind === 'TYPE') expect(words).toBe('gauge');
        current = metric;
        return [];
      }
      const [, name = '', inner = '', value = ''] = SAMPLE.exec(line) ?? expect.fail(`no sample: ${line}`);
      expect(name, 'samples of a metric stand together, under its headings').toBe(current);
      for (const heading of ['HELP', 'TYPE']) expect(headings).toContain(`${heading} ${name}`);
      const labels = [...inner.matchAll(LABEL)].map(([, label = '', written = '']): [string, string] => [
        label,
        written.replace(/\\(.)/g, (_, sign: string) => (sign === 'n' ? '\n' : sign)),
      ]);
      const made = Object.fromEntries(labels);
      expect(Object.keys(made), 'a label twice').toHaveLength(labels.length);
      const identity = JSON.stringify([name, labels.toSorted(([one], [other]) => (one < other ? -1 : 1))]);
      expect(known, 'a sample twice').not.toContain(identity);
      known.add(identity);
      expect(Number.isFinite(Number(value))).toBe(true);
      return [{ name, labels: made, value: Number(value) }];
    });
}

test('formatPrometheus() writes times in seconds and every figure exactly', () => {
  const summary = healthySummary();
  const text = formatPrometheus(summary);
  const p99 = (summary.latencyMs.response?.p99 ?? 0) / 1_000;
  expect(text).toContain(
    `scbench_time_seconds{scenario="synthetic",seed="1",time="response",quantile="0.99"} ${p99}\n`,
  );
  expect(text).toContain(`scbench_users_peak{scenario="synthetic",seed="1"} ${summary.users.peak}\n`);
});

test('formatPrometheus() writes what Prometheus takes, of a run that was measured', async () => {
  const record = new URL('../loadgen/results/version-1/run.jsonl', import.meta.url);
  const { summary } = await readRun(fileURLToPath(record));
  const samples = readExposition(formatPrometheus(summary));
  expect(
    samples.filter(({ name }) => name === 'scbench_rule_holds').map(({ labels }) => labels['rule']),
  ).toEqual(summary.rules.map(({ rule }) => rule));
});

test('formatPrometheus() writes what Prometheus takes, whatever scenario, rules, causes and workers are called', () => {
  const names = fc.uniqueArray(fc.oneof(fc.string(), fc.constantFrom('\\', '"', '\n', 'a\\nb', 'ü,{}="')));
  fc.assert(
    fc.property(fc.string(), names, names, names, (scenario, rules, causes, workers) => {
      const summary = healthySummary();
      const [worker] = summary.workers;
      summary.scenario = scenario;
      summary.rules = rules.map((rule) => ({ rule, value: 1, ok: true }));
      summary.users.thrown = Object.fromEntries(causes.map((cause) => [cause, 1]));
      summary.workers = workers.map((id) => ({ ...worker!, id }));
      const samples = readExposition(formatPrometheus(summary));
      const of = (metric: string, label: string) =>
        samples.flatMap(({ name, labels }) => (name === `scbench_${metric}` ? [labels[label]] : []));
      expect(of('passed', 'scenario')).toEqual([scenario]);
      expect(of('rule_holds', 'rule')).toEqual(rules);
      expect(of('worker_connections', 'worker')).toEqual(workers);
      expect(of('errors', 'cause')).toEqual(Object.keys(summary.users.thrown));
    }),
  );
});

test('formatPrometheus() writes a rule once that an older record has twice', () => {
  const summary = healthySummary();
  const rule = { rule: 'users.failed == 0', value: 0, ok: true };
  summary.rules = [rule, rule];
  const samples = readExposition(formatPrometheus(summary));
  expect(samples.filter(({ name }) => name === 'scbench_rule_holds')).toHaveLength(1);
});

test('formatPrometheus() counts the errors that behaviours threw', () => {
  const summary = healthySummary();
  summary.users.thrown = { TypeError: 2, RangeError: 1 };
  const text = formatPrometheus(summary);
  expect(text).toContain('scbench_users_thrown{scenario="synthetic",seed="1"} 3\n');
  expect(text).toContain('what="behaviour threw",cause="TypeError"} 2\n');
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
