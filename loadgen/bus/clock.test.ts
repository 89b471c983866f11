import fc from 'fast-check';
import { expect, test } from 'vitest';
import { askClock, type Exchange, estimateClock } from './clock.ts';

/** An exchange whose question and answer took so long, with a clock that is so much ahead. */
function exchange(at: number, there: number, back: number, ahead: number): Exchange {
  const read = at + there + ahead;
  return { askedMs: at, answeredMs: at + there + back, monotonicMs: read, wallMs: read + 3 };
}

test('estimateClock() is never off by more than it says', () => {
  const way = fc.double({ min: 0, max: 50, noNaN: true });
  const ways = fc.array(fc.tuple(way, way), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(ways, fc.integer({ min: -1e9, max: 1e9 }), (trips, ahead) => {
      const { offsetMs, errorMs } = estimateClock(
        trips.map(([there, back], n) => exchange(n, there, back, ahead)),
      );
      expect(Math.abs(offsetMs - ahead)).toBeLessThanOrEqual(errorMs + 1e-5);
    }),
  );
});

test('estimateClock() takes the quickest exchange', () => {
  const estimate = estimateClock([
    exchange(0, 9, 1, 100),
    exchange(10, 0.5, 0.5, 100),
    exchange(20, 1, 30, 100),
  ]);
  expect(estimate).toEqual({ offsetMs: 100, errorMs: 0.5, roundTripMs: 1, wallOffsetMs: 103 });
});

test('estimateClock() needs an exchange', () => {
  expect(() => estimateClock([])).toThrow(TypeError);
});

test('askClock() asks as often as it is told, one after the other', async () => {
  let open = 0;
  const asked: string[] = [];
  const bus = {
    async request(subject: string): Promise<unknown> {
      asked.push(subject);
      open += 1;
      expect(open).toBe(1);
      await Promise.resolve();
      open -= 1;
      return { monotonicMs: 5, wallMs: 6 };
    },
  };
  const exchanges = await askClock(bus, 'clock', 3);
  expect(asked).toEqual(['clock', 'clock', 'clock']);
  expect(exchanges).toHaveLength(3);
  expect(exchanges.every(({ askedMs, answeredMs }) => answeredMs >= askedMs)).toBe(true);
});

test.each([{}, null, { monotonicMs: 'now', wallMs: 6 }])(
  'askClock() takes no %j for a time',
  async (answer) => {
    await expect(askClock({ request: () => Promise.resolve(answer) }, 'clock', 1)).rejects.toThrow(
      'Cannot tell a clock by what was answered',
    );
  },
);
