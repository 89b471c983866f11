import { expect, test } from 'vitest';
import { ClusterError } from '../../../../server/errors/index.ts';
import { builtIn } from '../../profiles/testing.ts';
import { parseSlo } from '../../slo/index.ts';
import type { SocketsFound } from '../checks/index.ts';
import type { SizeSearch } from '../search/index.ts';
import { aRecord, aSize } from '../testing.ts';
import { type PlanInstruments, type PlanTrials, runTrials } from './run-trials.ts';

const plan: PlanTrials = {
  profile: builtIn('42k'),
  slo: parseSlo('99% < 50ms'),
  sizes: { main: 1, points: [1, 2, 3], share: 0.2, loadProcesses: 3 },
  withinMs: 900_000,
  out: '/plan',
  command: 'test',
};

/** Trials that take no time but for what is said: milliseconds of each search. */
function scene(change: Partial<PlanInstruments> = {}, searchMs = 50_000) {
  const searches: SizeSearch[] = [];
  const said: string[] = [];
  const interrupt = new AbortController();
  let now = 0;
  const sockets: SocketsFound = { mostSockets: 0, othersBytes: 1, churn: aRecord(), remarks: [] };
  const instruments: PlanInstruments = {
    search: (search) => {
      searches.push(search);
      now += searchMs;
      return Promise.resolve(aSize(search.workers, { share: search.share }));
    },
    prove: () => Promise.resolve({ proven: true, findings: [], wording: '', remark: '' }),
    sockets: () => Promise.resolve(sockets),
    refusesQuota: () => undefined,
    now: () => now,
    ...change,
  };
  const follower = { signal: interrupt.signal, say: (text: string) => void said.push(text) };
  return {
    searches,
    said,
    interrupt,
    run: () => runTrials(plan, follower, instruments),
    instruments,
    follower,
  };
}

test('runTrials() searches, proves, looks at sockets and searches each point, begun where it should end', async () => {
  const { run, searches, said } = scene();
  const planned = await run();
  expect(planned).toMatchObject({
    main: { workers: 1 },
    proof: { proven: true },
    sockets: { othersBytes: 1 },
    isInterrupted: false,
    remarks: [],
  });
  expect(planned.points.map(({ workers }) => workers)).toEqual([1, 2, 3]);
  expect(
    searches.map(({ share, settings }) => [share, settings.estimate, settings.locatesOnly ?? false]),
  ).toEqual([
    [undefined, 20_000, false],
    [0.2, 200, true],
    [0.2, 2_000, true],
    [0.2, 3_000, true],
  ]);
  expect(new Set(searches.map(({ out }) => out)).size).toBe(4);
  expect(searches.map(({ loadProcesses }) => loadProcesses)).toEqual([3, 3, 3, 3]);
  expect(said).toHaveLength(6);
});

test('runTrials() begins a point near what workers of the same share carried in the last that was found', async () => {
  const { estimate: _, ...unknown } = aSize(2).result;
  const { run, searches } = scene({
    search: (search) => {
      searches.push(search);
      return Promise.resolve(aSize(search.workers, search.workers === 2 ? { result: unknown } : {}));
    },
  });
  await run();
  const starts = searches.slice(1).map(({ settings: { estimate, start } }) => [estimate, start]);
  expect(starts).toEqual([
    [200, 0.5],
    [2_000, 0.7],
    [3_000, 0.7],
  ]);
});

test('runTrials() leaves out points for which no time is left, and says so', async () => {
  const { run } = scene({}, 400_000);
  const { points, remarks } = await run();
  expect(points).toHaveLength(2);
  expect(remarks).toEqual(['The time was over after 2 of 3 points of the scaling law']);
});

test('runTrials() has no points where workers cannot be limited, and says why', async () => {
  const { run } = scene({ refusesQuota: () => 'control groups are read-only' });
  const { points, remarks } = await run();
  expect([points, remarks]).toEqual([[], ['No scaling law was measured: control groups are read-only']]);
});

test('runTrials() proves nothing that was not confirmed', async () => {
  const { confirmed: _, ...result } = aSize(1).result;
  const search: PlanInstruments['search'] = ({ workers }) => Promise.resolve(aSize(workers, { result }));
  const prove = () => Promise.reject(new Error('asked'));
  expect(await scene({ search, prove }).run()).not.toHaveProperty('proof');
});

test('runTrials() looks at sockets alone for users who only stay', async () => {
  const { follower, instruments, searches } = scene();
  const planned = await runTrials({ ...plan, profile: builtIn('idle') }, follower, instruments);
  expect(searches).toEqual([]);
  expect(planned).toMatchObject({ points: [], sockets: { othersBytes: 1 } });
  expect(planned).not.toHaveProperty('main');
});

test('runTrials() keeps what an interruption leaves', async () => {
  const ended = new ClusterError('Cannot', { code: 'RUN_INTERRUPTED' });
  const { run } = scene({ sockets: () => Promise.reject(ended) });
  expect(await run()).toMatchObject({ main: { workers: 1 }, proof: { proven: true }, isInterrupted: true });
  const search: PlanInstruments['search'] = ({ workers }) =>
    Promise.resolve(aSize(workers, { isInterrupted: true }));
  const early = await scene({ search }).run();
  expect(early).toMatchObject({ main: { isInterrupted: true }, isInterrupted: true });
  expect(early).not.toHaveProperty('proof');
});

test('runTrials() keeps what it has where the host cannot go on, and says what is missing', async () => {
  const failing = (why: string) => () => Promise.reject(new ClusterError(why, { code: 'PROCESS_FAILED' }));
  const { run } = scene({ prove: failing('Cannot prove'), sockets: failing('Cannot look') });
  const planned = await run();
  expect(planned).toMatchObject({ main: { workers: 1 }, isInterrupted: false });
  expect(planned.points).toHaveLength(3);
  expect(planned.remarks).toEqual([
    'The generator was not proven: Cannot prove',
    'Sockets were not looked at: Cannot look',
  ]);
  const search: PlanInstruments['search'] = ({ share, workers }) => {
    if (workers === 2) return failing('Cannot start')();
    return Promise.resolve(aSize(workers, share === undefined ? { failure: 'Cannot end' } : {}));
  };
  const early = await scene({ search }).run();
  expect(early.points.map(({ workers }) => workers)).toEqual([1]);
  expect(early.remarks).toEqual([
    'The search ended before it was done: Cannot end',
    'The scaling law has no further point: Cannot start',
  ]);
});

test('runTrials() throws what is no interruption', async () => {
  const { run } = scene({ sockets: () => Promise.reject(new Error('the server does not start')) });
  await expect(run()).rejects.toThrow('the server does not start');
});
