import { expect, test } from 'vitest';
import type { searchSize } from '../../loadgen/capacity/planner/index.ts';
import { aSize } from '../../loadgen/capacity/planner/testing.ts';
import { builtIn } from '../../loadgen/capacity/profiles/testing.ts';
import { ClusterError } from '../../server/errors/index.ts';
import { aTrying } from './testing.ts';
import { findCapacity, searchOnce } from './trying.ts';

type Asked = Parameters<typeof searchSize>[0];

async function asked(search: Parameters<typeof searchOnce>[1], change = {}): Promise<Asked> {
  const searches: Asked[] = [];
  const trying = { ...aTrying(), out: '/out', ...change };
  await searchOnce(trying, search, ((one: Asked) => {
    searches.push(one);
    return Promise.resolve();
  }) as unknown as typeof searchSize);
  return searches[0]!;
}

test('searchOnce() searches to the end unless a few short trials are enough', async () => {
  const whole = await asked({ name: 'first search' });
  expect(whole).toMatchObject({ workers: 1, settings: { estimate: 20_000, soakSeconds: 30 } });
  expect(whole.settings).not.toHaveProperty('locatesOnly');
  expect(whole.settings).not.toHaveProperty('start');
  expect(whole.out).toMatch(/^\/out\/.+-first-search$/);
  expect((await asked({ name: 'x', isBrief: true })).settings).toMatchObject({
    locatesOnly: true,
    start: 0.2,
  });
  expect((await asked({ name: 'x', isBrief: true, estimate: 9 })).settings).toMatchObject({
    estimate: 9,
    start: 0.5,
  });
});

test('searchOnce() expects little of small workers, and gives them few sockets', async () => {
  const small = await asked({ name: 'x', workers: 3, share: 0.1 });
  expect(small).toMatchObject({ workers: 3, share: 0.1, mostSockets: 500 });
  expect(small.settings.estimate).toBeCloseTo(6_000, 9);
});

test('searchOnce() begins with fewer messages the more of them a message becomes', async () => {
  const { settings } = await asked({ name: 'x', isBrief: true }, { profile: builtIn('ticker') });
  expect(settings.estimate * Number(settings.start)).toBeLessThan(20);
});

test('findCapacity() searches once more where the generator, the host or the target ended a search', async () => {
  const { result } = aSize(1);
  const limited = { ...result, atLeast: 'generator-limited', sentence: 'At least so much' } as const;
  const { estimate: _, ...unknown } = result;
  const spoilt = [
    () => Promise.resolve(aSize(1, { result: limited })),
    () => Promise.resolve(aSize(1, { result: unknown })),
    () => Promise.resolve(aSize(1, { failure: 'Cannot start' })),
    () => Promise.reject(new ClusterError('Cannot begin', { code: 'PROCESS_FAILED' })),
  ];
  for (const search of spoilt) {
    const trying = aTrying();
    const searches = [search, () => Promise.resolve(aSize(1))];
    expect(await findCapacity(trying, { name: 'x' }, () => searches.shift()!())).toEqual(result.estimate);
    expect(trying.said()).toMatch(/once more: (At least so much|The capacity is|Cannot start|Cannot begin)/);
    await expect(findCapacity(trying, { name: 'x' }, search)).rejects.toThrow('Cannot');
  }
});

test('findCapacity() takes nothing of a search that somebody ended', async () => {
  const ended = findCapacity(aTrying(), { name: 'x' }, () =>
    Promise.resolve(aSize(1, { isInterrupted: true })),
  );
  await expect(ended).rejects.toMatchObject({ code: 'RUN_INTERRUPTED' });
});
