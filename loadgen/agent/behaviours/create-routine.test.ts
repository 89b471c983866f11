import { expect, test } from 'vitest';
import { channels, gapOf, pingPong } from '../../plan/testing.ts';
import { idle } from './routine.ts';
import { routineScene } from './testing.ts';

const messages = { kind: 'messages', message: '{}', every: gapOf(), model: 'open' } as const;

test.each([
  ['ping-pong', pingPong(), 'send 0 1'],
  ['messages without a number', { ...messages, correlate: '' }, 'send 0 1'],
  ['messages with a number', { ...messages, correlate: 'id' }, 'call 0 5'],
  ['calls', { kind: 'calls', event: 'c', payload: {}, every: gapOf(), model: 'open' } as const, 'call 0 5'],
  ['channels', channels(), 'publish 0'],
])('createRoutine() finds what users with %s do', (_what, behaviour, expected) => {
  const { driver, routine } = routineScene(behaviour);
  routine.take(0, 5, 1, 1.5);
  routine.flush(0, 1);
  expect(driver.told).toHaveLength(1);
  expect(driver.told[0]).toContain(expected);
});

test('createRoutine() closes the loop where the behaviour says so', () => {
  expect(routineScene(pingPong()).routine.isClosed).toBe(false);
  expect(routineScene(pingPong({ model: 'closed' })).routine.isClosed).toBe(true);
});

test('createRoutine() lets idle users be, and hands custom ones over', () => {
  const own = routineScene({ kind: 'custom', file: 'f.js', options: null });
  expect(own.routine).toBe(own.custom);
  expect(routineScene({ kind: 'idle' }).routine).toBe(idle);
});
