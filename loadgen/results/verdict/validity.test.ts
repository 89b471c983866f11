import { expect, test } from 'vitest';
import { syntheticRun } from '../../testing.ts';
import type { RunEvent, Totals } from '../record/index.ts';
import { summarize } from '../run.ts';
import type { Summary } from '../summary.ts';
import { type Evidence, judge } from './validity.ts';

const lines = syntheticRun({ users: 60, workers: 2, seconds: 2 });
const final = lines.find((line) => line.type === 'final');
const healthy: Evidence = {
  summary: summarize(lines),
  events: [],
  totals: final?.totals as Totals[],
  faults: [],
  visits: [],
  conservation: [],
  hasMeasured: true,
};

const { summary } = healthy;
const withSummary = (changes: Partial<Summary>): Partial<Evidence> => ({
  summary: { ...summary, ...changes },
});
const event = (kind: RunEvent['kind'], text: string): RunEvent => ({ type: 'event', second: 12, kind, text });
const endOf = (pid: number): RunEvent => ({
  ...event('worker-exit', `worker 1 (pid ${pid}) ended by SIGKILL`),
  process: { role: 'worker', id: 1, pid },
  signal: 'SIGKILL',
});
const lateness = (errorMs: number, response: number): Partial<Evidence> => {
  const { latencyMs, generator } = summary;
  return withSummary({
    generator: { ...generator, errorMs },
    latencyMs: {
      ...latencyMs,
      response: { ...latencyMs.response!, p99: response },
      service: { ...latencyMs.service!, p99: response - errorMs },
    },
  });
};
const load = (changes: Partial<Summary['generator']['processes'][number]>): Partial<Evidence> => {
  const { generator } = summary;
  const processes = generator.processes.slice(1, 2).map((process) => ({ ...process, ...changes }));
  return withSummary({ generator: { ...generator, processes } });
};
const messages = (unsent: number, failed: Record<string, number> = {}): Partial<Evidence> =>
  withSummary({
    phases: summary.phases.map((phase) => ({
      ...phase,
      messages: { ...phase.messages, sent: 1_000, published: 0, unsent: phase.measured ? unsent : 500 },
    })),
    users: { ...summary.users, failed },
  });
/**
 * So many of a thousand messages that nobody answered: half of the others were answered after the phase they left in.
 * Before it nobody was answered, as is known later.
 */
const unanswered = (timedOut: number): Partial<Evidence> =>
  withSummary({
    phases: summary.phases.map((phase) => {
      const early = { sent: 500, received: 0, timedOut: 0 };
      const after = phase.id === 'drain' ? { sent: 0, received: 500, timedOut: 500 + timedOut } : early;
      const counts = phase.measured ? { sent: 1_000, received: 500 - timedOut, timedOut: 0 } : after;
      return { ...phase, messages: { ...phase.messages, ...counts } };
    }),
  });
const utilisation = (loopUtilisation: number): Partial<Evidence> => {
  const processes = summary.generator.processes.map((process) => ({ ...process, loopUtilisation }));
  return withSummary({ generator: { ...summary.generator, processes: processes.slice(1, 2) } });
};
const host = (changes: Partial<Summary['host']>): Partial<Evidence> =>
  withSummary({ host: { ...summary.host, ...changes } });

test('judge() lets a healthy run pass without a word, whoever still waited for a handshake while users came', () => {
  for (const evidence of [healthy, { ...healthy, ...messages(0) }]) {
    expect(judge(evidence)).toEqual({ status: 'pass', validity: 'valid', reasons: [] });
  }
});

test('judge() doubts the figures of a target that was profiled', () => {
  const profile = { tool: 'cpu', role: 'worker', id: 1 } as const;
  expect(judge({ ...healthy, ...withSummary({ profile }) })).toEqual({
    status: 'pass',
    validity: 'suspect',
    reasons: [
      'Worker 1 was profiled with "cpu", which slows it down: the figures are not those of the target',
    ],
  });
  const ofMaster = { ...profile, role: 'master', id: 0 } as const;
  expect(judge({ ...healthy, ...withSummary({ profile: ofMaster }) }).reasons[0]).toContain('The master was');
});

