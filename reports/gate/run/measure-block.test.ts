import { expect, test } from 'vitest';
import { aWindow, type Wish } from '../measurements/testing.ts';
import { planBlocks } from '../schedule/index.ts';
import { defaultGuards } from '../validity/index.ts';
import { measureBlock, type Place } from './measure-block.ts';
import { ServerBrokeDown } from './server-broke-down.ts';

const [plan] = planBlocks('5eed', { blocks: 1 });

async function measure(world: (place: Place, order: number) => Wish, attempt = 1) {
  const places: Place[] = [];
  /** Windows that were measured before each waiting. */
  const calmed: number[] = [];
  let closed = 0;
  const open = {
    async calm() {
      calmed.push(places.length);
    },
    async measure(place: Place) {
      places.push(place);
      return aWindow({ mode: place.mode, ...world(place, places.length) });
    },
    async memory() {
      return { base: 8_000, candidate: 8_100 };
    },
    async close() {
      closed += 1;
    },
  };
  const block = await measureBlock(open, { plan: plan!, attempt, guards: defaultGuards });
  return { block, places, calmed, closed };
}

test('measureBlock() measures fixed work and then a constant rate, in the order of the plan', async () => {
  const { block, places, closed } = await measure(() => ({}));
  expect(places.map(({ mode, arm }) => [mode, arm])).toEqual(
    ['fixed', 'open'].flatMap((mode) => plan!.windows.map((arm) => [mode, arm])),
  );
  expect(block).toMatchObject({ index: 0, attempt: 1, memory: { candidate: 8_100 } });
  expect(closed).toBe(1);
});

test('measureBlock() measures a disturbed pair again, both windows in their order, and no other', async () => {
  const { block, places } = await measure(({ mode, position, attempt }) => ({
    waitingShare: mode === 'open' && position === 3 && attempt < 3 ? 0.5 : 0,
  }));
  const again = places.filter(({ attempt }) => attempt > 1);
  expect(again.map(({ mode, position, attempt }) => [mode, position, attempt])).toEqual([
    ['open', 2, 2],
    ['open', 3, 2],
    ['open', 2, 3],
    ['open', 3, 3],
  ]);
  expect(again[0]!.arm).toBe(plan!.windows[2]);
  expect(block.entries).toHaveLength(20);
});

test('measureBlock() waits for a calm host before it measures a pair or a block again, and only then', async () => {
  const isDisturbed = ({ mode, position, attempt }: Place): boolean =>
    mode === 'fixed' && position === 0 && attempt < 3;
  const world = (place: Place): Wish => ({ waitingShare: isDisturbed(place) ? 0.5 : 0 });
  expect((await measure(world)).calmed).toEqual([2, 4]);
  expect((await measure(() => ({}))).calmed).toEqual([]);
  expect((await measure(() => ({}), 2)).calmed).toEqual([0]);
});

test('measureBlock() gives up after three attempts at a pair', async () => {
  const { places, block, closed } = await measure(({ position }) => ({
    waitingShare: position === 2 ? 0.5 : 0,
  }));
  expect(places).toHaveLength(2 + 3 * 2);
  expect(block).not.toHaveProperty('memory');
  expect(closed).toBe(1);
});

test('measureBlock() ends at the first lost message', async () => {
  const { places, closed } = await measure((_, order) => ({ lost: order === 5 ? 1 : 0 }));
  expect([places.length, closed]).toEqual([5, 1]);
});

const breakdown = { arm: 'candidate', why: 'its processes ended' } as const;

test('measureBlock() ends when a server breaks down, and keeps what was measured before', async () => {
  const { block, places, closed } = await measure((_, order) => {
    if (order === 4) throw new ServerBrokeDown(breakdown);
    return {};
  });
  expect([places.length, closed]).toEqual([4, 1]);
  expect(block).toMatchObject({ index: 0, attempt: 1, entries: { length: 3 }, breakdown });
  expect(block).not.toHaveProperty('memory');
});

test('measureBlock() gives a block without windows when a server breaks down before the first', async () => {
  const opening = Promise.reject(new ServerBrokeDown(breakdown));
  const block = await measureBlock(opening, { plan: plan!, attempt: 2, guards: defaultGuards });
  expect(block).toEqual({ index: 0, attempt: 2, entries: [], breakdown });
});

test('measureBlock() ends the servers when a window fails', async () => {
  let closed = 0;
  const open = {
    measure: () => Promise.reject(new Error('the server is gone')),
    close: async () => {
      closed += 1;
    },
  };
  await expect(measureBlock(open, { plan: plan!, attempt: 1, guards: defaultGuards })).rejects.toThrow(
    'is gone',
  );
  expect(closed).toBe(1);
});
