import { expect, test } from 'vitest';
import { syntheticSummary } from '../../../testing.ts';
import type { Summary } from '../../summary.ts';
import { doubtsOfLateness, spoiltByLateness } from './lateness.ts';

const healthy = syntheticSummary({ users: 60, workers: 2, seconds: 2 });
const quantiles = healthy.latencyMs.response ?? expect.fail();

interface Found {
  generator: Pick<Summary['generator'], 'errorMs' | 'resolutionMs' | 'arrivals'>;
  /** In milliseconds. */
  p99: Partial<Record<'response' | 'service' | 'push' | 'connect' | 'recovery', number>>;
  rules?: string[];
  /** At 99.5 %, of each load process. Default: as in older records. */
  loopDelays?: number[];
  /** Answered. Default: so many that chance does nothing. */
  messages?: number;
}

/** A summary of which only this much is known. */
function summaryOf({ generator, p99, rules = [], messages = 100_000_000, loopDelays = [] }: Found): Summary {
  const times = Object.entries(p99).map(([name, value]) => [name, { ...quantiles, p99: value }]);
  return {
    ...healthy,
    latencyMs: Object.fromEntries(times),
    generator: { ...healthy.generator, ...generator, processes: loopDelays.map(processOf) },
    messages: { ...healthy.messages, received: messages },
    rules: rules.map((rule) => ({ rule, value: 0, ok: true })),
  };
}

function processOf(delayMs: number, id: number): Summary['generator']['processes'][number] {
  const [process = expect.fail()] = healthy.generator.processes;
  return { ...process, id, loopDelayMs: { p99: delayMs / 2, p995: delayMs, p999: delayMs, max: delayMs } };
}

/** What is said of a run: `valid`, `suspect` or `invalid`. */
function judged(found: Found): string {
  const summary = summaryOf(found);
  if (spoiltByLateness(summary).length > 0) return 'invalid';
  return doubtsOfLateness(summary).length > 0 ? 'suspect' : 'valid';
}

test.each<[what: string, errorMs: number, resolutionMs: number, response: number, service: number]>([
  ['a small quiet run', 0.28, 0.25, 0.5, 0.28],
  ['42,000 users on a quiet host', 1.4, 1, 1.6, 0.9],
  ['170,000 messages a second on a quiet host', 1.05, 1, 2.4, 1.9],
  ['100,000 users on a quiet host', 1.58, 1, 2.85, 1.9],
  ['a slow server', 20, 0.25, 500, 495],
])('doubtsOfLateness() has none in %s', (_what, errorMs, resolutionMs, response, service) => {
  expect(judged({ generator: { errorMs, resolutionMs }, p99: { response, service } })).toBe('valid');
});

test.each<[what: string, judgement: string, errorMs: number, resolutionMs: number, response: number]>([
  ['pulses of 2 ms beside a server that answers at once', 'invalid', 2.14, 0.25, 1.83],
  ['pulses of 1 ms beside a server that answers at once', 'suspect', 1.05, 0.25, 0.95],
  ['the same where a load process sleeps by timers', 'valid', 1.05, 1, 0.95],
  ['pulses of 3 ms where a load process sleeps by timers', 'invalid', 2.9, 1, 2.7],
  ['a twelfth of what was measured', 'invalid', 9, 0.25, 100],
  ['a fifteenth of what was measured', 'suspect', 6.5, 0.25, 100],
])('spoiltByLateness() takes %s for %s', (_what, judgement, errorMs, resolutionMs, response) => {
  const p99 = { response, service: response - errorMs / 2 };
  expect(judged({ generator: { errorMs, resolutionMs }, p99 })).toBe(judgement);
});

test('spoiltByLateness() crosses a millisecond exactly, and holds it against the way the process sleeps', () => {
  const at = (errorMs: number, resolutionMs: number) =>
    judged({ generator: { errorMs, resolutionMs }, p99: { response: 2 } });
  expect([at(1.24, 0.25), at(1.26, 0.25), at(1.99, 1), at(2.01, 1)]).toEqual([
    'suspect',
    'invalid',
    'suspect',
    'invalid',
  ]);
});

