import { expect, test } from 'vitest';
import type { searchSize } from '../../loadgen/capacity/planner/index.ts';
import { builtIn } from '../../loadgen/capacity/profiles/testing.ts';
import { parseSlo } from '../../loadgen/capacity/slo/index.ts';
import { searchOnce } from './trying.ts';

type Asked = Parameters<typeof searchSize>[0];

async function asked(search: Parameters<typeof searchOnce>[1]): Promise<Asked> {
  const searches: Asked[] = [];
  const trying = {
    profile: builtIn('42k'),
    slo: parseSlo('99% < 50ms'),
    out: '/out',
    say: () => undefined,
    signal: new AbortController().signal,
  };
  await searchOnce(trying, search, ((one: Asked) => {
    searches.push(one);
    return Promise.resolve();
  }) as unknown as typeof searchSize);
  return searches[0]!;
}

test('searchOnce() searches to the end unless a few short trials are enough', async () => {
  const whole = await asked({ name: 'first search' });
  expect(whole).toMatchObject({ workers: 1, settings: { estimate: 5_000, soakSeconds: 30 } });
  expect(whole.settings).not.toHaveProperty('locatesOnly');
  expect(whole.out).toMatch(/^\/out\/.+-first-search$/);
  expect((await asked({ name: 'x', isBrief: true })).settings).toMatchObject({ locatesOnly: true });
});

test('searchOnce() expects little of small workers, and gives them few sockets', async () => {
  const small = await asked({ name: 'x', workers: 3, share: 0.1 });
  expect(small).toMatchObject({ workers: 3, share: 0.1, mostSockets: 500 });
  expect(small.settings.estimate).toBeCloseTo(1_500, 9);
});
