import { expect, test } from 'vitest';
import { healthyRun } from '../testing.ts';
import { checkComparable, type NamedRun } from './comparable.ts';

function named(source: string, change: (run: NamedRun['run']) => void = () => {}): NamedRun {
  const run = healthyRun();
  change(run);
  return { run, source };
}

test('checkComparable() takes runs of the same load, whatever their seed and target', () => {
  const other = named('b', ({ header }) => {
    header.seed = 9;
    header.target.workers = 7;
  });
  expect(() => checkComparable([named('a'), other])).not.toThrow();
});

const changes: [what: string, change: (run: NamedRun['run']) => void, words: string][] = [
  [
    'scenario',
    ({ header }) => void Object.assign(header, { scenario: 'other' }),
    'is "other", wanted "synthetic"',
  ],
  [
    'number of users',
    ({ header }) => void Object.assign(header, { users: 61 }),
    'its users are "61", wanted "60"',
  ],
  [
    'length',
    ({ header }) => void Object.assign(header.phases[2]!, { end: 40 }),
    'phases are "steady 25 s", wanted "steady 20 s"',
  ],
  ['host', ({ header }) => void Object.assign(header.host, { cpus: 99 }), 'its host\'s processors are "99'],
];

test.each(changes)('checkComparable() refuses another %s and says so', (_, change, words) => {
  const check = (): void => checkComparable([named('a'), named('b', change)]);
  expect(check).toThrow(words);
  expect(check).toThrow(expect.objectContaining({ code: 'RUNS_DIFFER', exitCode: 104 }));
});

test('checkComparable() refuses a run that was profiled, the first as any other, and says why', () => {
  const profiled = named('p', ({ header }) => {
    header.profile = { tool: 'flame', role: 'worker', id: 1 };
  });
  for (const runs of [
    [named('a'), profiled],
    [profiled, named('a')],
    [profiled, profiled],
  ]) {
    expect(() => checkComparable(runs)).toThrow(
      expect.objectContaining({
        code: 'RUNS_DIFFER',
        message:
          'Cannot compare run "p": its worker 1 was profiled with "flame", which slows it down by nobody knows how much, wanted a run without a profile',
      }),
    );
  }
});

test('checkComparable() refuses a run that was spoilt, with the reason and the exit code of an invalid run', () => {
  const spoilt = named('b', ({ summary }) => {
    summary.verdict = { status: 'invalid', validity: 'invalid', reasons: ['Lateness p99 was 900 ms'] };
  });
  const check = (): void => checkComparable([named('a'), spoilt]);
  expect(check).toThrow('Cannot compare run "b": Lateness p99 was 900 ms, wanted a valid run');
  expect(check).toThrow(expect.objectContaining({ exitCode: 112 }));
});

test('checkComparable() refuses a single run', () => {
  expect(() => checkComparable([named('a')])).toThrow('1 given, wanted two or more');
});
