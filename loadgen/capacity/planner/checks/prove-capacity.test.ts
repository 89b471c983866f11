import { expect, test } from 'vitest';
import { builtIn, profileOf } from '../../profiles/testing.ts';
import { parseSlo } from '../../slo/index.ts';
import type { CeilingRequest, TrialRequest } from '../../trials/index.ts';
import type { MeasuredTrial, SizeFound, SizeSearch } from '../search/index.ts';
import { aRecord } from '../testing.ts';
import { proveCapacity } from './prove-capacity.ts';

const never = { signal: new AbortController().signal };
const search: SizeSearch = {
  profile: builtIn('42k'),
  workers: 1,
  share: 0.2,
  loadProcesses: 3,
  settings: { slo: parseSlo('99% < 50ms'), estimate: 100 },
  out: '/search',
  withinMs: 1,
  command: 'test',
};

function foundWith(ok: boolean): SizeFound {
  const request = { kind: 'trial', phase: 'confirm', load: 100, seconds: 10, fresh: false } as const;
  const outcome = { load: 100, ok, okAtLimits: [], reasons: [], guards: [] };
  const made = { users: 600, usersPerSocket: 1 };
  const trial: MeasuredTrial = { request, outcome, ...made, record: aRecord(), folder: '/search/20-confirm' };
  return { workers: 1, trials: [trial], isInterrupted: false } as unknown as SizeFound;
}

/** A generator that does so much with a server that does nothing. */
function scene(ceiling: number) {
  const ceilings: CeilingRequest[] = [];
  const trials: TrialRequest[] = [];
  return {
    ...{ ceilings, trials },
    instruments: {
      ceiling: (request: CeilingRequest) => {
        ceilings.push(request);
        return Promise.resolve({ load: ceiling, isAtLeast: true, trials: [] });
      },
      trial: (request: TrialRequest) => {
        trials.push(request);
        return Promise.resolve(aRecord());
      },
    },
  };
}

test('proveCapacity() proves a confirmed load by a ceiling half as high again, and twice the load processes', async () => {
  const { ceilings, instruments, trials } = scene(150);
  const proof = await proveCapacity({ search, found: foundWith(true), out: '/proof' }, never, instruments);
  expect(proof).toMatchObject({ proven: true, wording: '' });
  expect(ceilings).toMatchObject([{ from: 100, enough: 150, loadProcesses: 3, out: '/proof/null-server' }]);
  expect(trials).toMatchObject([
    { loadProcesses: 2, workerShare: 0.2, out: '/proof/twice-the-load-processes' },
  ]);
});

test('proveCapacity() says "at least" of a generator that can do hardly more alone', async () => {
  const { instruments } = scene(120);
  const proof = await proveCapacity({ search, found: foundWith(true), out: '/proof' }, never, instruments);
  expect(proof).toMatchObject({ proven: false, wording: 'at least', remark: '(generator-limited)' });
});

test('proveCapacity() has nothing to prove where nothing was confirmed', async () => {
  const { ceilings, instruments } = scene(150);
  expect(
    await proveCapacity({ search, found: foundWith(false), out: '/proof' }, never, instruments),
  ).toBeUndefined();
  expect(ceilings).toEqual([]);
});

test('proveCapacity() has the server that does nothing send what the users wait for', async () => {
  const { ceilings, instruments } = scene(150);
  const behaviour = { kind: 'ping-pong', payload: 1, every: 6, reply: 'answer' } as const;
  const asking = { ...search, profile: profileOf({ behaviour }) };
  await proveCapacity({ search: asking, found: foundWith(true), out: '/proof' }, never, instruments);
  await proveCapacity({ search, found: foundWith(true), out: '/proof' }, never, instruments);
  expect(ceilings.map(({ reply }) => reply)).toEqual(['answer', undefined]);
});
