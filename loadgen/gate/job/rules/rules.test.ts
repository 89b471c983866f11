import { expect, test } from 'vitest';
import { pullRequestSettings } from '../../../../reports/gate/index.ts';
import { checkMetrics, type RulesFor, rulesFor } from './rules.ts';

function rules(changes: Partial<RulesFor> = {}): ReturnType<typeof rulesFor> {
  return rulesFor({ countsInstructions: true, attempt: 1, quarantined: [], ...changes });
}

test('rulesFor() gates as a pull request is gated unless somebody chooses', () => {
  expect(rules()).toEqual(pullRequestSettings({ countsInstructions: true }));
  expect(rules({ countsInstructions: false, attempt: 2 }).hypotheses[1]?.metric).toBe('allocation');
});

test('rulesFor() gates the chosen metrics alone, waits for each, and watches all others', () => {
  const { hypotheses, watch, level, looks } = rules({ metrics: ['tail', 'memory'] });
  expect(hypotheses.map(({ metric, isPrimary, mayStayOpen }) => [metric, isPrimary, mayStayOpen])).toEqual([
    ['tail', true, false],
    ['memory', true, false],
  ]);
  expect([...watch].sort()).toEqual(['cpu', 'gc', 'instructions', 'p50', 'p99', 'stalls']);
  expect([level, looks]).toEqual([0.01, rules().looks]);
});

test('rulesFor() confirms what an earlier job found at a level of its own', () => {
  const { hypotheses, watch, level } = rules({ metrics: ['cpu'], attempt: 2 });
  expect([hypotheses.map(({ metric }) => metric), watch, level]).toEqual([['cpu'], [], 0.05]);
});

test('rulesFor() only watches what the ledger does not trust', () => {
  const { hypotheses, watch } = rules({ quarantined: ['cpu'] });
  expect(hypotheses.map(({ metric }) => metric)).toEqual(['instructions', 'p50', 'tail']);
  expect(hypotheses[0]?.isPrimary).toBe(true);
  expect(watch).toContain('cpu');
  expect(() => rules({ metrics: ['cpu'], quarantined: ['cpu'] })).toThrow(
    'Cannot gate anything: the ledger shows too many false alarms of cpu, wanted other --metrics',
  );
});

test.each([
  ['instruction', { countsInstructions: true }, 'did you mean "instructions"'],
  ['instructions', { countsInstructions: false }, 'wanted is one of cpu, allocation'],
  ['p99', {}, 'wanted is one of cpu, instructions, p50, tail, stalls, memory'],
])('rulesFor() refuses to gate "%s" where nobody can', (metric, changes, why) => {
  expect(() => rules({ ...changes, metrics: [metric] })).toThrow(
    expect.objectContaining({ code: 'OPTION_INVALID', message: expect.stringContaining(why) }),
  );
});

test('checkMetrics() lets pass what some host could gate', () => {
  checkMetrics();
  checkMetrics(['instructions', 'allocation', 'stalls']);
  expect(() => checkMetrics(['cpu', 'gc'])).toThrow(
    /^Cannot gate "gc": wanted is one of cpu, instructions, /,
  );
});