test('judge() doubts the figures of a target that another run loads as well', () => {
  const messages = { ...healthy.summary.messages, pushForeign: 3 };
  expect(judge({ ...healthy, ...withSummary({ messages }) })).toEqual({
    status: 'pass',
    validity: 'suspect',
    reasons: [
      'Another run publishes to the same channels of the target, 3 deliveries came of it: the figures are those of both',
    ],
  });
});

test.each<[string, Partial<Evidence>, string]>([
  ['a load process was lost', { totals: [null, ...healthy.totals] }, 'Lost 1 load process'],
  [
    'a load process was seen to end',
    { totals: [null], events: [event('process-lost', 'Load process 0 ended by SIGKILL')] },
    'Load process 0 ended by SIGKILL (at 12 s)',
  ],
  [
    'the books do not balance',
    { conservation: ['Load process 0 sent 2 messages but accounts for 1'] },
    'Load process 0 sent 2 messages but accounts for 1',
  ],
  [
    'an event loop was saturated',
    utilisation(0.9),
    'Load process 0 was saturated: its event loop was busy 90.0 % of the time, at most 85.0 % can be trusted',
  ],
  [
    'the generator itself was late',
    lateness(12, 100),
    'The generator itself sent late: 12.00 ms at 99.5 %, 0.25 ms of it from the way it sleeps; p99 of response is 100.00 ms, of service 88.00 ms',
  ],
  [
    'a quota stopped the generator',
    load({ throttledMsPerSecond: 6 }),
    'Load process 0 was stopped by the CPU quota of its control group for 0.6 % of the time',
  ],
  [
    'many sends came due before their users',
    messages(20),
    '2.0 % of the planned sends came due on users that were not ready yet: without a connection, or without its subscriptions',
  ],
  [
    'this host ran out of ports',
    messages(0, { 'no-ports': 3 }),
    '3 users could not connect for want of this host: no-ports',
  ],
  [
    'the generator itself failed at what came',
    withSummary({ users: { ...summary.users, failed: { internal: 1 }, dropped: { internal: 2, reset: 1 } } }),
    'The load generator ended 3 connections by a mistake of its own, which it told on stderr',
  ],
  [
    'nobody connected',
    withSummary({ users: { ...summary.users, peak: 0, failed: { refused: 59, timeout: 1 } } }),
    'No user could connect to the target: 60 users tried, 59 refused, 1 timeout',
  ],
  [
    'it never got to its first measured phase',
    { hasMeasured: false },
    'The run ended before its first measured phase: its figures cover all it measured',
  ],
])('judge() calls a run invalid when %s', (_, changes, reason) => {
  expect(judge({ ...healthy, ...changes })).toEqual({
    status: 'invalid',
    validity: 'invalid',
    reasons: [reason],
  });
});

test.each<[string, Partial<Evidence>, string]>([
  ['it was interrupted', { events: [event('interrupted', 'Interrupted')] }, 'Interrupted (at 12 s)'],
  [
    'the generator was a little late',
    lateness(6, 100),
    'The generator itself sent late: 6.00 ms at 99.5 %, 0.25 ms of it from the way it sleeps; p99 of response is 100.00 ms, of service 94.00 ms',
  ],
  [
    'a quota stopped the generator now and then',
    load({ throttledMsPerSecond: 2 }),
    'Load process 0 was stopped by the CPU quota of its control group for 0.2 % of the time',
  ],
  [
    'the collector took its time',
    load({ gcMsPerSecond: 150 }),
    'Load process 0 collected garbage for 15.0 % of the time',
  ],
  [
    'behaviours of its own threw now and then',
    {
      ...withSummary({ users: { ...summary.users, thrown: { TypeError: 3 } } }),
      visits: [{ group: 'all', begun: 200, threw: 3 }],
    },
    "Behaviours of the scenario's own ended with 3 errors in 200 visits: their users fell silent",
  ],
  [
    'the host lost time to its neighbours',
    host({ stealPercent: 12 }),
    'The host lost 12 % of its time to its neighbours',
  ],
  [
    'the network lost segments',
    host({ retransmittedPercent: 2 }),
    'The host had to send 2.0 % of all TCP segments again',
  ],
  [
    'many messages were not answered',
    unanswered(11),
    '1.1 % of the messages were not answered: all times are those of the others',
  ],
  [
    'a table of the kernel was full',
    host({ conntrackPercent: 99.6 }),
    "The host's table of connections that the firewall follows (nf_conntrack_max) was 100 % full",
  ],
])('judge() calls a run suspect when %s', (_, changes, reason) => {
  expect(judge({ ...healthy, ...changes })).toEqual({
    status: 'pass',
    validity: 'suspect',
    reasons: [reason],
  });
});

