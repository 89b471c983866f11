import { expect, test } from 'vitest';
import { type MadeRun, recordOf, times } from '../testing.ts';
import { trialOf } from '../trial-of.ts';
import type { TrialGenerator, TrialTerms } from '../trial-record.ts';

const busy = { sent: 100, response: times(100, 5), service: times(100, 4), lateness: times(100, 1) };

function generatorOf(run: Partial<MadeRun>, terms: Partial<TrialTerms> = {}): TrialGenerator {
  const seconds = Array.from({ length: 4 }, (_, n) => ({
    ...busy,
    open: 30,
    cpuMicros: 1_000_000 + n * 250_000,
  }));
  const made = { processes: [seconds], from: 1, until: 4, planned: 300, users: 30, ...run };
  return trialOf(recordOf(made), { withinMs: 50, ...terms }).generator;
}

test('generatorOf() tells what each load process used between its windows', () => {
  const quick = Array.from({ length: 4 }, (_, n) => ({ ...busy, open: 10, cpuMicros: n * 500_000 }));
  const { processes, sockets } = generatorOf({ processes: [quick, quick.slice(0, 1)] });
  expect(processes).toMatchObject([
    { id: 0, cpuCores: 0.5, sockets: 10 },
    { id: 1, cpuCores: 0 },
  ]);
  expect(sockets).toEqual({ used: 10, limit: 1_000 });
});

test('generatorOf() holds what was sent against what was planned for users that were there', () => {
  const of = (sent: number, unsent: number): number =>
    generatorOf({ processes: [[{}, { ...busy, sent, unsent }]], planned: 200 }).achieved;
  expect(of(100, 0)).toBe(0.5);
  expect(of(100, 100)).toBe(1);
  expect(of(150, 0)).toBe(0.75);
});

test('generatorOf() sets the mean in flight beside rate and time', () => {
  const seconds = [
    { sent: 102, response: times(100, 5), service: times(100, 20) },
    { sent: 101, response: times(100, 5), service: times(100, 20) },
    { sent: 99, response: times(100, 5), service: times(100, 20) },
  ];
  const { inFlight } = generatorOf({ processes: [seconds], from: 0, until: 3 });
  expect(inFlight.mean).toBeCloseTo((2 + 3 + 2) / 3);
  expect(inFlight.standardError).toBeCloseTo(1 / 3);
  expect(inFlight.perSecond).toBe(100);
  expect(inFlight.latencyMs).toBeCloseTo(20, 1);
});

test('generatorOf() shares users out over source addresses, where it is known how many ports each has', () => {
  expect(generatorOf({}).ports).toBeNull();
  expect(generatorOf({}, { portsPerAddress: 40 }).ports).toEqual({ used: 15, limit: 40 });
});

test('generatorOf() tells lateness, and what the network sent again in each measured second', () => {
  const { latenessMs, retransmits, listenOverflows } = generatorOf({});
  expect(latenessMs).toBeCloseTo(1, 1);
  expect([retransmits, listenOverflows]).toEqual([
    [1, 2, 3],
    [0, 0, 0],
  ]);
});

test('generatorOf() sets what workers counted beside its own, heartbeats apart', () => {
  expect(generatorOf({}).counts).toBeNull();
  const plan = { groups: [], target: { options: { pingInterval: 1_000 } } };
  const probed = [{ messagesInPerSecond: 130, messagesOutPerSecond: 131 }];
  expect(generatorOf({ probed, header: { plan } }).counts).toEqual({
    toTarget: { generator: 300, server: 300 },
    toUsers: { generator: 300, server: 303 },
    uncounted: 0,
  });
});

test('generatorOf() counts nothing of workers that were too busy to tell what they did', () => {
  const of = (until: number): unknown =>
    generatorOf({
      processes: [Array.from({ length: until }, () => busy)],
      from: 0,
      until,
      header: { plan: { groups: [], target: { options: { pingInterval: 1_000 } } } },
      probed: [{ cpuCores: 0.7, messagesInPerSecond: 130, messagesOutPerSecond: 131 }],
    }).counts;
  expect(of(3)).not.toBeNull();
  expect(of(4)).toBeNull();
});
