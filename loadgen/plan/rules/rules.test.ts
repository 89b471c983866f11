import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PATHS } from './paths.ts';
import { checkRules, evaluateRules } from './rules.ts';

const worker = (id: string, p99: number, cpuCores: number | null) => ({
  id,
  response: { p50: 1, p99 },
  cpuCores,
});
const summary = {
  seconds: 30,
  users: { target: 100, peak: 100, failed: { refused: 2, timeout: 3 }, dropped: {} },
  messages: { perSecond: 99.5 },
  latencyMs: { response: { p99: 12 } },
  workers: [worker('0', 10, 0.2), worker('1', 40, 0.1), worker('2', 20, null)],
  brokers: [],
};

const holds = (rule: string) => evaluateRules([rule], summary)[0];

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
  ['latencyMs.push.p99 < 1000', null, false],
  ['workers.*.response.p99 < 41', 40, true],
  ['workers.*.response.p99 > 10', 10, false],
  ['workers.*.response.p99 == 10', 40, false],
  ['workers.*.response.p99 != 20', 20, false],
  ['workers.1.response.p99 < 41', 40, true],
  ['workers.7.response.p99 < 41', null, false],
  ['workers.*.cpuCores < 1', null, false],
  ['brokers.*.cpuCores < 1', null, false],
])('evaluateRules() holds "%s" against %s: %s', (rule, value, ok) => {
  expect(holds(rule)).toEqual({ rule, value, ok });
});

test('evaluateRules() reports each part of a joined rule by itself', () => {
  expect(evaluateRules(['seconds >= 30 and users.failed == 0', 'users.peak > 0'], summary)).toEqual([
    { rule: 'seconds >= 30', value: 30, ok: true },
    { rule: 'users.failed == 0', value: 5, ok: false },
    { rule: 'users.peak > 0', value: 100, ok: true },
  ]);
});

test('evaluateRules() refuses a rule it cannot read', () => {
  expect(() => evaluateRules(['users.faild == 0'], summary)).toThrow(
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