test('spoiltByLateness() judges responses and deliveries each by its own p99', () => {
  const generator = { errorMs: 70, resolutionMs: 0.25 };
  const [slowResponses, slowDeliveries, slowBoth] = [
    { response: 1_000, service: 990, push: 100 },
    { response: 100, service: 90, push: 1_000 },
    { response: 1_000, service: 990, push: 1_000 },
  ];
  expect(spoiltByLateness(summaryOf({ generator, p99: slowResponses }))).toEqual([
    'The generator itself sent late: 70.00 ms at 99.5 %, 0.25 ms of it from the way it sleeps; p99 of push is 100.00 ms',
  ]);
  expect(spoiltByLateness(summaryOf({ generator, p99: slowDeliveries }))).toEqual([
    expect.stringMatching(/; p99 of response is 100\.00 ms, of service 90\.00 ms$/),
  ]);
  expect(judged({ generator, p99: slowBoth })).toBe('suspect');
});

test('spoiltByLateness() sees a few sends so late that they make the p99 together with a few slow answers', () => {
  const generator = { errorMs: 0.3, resolutionMs: 0.25 };
  expect(judged({ generator, p99: { response: 40, service: 5 } })).toBe('invalid');
  expect(judged({ generator, p99: { response: 5.2, service: 5 } })).toBe('valid');
});

test('spoiltByLateness() lays nothing to the generator that chance does to a p99 of so few messages', () => {
  const generator = { errorMs: 0.44, resolutionMs: 0.25 };
  const p99 = { response: 3.47, service: 1.98 };
  expect(judged({ generator, p99, messages: 2_000 })).toBe('valid');
  expect(judged({ generator, p99, messages: 100_000 })).toBe('invalid');
});

test('doubtsOfLateness() does not doubt a short run for less than a millisecond that a few messages made', () => {
  const generator = { errorMs: 0.42, resolutionMs: 0.25 };
  expect(judged({ generator, p99: { response: 3.26, service: 2.3 } })).toBe('valid');
});

test.each<[what: string, judgement: string, p99: Found['p99'], rules: string[]]>([
  ['nobody asked how long connecting took', 'suspect', { connect: 1_600 }, ['users.failed == 0']],
  ['a rule did', 'invalid', { connect: 1_600 }, ['latencyMs.connect.p99 < 1s']],
  ['a rule of one phase did', 'invalid', { connect: 1_600 }, ['phases.ramp.latencyMs.connect.p50 < 1s']],
  [
    'a rule asked for recoveries, which took longer',
    'valid',
    { recovery: 60_000 },
    ['latencyMs.recovery.max < 1m'],
  ],
  ['a rule asked for recoveries', 'invalid', { recovery: 6_000 }, ['latencyMs.recovery.max < 1m']],
])('spoiltByLateness() judges users that came late, when %s, as %s', (_what, judgement, p99, rules) => {
  const generator = { errorMs: 0.3, resolutionMs: 0.25, arrivals: { errorMs: 1_500, resolutionMs: 1 } };
  expect(judged({ generator, p99, rules })).toBe(judgement);
  expect([...spoiltByLateness(summaryOf({ generator, p99, rules })), 'none'][0]).toMatch(
    judgement === 'invalid' ? /^The generator itself connected late: 1500\.00 ms at 99\.5 %/ : /^none$/,
  );
});

test('doubtsOfLateness() has more of connecting where a rule is about it', () => {
  const generator = { errorMs: 0.3, arrivals: { errorMs: 1.8, resolutionMs: 1 } };
  const p99 = { connect: 5 };
  expect(judged({ generator, p99, rules: [] })).toBe('valid');
  expect(judged({ generator, p99, rules: ['latencyMs.connect.p99 < 9'] })).toBe('suspect');
});

test('doubtsOfLateness() repeats nothing that spoilt the run', () => {
  const doubted = summaryOf({ generator: { errorMs: 70 }, p99: { response: 1_000, service: 990 } });
  const spoilt = summaryOf({
    generator: { errorMs: 90 },
    p99: { response: 1_000, service: 990, push: 1_500 },
  });
  expect([spoiltByLateness(doubted).length, doubtsOfLateness(doubted).length]).toEqual([0, 1]);
  expect([spoiltByLateness(spoilt).length, doubtsOfLateness(spoilt).length]).toEqual([1, 0]);
});

test('spoiltByLateness() says nothing of records that do not know how late users came', () => {
  const generator = { errorMs: 0.3, resolutionMs: 0.25 };
  expect(judged({ generator, p99: { connect: 1 }, rules: ['latencyMs.connect.p99 < 9'] })).toBe('valid');
});

