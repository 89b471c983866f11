import { expect, test } from 'vitest';
import type { TrialGenerator } from '../trials/index.ts';
import { guardsOf } from './guards.ts';
import { generatorWith } from './testing.ts';

const terms = { withinMs: 50, measuredSeconds: 60 };
const broken = (changes: Partial<TrialGenerator>, limits = terms): string[] =>
  guardsOf(generatorWith(changes), limits).flatMap(({ name, ok }) => (ok ? [] : [name]));
const process = (changes: object) => [{ id: 0, cpuCores: 0.1, loopDelayMs: 1, sockets: 1, ...changes }];

test('guardsOf() finds nothing where the generator has plenty of everything', () => {
  expect(broken({})).toEqual([]);
});

test.each<[string, Partial<TrialGenerator>]>([
  ['processor time of a load process, cores', { processes: process({ cpuCores: 0.72 }) }],
  ['event-loop delay p99 of a load process, ms', { processes: process({ loopDelayMs: 5.1 }) }],
  ['lateness p99, ms', { latenessMs: 5.1 }],
  ['sent of what was planned', { achieved: 0.99 }],
  ['open sockets of what a process may have', { sockets: { used: 17_000, limit: 20_000 } }],
  ['ports of one address in use', { ports: { used: 25_000, limit: 28_000 } }],
  ['segments sent again, second half beyond the first', { retransmits: [0, 0, 0, 60, 60, 60] }],
  [
    'connections turned away by a full queue, second half beyond the first',
    { listenOverflows: [0, 0, 0, 0, 5, 5] },
  ],
  [
    "messages to the server, both sides' counts apart",
    {
      counts: {
        toTarget: { generator: 6e5, server: 5e5 },
        toUsers: { generator: 6e5, server: 6e5 },
        uncounted: 0,
      },
    },
  ],
  [
    "messages to users, both sides' counts apart",
    {
      counts: {
        toTarget: { generator: 6e5, server: 6e5 },
        toUsers: { generator: 6e5, server: 0 },
        uncounted: 0,
      },
    },
  ],
])('guardsOf() finds %s, and nothing else, when that alone is wrong', (name, changes) => {
  expect(broken(changes)).toEqual([name]);
});

test('guardsOf() asks for lateness of at most a tenth of a strict limit', () => {
  expect(broken({ latenessMs: 1.1 }, { ...terms, withinMs: 10 })).toEqual(['lateness p99, ms']);
});

test('guardsOf() takes acknowledgements that come late for no loss, however few there were before', () => {
  const late = { retransmits: [0, 0, 0, 40, 40, 40] };
  expect(broken(late)).toEqual([]);
  const slower = { mean: 3, standardError: 0.1, perSecond: 1_000, latencyMs: 3 };
  expect(broken({ ...late, inFlight: slower })).toEqual([
    'segments sent again, second half beyond the first',
  ]);
});

test('guardsOf() misses no messages that pile up in front of a target', () => {
  const counts = {
    toTarget: { generator: 6e5, server: 8e4 },
    toUsers: { generator: 0, server: 7e4 },
    uncounted: 0,
  };
  const inFlight = { mean: 3e5, standardError: 1e4, perSecond: 0, latencyMs: 0 };
  expect(broken({ counts, inFlight })).toEqual([]);
  expect(broken({ counts })).toHaveLength(2);
});

test('guardsOf() takes what users say when they come and go for no message of the scenario', () => {
  const counts = {
    toTarget: { generator: 544, server: 1_106 },
    toUsers: { generator: 5_425, server: 6_113 },
  };
  expect(
    broken({ counts: { ...counts, uncounted: 4 * 169 } }, { withinMs: 50, measuredSeconds: 30 }),
  ).toEqual([]);
  expect(broken({ counts: { ...counts, uncounted: 0 } }, { withinMs: 50, measuredSeconds: 30 })).not.toEqual(
    [],
  );
});

test('guardsOf() judges nothing that nobody told', () => {
  const silent = { latenessMs: null, ports: null, counts: null };
  expect(guardsOf(generatorWith(silent), terms).map(({ ok }) => ok)).toEqual(Array(6).fill(true));
});