test.each<[string, Partial<Evidence>, string]>([
  [
    'a rule does not hold',
    withSummary({ rules: [{ rule: 'users.failed == 0', value: 3, ok: false }] }),
    'Rule "users.failed == 0" does not hold: the value is 3',
  ],
  [
    'a rule asks for a figure that is lacking',
    withSummary({ rules: [{ rule: 'latencyMs.push.p99 < 9', value: null, ok: false }] }),
    'Rule "latencyMs.push.p99 < 9" does not hold: this run has no such figure',
  ],
  [
    'a worker ended',
    { events: [event('worker-exit', 'Worker 1 ended by SIGSEGV')] },
    'Worker 1 ended by SIGSEGV (at 12 s)',
  ],
  [
    'a broker ended',
    { events: [event('broker-exit', 'Broker 0 ended with code 1')] },
    'Broker 0 ended with code 1 (at 12 s)',
  ],
  [
    'every visit of a group threw',
    { visits: [{ group: 'all', begun: 20, threw: 20 }] },
    'Every visit of group "all" ended with an error: 20 of 20',
  ],
  [
    'many sends came due on users the target refused',
    messages(20, { refused: 9 }),
    '2.0 % of the planned sends came due on users that failed or dropped',
  ],
  [
    'the target kept none of its users',
    {
      ...withSummary({ users: { ...summary.users, dropped: { reset: 60 } } }),
      totals: healthy.totals.map((own) => ({ ...own!, dropped: own!.connected })),
    },
    'No user stayed on the target: 60 connected, 60 reset',
  ],
  [
    'the target confirmed no subscriptions of some users',
    withSummary({
      ...messages(20).summary!,
      users: { ...summary.users, dropped: { unconfirmed: 9 } },
    }),
    '2.0 % of the planned sends came due on users that failed or dropped',
  ],
  [
    'the target delivered what nobody had asked for',
    withSummary({ messages: { ...summary.messages, pushUnasked: 1 } }),
    '1 publication came to users that had not asked for their channel',
  ],
])('judge() fails a run when %s', (_, changes, reason) => {
  expect(judge({ ...healthy, ...changes })).toEqual({ status: 'fail', validity: 'valid', reasons: [reason] });
});

test.each<[string, Partial<Evidence>]>([
  ['lateness of 0.8 ms', lateness(0.8, 1.2)],
  ['lateness that is a twentieth of the response', lateness(25, 500)],
  ['a loop that is busy 85 % of the time', utilisation(0.85)],
  ['one send in a hundred that came due too early', messages(10)],
  ['one message in a hundred that was not answered', unanswered(10)],
  ['a host that lost 10 %', host({ stealPercent: 10 })],
  [
    'warnings and workers that start',
    { events: [event('warning', 'Odd'), event('worker-start', 'Worker 1 is back')] },
  ],
])('judge() lets a run pass with %s', (_, changes) => {
  expect(judge({ ...healthy, ...changes }).status).toBe('pass');
  expect(judge({ ...healthy, ...changes }).reasons).toEqual([]);
});

test('judge() names what makes a run invalid before what makes it fail or suspect', () => {
  const rules = [{ rule: 'seconds > 99', value: 24, ok: false }];
  const verdict = judge({
    ...healthy,
    ...withSummary({ rules }),
    conservation: ['Books'],
    events: [event('interrupted', 'Interrupted'), event('worker-exit', 'Worker 1 ended')],
  });
  expect(verdict).toEqual({
    status: 'invalid',
    validity: 'invalid',
    reasons: ['Books', 'Worker 1 ended (at 12 s)', 'Interrupted (at 12 s)'],
  });
});

test('judge() says what kept a late generator from its work', () => {
  const [late, waiting] = [lateness(12, 20), load({ waitMsPerSecond: 340 })];
  const generator = { ...waiting.summary!.generator, errorMs: 12 };
  expect(judge({ ...healthy, summary: { ...late.summary!, generator } }).reasons).toEqual([
    expect.stringMatching(/; it was ready and had no processor for 34\.0 % of the time$/),
  ]);
});

