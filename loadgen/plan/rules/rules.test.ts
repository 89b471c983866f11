import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PATHS } from './paths.ts';
import { checkRules, evaluateRules, phasesIn, planRules } from './rules.ts';

const worker = (id: string, p99: number, cpuCores: number | null) => ({
  id,
  response: { p50: 1, p99 },
  cpuCores,
});
const summary = {
  seconds: 30,
  users: { target: 100, peak: 100, failed: { refused: 2, timeout: 3 }, dropped: {} },
  messages: { perSecond: 99.5 },
  schedule: { perSecond: 100 },
  latencyMs: { response: { p99: 12 } },
  phases: [
    { id: 'steady', messages: { sent: 10 }, workers: [worker('0', 3, null), worker('1', 9, null)] },
    {
      id: 'peak',
      messages: { sent: 90 },
      workers: [worker('0', 5, null)],
      users: { failed: { refused: 1 } },
    },
  ],
  workers: [worker('0', 10, 0.2), worker('1', 40, 0.1), worker('2', 20, null)],
  brokers: [],
};

const holds = (rule: string) => evaluateRules([{ rule }], summary)[0];

test.each<[string, number | null, boolean]>([
  ['users.peak == 100', 100, true],
  ['users.failed == 0', 5, false],
  ['users.failed.refused<=2', 2, true],
  ['users.failed.reset == 0', 0, true],
  ['users.dropped == 0', 0, true],
  ['messages.perSecond >= 99.5', 99.5, true],
  ['messages.perSecond > 1e2', 99.5, false],
  ['seconds != 30', 30, false],
  ['seconds != -30', 30, true],
  ['latencyMs.response.p99 < 12', 12, false],
  ['latencyMs.response.p(99) < 13ms', 12, true],
  ['latencyMs.push.p99 < 1000', null, false],
  ['fanoutMs.last.p99 < 1s', null, false],
  ['schedule.ratio >= 0', null, false],
  ['phases.peak.messages.sent > 80', 90, true],
  ['phases.*.messages.sent > 80', 10, false],
  ['phases.peak.users.failed == 1', 1, true],
  ['phases.peak.users.failed.timeout == 0', 0, true],
  ['phases.*.workers.*.response.p99 < 9', 9, false],
  ['phases.later.messages.sent > 0', null, false],
  ['workers.*.response.p99 < 41', 40, true],
  ['workers.*.response.p99 > 10', 10, false],
  ['workers.*.response.p99 == 10', 40, false],
  ['workers.*.response.p99 != 20', 20, false],
  ['workers.1.response.p99 < 41', 40, true],
  ['workers.7.response.p99 < 41', null, false],
  ['workers.*.cpuCores < 1', null, false],
  ['brokers.*.cpuCores < 1', null, false],
  ['users.failed <= 5% * users.peak', 5, true],
  ['users.failed < 0.05 * users.target', 5, false],
  ['messages.perSecond >= 0.5 * users.failed', 99.5, true],
  ['workers.*.response.p99 <= 4 * workers.0.response.p99', 40, true],
  ['phases.peak.messages.sent > 10 * phases.steady.messages.sent', 90, false],
  ['users.failed <= 1 * users.dropped', 5, false],
  ['users.peak != 2 * messages.pushed', null, false],
])('evaluateRules() holds "%s" against %s: %s', (rule, value, ok) => {
  expect(holds(rule)).toEqual({ rule, value, ok });
});

test('evaluateRules() reports each part of a joined rule by itself', () => {
  const rules = [{ rule: 'seconds >= 30 and users.failed == 0' }, { rule: 'users.peak > 0' }];
  expect(evaluateRules(rules, summary)).toEqual([
    { rule: 'seconds >= 30', value: 30, ok: true },
    { rule: 'users.failed == 0', value: 5, ok: false },
    { rule: 'users.peak > 0', value: 100, ok: true },
  ]);
});

test('evaluateRules() refuses a rule it cannot read', () => {
  expect(() => evaluateRules([{ rule: 'users.faild == 0' }], summary)).toThrow(
    expect.objectContaining({ code: 'OPTION_INVALID' }),
  );
});

test('checkRules() reads every rule over a known figure', () => {
  const operators = fc.constantFrom('<', '<=', '>', '>=', '==', '!=');
  const spaces = fc.constantFrom('', ' ', '  ');
  fc.assert(
    fc.property(
      fc.constantFrom(...PATHS),
      operators,
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      spaces,
      (path, operator, bound, space) => {
        const rule = `${path}${space}${operator}${space}${bound}`;
        expect(checkRules([rule])).toEqual([]);
        expect(checkRules([`${rule} and ${rule}`])).toEqual([]);
      },
    ),
  );
});

test('checkRules() names the nearest figure for each one that does not exist', () => {
  expect(checkRules(['users.faild == 0 and seconds > 1', 'target.cpu < 1'])).toEqual([
    'Cannot hold rule "users.faild == 0": there is no figure "users.faild", the nearest is "users.failed"',
    expect.stringContaining('there is no figure "target.cpu"'),
  ]);
});

test('checkRules() knows which figures a phase has', () => {
  expect(checkRules(['users.failed == 0 and workers.*.push.p99 < 1s'], 'phase')).toEqual([]);
  expect(checkRules(['balance.connections < 1.05'], 'phase')).toEqual([
    expect.stringMatching(/^Cannot hold rule "balance.connections < 1.05": there is no figure "balance/),
  ]);
});

test('planRules() cuts rules into single demands, with the second from which each may end the run', () => {
  const specs = ['users.failed == 0 and seconds > 1', { rule: 'messages.lost == 0', abort: true, grace: 5 }];
  expect(planRules(specs, { begins: 20 })).toEqual([
    { rule: 'users.failed == 0', abort: false, from: 20 },
    { rule: 'seconds > 1', abort: false, from: 20 },
    { rule: 'messages.lost == 0', abort: true, from: 25 },
  ]);
  expect(planRules(specs.slice(1), { begins: 40, phase: 'peak' })).toEqual([
    { rule: 'phases.peak.messages.lost == 0', abort: true, from: 45 },
  ]);
});

test('phasesIn() finds the phases that rules name', () => {
  const rules = [
    'phases.peak.messages.sent > 0 and seconds > 1',
    'phases.*.messages.lost == 0',
    'seconds > phases',
    'messages.lost < 0.1 * phases.calm.schedule.perSecond',
  ];
  expect(phasesIn(rules)).toEqual(['peak', 'calm']);
});

test.each([
  '',
  'users.failed',
  'users.failed = 0',
  'users.failed == none',
  '0 == users.failed',
  'users.failed == 0 or seconds > 1',
  'a and',
  '__proto__ == 1',
])('checkRules() complains about "%s"', (rule) => {
  expect(checkRules([rule]).length).toBeGreaterThan(0);
});