test.each([
  ['latencyMs.response.p999 < 30', false, 'invalid'],
  ['phases.steady.latencyMs.response.p(99.9) < 30', false, 'invalid'],
  ['latencyMs.response.max < 50', false, 'invalid'],
  ['latencyMs.response.p999 < 50', true, 'valid'],
  ['latencyMs.response.p99 < 1', false, 'valid'],
  ['latencyMs.push.p999 < 50', false, 'valid'],
])(
  'spoiltByLateness() judges the last thousandth where lateness may have broken a rule: %s',
  (rule, ok, judgement) => {
    const summary = summaryOf({ generator: { errorMs: 0.3, resolutionMs: 0.25 }, p99: { response: 2 } });
    const late = { ...quantiles, p99: 0.2, p999: 40, max: 90 };
    const response = { ...quantiles, p99: 2, p999: 41, max: 95 };
    summary.latencyMs = { lateness: late, response, service: { ...response, p999: 2, max: 5 } };
    summary.rules = [{ rule, value: 0, ok }];
    const reasons = spoiltByLateness(summary);
    expect(reasons.length > 0 ? 'invalid' : 'valid').toBe(judgement);
    expect(doubtsOfLateness(summary)).toEqual([]);
    if (rule.includes('p999') && judgement === 'invalid') {
      expect(reasons[0]).toContain('40.00 ms at 99.9 %, 0.25 ms of it');
      expect(reasons[0]).toContain('p999 of response is 41.00 ms, of service 2.00 ms');
    }
  },
);

test('spoiltByLateness() judges a phase by itself where a rule on it is broken', () => {
  const summary = summaryOf({ generator: { errorMs: 0.3, resolutionMs: 0.25 }, p99: { response: 2 } });
  const [phase = expect.fail()] = summary.phases;
  const night = { lateness: { ...quantiles, p99: 40 }, response: { ...quantiles, p99: 60 } };
  summary.phases = [phase, { ...phase, id: 'night', latencyMs: night }];
  const judgedBy = (rule: string, ok: boolean) => {
    summary.rules = [{ rule, value: 60, ok }];
    return spoiltByLateness(summary);
  };
  expect(judgedBy('phases.night.latencyMs.response.p99 < 50', false)).toEqual([
    'The generator itself sent late: 40.00 ms at 99 % in phase "night", 0.25 ms of it from the way it sleeps; p99 of response is 60.00 ms, of service 60.00 ms',
  ]);
  expect(judgedBy('phases.night.latencyMs.response.p99 < 70', true)).toEqual([]);
  expect(judgedBy('phases.night.users.failed == 0', false)).toEqual([]);
  expect(judgedBy('phases.steady.latencyMs.response.p99 < 1', false)).toEqual([]);
});

const inTime = { errorMs: 0.25, resolutionMs: 0.25 };

test.each<[what: string, judgement: string, loopDelays: number[], p99: Found['p99']]>([
  ['all were read in time', 'valid', [0.3, 0.4], { push: 4 }],
  ['one process of four read them late', 'invalid', [0.3, 0.3, 25, 0.3], { push: 60 }],
  ['responses were read late', 'invalid', [25], { response: 60, service: 60 }],
  ['they took far longer than they waited to be read', 'valid', [25], { push: 600, response: 600 }],
  ['they were read late by a fifteenth', 'suspect', [6.5], { push: 100 }],
  ['they were read as roughly as the process sleeps', 'valid', [0.8], { push: 1 }],
  ['nobody knows, as the record is older', 'valid', [], { push: 4 }],
])(
  'spoiltByLateness() judges deliveries and responses, when %s, as %s',
  (_what, judgement, loopDelays, p99) => {
    expect(judged({ generator: inTime, p99, loopDelays })).toBe(judgement);
  },
);

test('spoiltByLateness() names the load process that read late, and apart from it what was sent late', () => {
  const found = { generator: inTime, p99: { push: 100, response: 200 }, loopDelays: [2, 30, 3] };
  const read =
    'The generator itself read late: 30.00 ms at 99.5 % in load process 1, 0.25 ms of it from the way it sleeps; p99 of response is 200.00 ms; p99 of push is 100.00 ms';
  expect(spoiltByLateness(summaryOf(found))).toEqual([read]);
  expect(spoiltByLateness(summaryOf({ ...found, generator: { ...inTime, errorMs: 20 } }))).toEqual([
    expect.stringMatching(/^The generator itself sent late: 20\.00 ms at 99\.5 %, /),
    read,
  ]);
});