test('judge() fails a target from which nothing came back, though no rule speaks of that', () => {
  const mute = withSummary({
    messages: { ...summary.messages, sent: 313, received: 0, published: 5, subscribed: 1 },
  });
  expect(judge({ ...healthy, ...mute })).toMatchObject({
    status: 'fail',
    reasons: [
      'No message was answered: 313 messages sent',
      'No publication was delivered: 5 publications made',
    ],
  });
});

test('judge() asks for no deliveries of what was published where nobody had asked for it', () => {
  const mute = withSummary({ messages: { ...summary.messages, published: 5, subscribed: 1 } });
  const [own = expect.fail()] = healthy.totals;
  const reasonsOf = (publishedUnasked: number, others: Evidence['totals'] = []): string[] =>
    judge({ ...healthy, ...mute, totals: [{ ...own!, publishedUnasked }, ...others] }).reasons;
  expect(reasonsOf(5)).toEqual([]);
  expect(reasonsOf(4)).toEqual(['No publication was delivered: 1 publication made']);
  // The users of another load process may have asked.
  expect(reasonsOf(5, [own])).toEqual(['No publication was delivered: 5 publications made']);
});

test('judge() asks for deliveries only where somebody subscribed', () => {
  const alone = withSummary({ messages: { ...summary.messages, published: 5, subscribed: 0 } });
  expect(judge({ ...healthy, ...alone })).toEqual({ status: 'pass', validity: 'valid', reasons: [] });
});

test('judge() fails when the whole target ended', () => {
  expect(judge({ ...healthy, events: [event('target-exit', 'The server ended by SIGKILL')] })).toMatchObject({
    status: 'fail',
    reasons: ['The server ended by SIGKILL (at 12 s)'],
  });
});

const killed1: RunEvent = { ...event('fault', 'Killed worker 1'), killed: [71] };
const { signal: _signal, ...byItself } = endOf(71);
const { process: _process, ...nameless } = endOf(71);

test.each<[string, RunEvent, boolean]>([
  ['the process it killed', endOf(71), true],
  ['the process it killed, told of late', { ...endOf(71), second: 99 }, true],
  ['the process it killed, which ended by itself just before', byItself, false],
  ['the process it killed, which another signal had ended', { ...endOf(71), signal: 'SIGSEGV' }, false],
  ['the one in the place of that process', endOf(72), false],
  ['a process nobody names', nameless, false],
  ['a process without a pid', { ...endOf(71), process: { role: 'worker', id: 1 } }, false],
  ['the whole target', { ...nameless, kind: 'target-exit' }, false],
])('judge() tells whether a planned fault excuses the end of %s', (_, end, isExcused) => {
  const faults = [{ second: 12, text: 'Kill worker 1', role: 'worker' as const, id: 1 }];
  expect(judge({ ...healthy, faults, events: [killed1, end] }).status).toBe(isExcused ? 'pass' : 'fail');
  expect(judge({ ...healthy, faults, events: [end] }).status).toBe('fail');
});

test('judge() leaves it to the rules how many may be lost to a fault of the scenario', () => {
  const faults = [{ second: 12, text: 'kill a worker' }];
  const hurt = messages(50, { refused: 9 });
  expect(judge({ ...healthy, ...hurt }).status).toBe('fail');
  expect(judge({ ...healthy, ...hurt, faults }).status).toBe('pass');
  const gone = {
    ...unanswered(500),
    totals: healthy.totals.map((own) => ({ ...own!, dropped: own!.connected })),
  };
  expect(judge({ ...healthy, ...gone }).reasons).toHaveLength(2);
  expect(judge({ ...healthy, ...gone, faults })).toEqual({ status: 'pass', validity: 'valid', reasons: [] });
});

test('judge() fails a run that a rule ended', () => {
  expect(judge({ ...healthy, events: [event('rule', 'Rule "messages.lost == 0" ended the run')] })).toEqual({
    status: 'fail',
    validity: 'valid',
    reasons: ['Rule "messages.lost == 0" ended the run (at 12 s)'],
  });
});
