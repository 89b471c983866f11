import { afterEach, expect, test, vi } from 'vitest';
import { OwnRoutine } from './own-routine.ts';
import { ownScene } from './testing.ts';
import { type OwnBehaviour, type User, UserGone } from './user.ts';

const opened: OwnRoutine[] = [];
afterEach(() => {
  for (const routine of opened.splice(0)) routine.close();
});

function scene(behaviour: OwnBehaviour) {
  const bench = ownScene();
  const behaviours = new Map([[0, { name: 'all', behaviour, options: 'o', file: '/own.mjs' }]]);
  const routine = new OwnRoutine({ ...bench, behaviours, seed: 1 });
  opened.push(routine);
  const thrown = vi.fn<(name: string) => void>();
  vi.spyOn(bench.recorder, 'thrown').mockImplementation(thrown);
  return { ...bench, routine, thrown };
}

test('OwnRoutine calls the function for each connection, and tells it events and responses', async () => {
  const seen: unknown[] = [];
  const { routine, driver } = scene(async (user) => {
    user.on('news', (data) => void seen.push([user.number, data]));
    seen.push(await user.call('hello', user.options));
  });
  routine.begin(0);
  await vi.waitFor(() => expect(driver.told).toEqual(['emit 0 "hello" "o" 0']));
  routine.event(0, 'news', 1);
  expect(routine.response(0, 0, false, 'hi')).toBe(true);
  await vi.waitFor(() => expect(seen).toEqual([[0, 1], 'hi']));
  routine.end(0);
  routine.begin(0);
  await vi.waitFor(() => expect(driver.told).toHaveLength(2));
});

test('OwnRoutine waits for subscriptions until they are confirmed or their user is gone', async () => {
  const { routine, driver } = scene(async (user) => user.subscribe('news'));
  expect(routine.isAnyWaiting).toBe(false);
  for (const user of [0, 1]) routine.begin(user);
  await vi.waitFor(() => expect(driver.told).toHaveLength(2));
  routine.response(0, 0, false, undefined);
  expect(routine.isAnyWaiting).toBe(true);
  routine.end(1);
  expect(routine.isAnyWaiting).toBe(false);
});

test.each([
  [
    'before its first promise',
    () => {
      throw new RangeError('x');
    },
  ],
  [
    'later',
    async (user: User) => {
      await user.sleep(0.001);
      throw new RangeError('x');
    },
  ],
])('OwnRoutine counts what a function throws %s, and goes on', async (_when, behaviour) => {
  const { routine, thrown } = scene(behaviour);
  routine.begin(0);
  await vi.waitFor(() => expect(thrown).toHaveBeenCalledWith('RangeError'), { timeout: 5_000 });
});

test('OwnRoutine survives what nobody caught of a behaviour, and nothing else', () => {
  const { routine, thrown } = scene(async () => undefined);
  expect(routine.survive(Object.assign(new RangeError('x'), { stack: 'at file:///own.mjs:1:1' }))).toBe(true);
  expect(thrown.mock.calls).toEqual([['RangeError']]);
  expect([routine.survive(new UserGone('x')), routine.survive(new RangeError('of our own'))]).toEqual([
    true,
    false,
  ]);
  expect(thrown).toHaveBeenCalledTimes(1);
});

test('OwnRoutine tells how many visits began, and in how many of them anything threw', async () => {
  const { routine, recorder } = scene(async (user) => {
    user.on('news', () => {
      throw new RangeError('x');
    });
    if (user.number === 0) throw new TypeError('y');
  });
  for (const user of [0, 1]) routine.begin(user);
  await new Promise((resolve) => setImmediate(resolve));
  expect(recorder.cut(0).visits).toEqual([{ group: 'all', begun: 2, threw: 1 }]);
  for (const user of [0, 1, 1]) routine.event(user, 'news', 1);
  expect(recorder.cut(1).visits).toEqual([{ group: 'all', begun: 0, threw: 1 }]);
});

test('OwnRoutine takes the end of a connection for no error of the function', async () => {
  let begun = 0;
  const { routine, thrown } = scene(async (user) => {
    begun += 1;
    await user.sleep(100);
  });
  for (const user of [0, 1]) routine.begin(user);
  await vi.waitFor(() => expect(begun).toBe(2));
  routine.end(0);
  routine.close();
  await new Promise((resolve) => setImmediate(resolve));
  expect(thrown).not.toHaveBeenCalled();
});

test('OwnRoutine draws the same numbers for the same seed and user, and others for others', async () => {
  const draw = async (): Promise<number[][]> => {
    const drawn: number[][] = [[], []];
    const { routine } = scene(async (user) => void drawn[user.number]!.push(user.random(), user.random()));
    for (const user of [0, 1, 0]) {
      routine.begin(user);
      await Promise.resolve();
      routine.end(user);
    }
    await vi.waitFor(() => expect(drawn.flat()).toHaveLength(6));
    return drawn;
  };
  const [first, second] = [await draw(), await draw()];
  expect(first).toEqual(second);
  expect(new Set(first.flat()).size).toBe(6);
  expect(first.flat().every((number) => number >= 0 && number < 1)).toBe(true);
});