test('spoiltByLateness() asks of the slowest thousandth and of a phase only where a rule on it is broken', () => {
  const [phase = expect.fail()] = healthy.phases;
  const late = { p99: 0.3, p995: 0.3, p999: 9, max: 50 };
  const push = { ...quantiles, p99: 10, p999: 20, max: 100 };
  const base = summaryOf({ generator: inTime, p99: {}, loopDelays: [0.3] });
  const spoilt = (rule: string): string[] => {
    const processes = base.generator.processes.map((each) => ({ ...each, loopDelayMs: late }));
    const phases = [{ ...phase, id: 'peak', latencyMs: { push }, loopDelayMs: { ...late, p99: 5 } }];
    const rules = [{ rule, value: 1, ok: false }];
    const generator = { ...base.generator, processes };
    return spoiltByLateness({ ...base, generator, phases, rules, latencyMs: { push } });
  };
  expect(spoilt('latencyMs.push.p99 < 5')).toEqual([]);
  expect(spoilt('latencyMs.push.p999 < 5')).toEqual([
    expect.stringContaining('read late: 9.00 ms at 99.9 %'),
  ]);
  expect(spoilt('latencyMs.push.max < 5')).toEqual([expect.stringContaining('read late: 50.00 ms at most')]);
  expect(spoilt('phases.peak.latencyMs.push.p50 < 5')).toEqual([
    expect.stringContaining('read late: 5.00 ms at 99 % in phase "peak"'),
  ]);
});

test.each<[rule: string, ok: boolean, reason: string | undefined]>([
  ['fanoutMs.first.p99 < 15', false, 'late: 12.00 ms at 99.5 %; p99 of fanoutMs.first is 20.00 ms'],
  ['fanoutMs.last.med < 15', false, 'late: 12.00 ms at 99.5 %; p99 of fanoutMs.last is 25.00 ms'],
  ['fanoutMs.first.p999 < 15', false, 'late: 12.00 ms at 99.5 %; p99 of fanoutMs.first is 20.00 ms'],
  ['fanoutMs.median.max < 15', false, 'late: 70.00 ms at most; max of fanoutMs.median is 80.00 ms'],
  ['fanoutMs.first.p99 < 30', true, undefined],
  ['latencyMs.push.p99 < 15', false, undefined],
])('spoiltByLateness() judges how publications spread by itself where %s is a rule', (rule, ok, reason) => {
  const generator = { errorMs: 12, resolutionMs: 0 };
  const summary = summaryOf({ generator, p99: { push: 1_000 } });
  const spread = (p99: number) => ({ ...quantiles, p99, p999: 1_000, max: 1_000 });
  summary.latencyMs.lateness = { ...quantiles, max: 70 };
  summary.fanoutMs = { first: spread(20), median: { ...spread(1_000), max: 80 }, last: spread(25) };
  summary.rules = [{ rule, value: 20, ok }];
  const reasons = spoiltByLateness(summary);
  if (reason === undefined) expect(reasons).toEqual([]);
  else expect(reasons.join()).toContain(reason);
});

test('spoiltByLateness() judges by a rule on all phases those that break it, and no other', () => {
  const summary = summaryOf({ generator: { errorMs: 0.3, resolutionMs: 0.25 }, p99: { response: 2 } });
  const [phase = expect.fail()] = summary.phases;
  const of = (lateness: number, response: number) => ({
    lateness: { ...quantiles, p99: lateness },
    response: { ...quantiles, p99: response },
  });
  summary.phases = [
    { ...phase, id: 'day', latencyMs: of(40, 45) },
    { ...phase, id: 'night', latencyMs: of(0.3, 60) },
  ];
  const judgedBy = (rule: string) => {
    summary.rules = [{ rule, value: 60, ok: false }];
    return spoiltByLateness(summary);
  };
  expect(judgedBy('phases.*.latencyMs.response.p99 < 30')).toEqual([
    expect.stringContaining('sent late: 40.00 ms at 99 % in phase "day"'),
  ]);
  expect(judgedBy('phases.*.latencyMs.response.p99 < 50')).toEqual([]);
});
