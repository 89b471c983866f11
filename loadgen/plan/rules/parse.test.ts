import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inPhase, parseRule, splitRule } from './parse.ts';
import { PATHS } from './paths.ts';

function read(text: string): [path: string, bound: number] | string {
  const rule = parseRule(text);
  return typeof rule === 'string' ? rule : [rule.path, rule.bound];
}

test('parseRule() reads back every path, operator and bound', () => {
  const operators = fc.constantFrom('<', '<=', '>', '>=', '==', '!=');
  const bounds = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(
      fc.constantFrom(...PATHS),
      operators,
      bounds,
      fc.constantFrom('', ' ', '  '),
      (path, operator, bound, space) => {
        const rule = parseRule(`${path}${space}${operator}${space}${bound}`);
        // -0 is written as 0.
        expect(rule).toMatchObject({ path, operator, bound: bound + 0 });
      },
    ),
  );
});

test.each([
  ['latencyMs.response.p(50) < 1', 'latencyMs.response.p50'],
  ['latencyMs.response.p(90) < 1', 'latencyMs.response.p90'],
  ['latencyMs.response.p(99) < 1', 'latencyMs.response.p99'],
  ['latencyMs.response.p(99.9)<1', 'latencyMs.response.p999'],
  ['workers.*.response.med < 1', 'workers.*.response.p50'],
  ['phases.peak.latencyMs.push.avg < 1', 'phases.peak.latencyMs.push.mean'],
  ['workers.left/0.response.p(99) < 1', 'workers.left/0.response.p99'],
])('parseRule() reads "%s" as k6 would', (text, path) => {
  expect(read(text)).toEqual([path, 1]);
});

test.each([
  ['latencyMs.response.p99 < 50ms', 50],
  ['latencyMs.response.p99 < 1s', 1_000],
  ['latencyMs.response.p99 < 1.5 s', 1_500],
  ['latencyMs.response.p99 < 200us', 0.2],
  ['fanoutMs.last.p99 < 1e2 ms', 100],
  ['seconds < 2m', 120],
  ['schedule.ratio > 99%', 0.99],
  ['generator.processes.*.loopUtilisation < 60 %', 0.6],
  ['host.stealPercent < 1 %', 1],
  ['target.cpuMicrosPerMessage < 1ms', 1_000],
  ['target.rssMB < 1.5 GB', 1_500],
  ['host.memoryGB > 512 MB', 0.512],
  ['generator.bytesPerUser < 6KB', 6_000],
])('parseRule() takes the bound of "%s" for %d', (text, bound) => {
  expect((read(text) as [string, number])[1]).toBeCloseTo(bound, 9);
});

test.each([
  [
    'users.failed < 5ms',
    'Cannot hold rule "users.failed < 5ms": "users.failed" does not count in "ms", wanted no unit',
  ],
  [
    'latencyMs.response.p99 < 1 %',
    'Cannot hold rule "latencyMs.response.p99 < 1 %": "latencyMs.response.p99" does not count in "%", wanted one of us, µs, ms, s',
  ],
  [
    'seconds < 1 toString',
    'Cannot hold rule "seconds < 1 toString": "seconds" does not count in "toString", wanted one of ms, s, m, h',
  ],
  [
    'latencyMs.response.p(95) < 1',
    'Cannot hold rule "latencyMs.response.p(95) < 1": there is no figure "latencyMs.response.p(95)", the nearest is "latencyMs.response.p50"',
  ],
  ['users.failed = 0', 'Cannot read rule "users.failed = 0": wanted for example "users.failed == 0"'],
])('parseRule() says what is wrong with "%s"', (text, sentence) => {
  expect(read(text)).toBe(sentence);
});

test('parseRule() takes a bound for so many times another figure that counts in the same', () => {
  expect(parseRule('messages.lost <= 10% * users.peak')).toMatchObject({
    path: 'messages.lost',
    bound: 0.1,
    times: { path: 'users.peak' },
  });
  expect(parseRule('latencyMs.push.p99 < 2 * latencyMs.push.p(50)', 'peak')).toMatchObject({
    path: 'phases.peak.latencyMs.push.p99',
    bound: 2,
    times: { path: 'phases.peak.latencyMs.push.p50' },
  });
  expect(parseRule('seconds > 0')).not.toHaveProperty('times');
});

test.each([
  ['seconds < 2 * users.peek', 'there is no figure "users.peek", the nearest is "users.peak"'],
  [
    'seconds < 2 * users.peak',
    '"users.peak" counts in something else than the figure before it, wanted one that counts in the same',
  ],
  ['seconds < 2 ms * seconds', '"seconds" does not count in "ms", wanted one of %'],
  [
    'users.peak < 2 * workers.*.connections',
    '"workers.*.connections" stands for several figures, wanted one',
  ],
])('parseRule() says what is wrong with the other figure of "%s"', (text, sentence) => {
  expect(read(text)).toBe(`Cannot hold rule "${text}": ${sentence}`);
});

test('parseRule() looks among the figures of a phase when it is told to', () => {
  expect(parseRule('messages.sent > 0', 'peak')).toMatchObject({ path: 'phases.peak.messages.sent' });
  expect(parseRule('seconds > 0', '*')).toContain('there is no figure "seconds"');
  expect(parseRule('message.sent > 0', '*')).toBe(
    'Cannot hold rule "message.sent > 0": there is no figure "message.sent", the nearest is "messages.sent"',
  );
});

test('splitRule() parts a rule at every "and"', () => {
  expect(splitRule('seconds > 1 and  users.peak > 0')).toEqual(['seconds > 1', 'users.peak > 0']);
});

test('inPhase() names the phase before each figure', () => {
  expect(inPhase('messages.sent > 0', 'peak')).toBe('phases.peak.messages.sent > 0');
  expect(inPhase('workers.*.push.p99 < 3  *  latencyMs.push.p50', 'peak')).toBe(
    'phases.peak.workers.*.push.p99 < 3 * phases.peak.latencyMs.push.p50',
  );
});
