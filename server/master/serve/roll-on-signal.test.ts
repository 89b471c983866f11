import { expect, test, vi } from 'vitest';
import { forgetSignals, testOptions } from '../../testing.ts';
import { rollOnSignal } from './roll-on-signal.ts';

test('rollOnSignal() logs a roll that failed, and listens until it is told to stop', async () => {
  forgetSignals();
  const failure = new Error('not ready');
  const rollWorkers = vi.fn(() => Promise.reject(failure));
  const error = vi.fn();
  const ignore = rollOnSignal({ options: testOptions({}), rollWorkers }, { error });
  process.emit('SIGUSR2', 'SIGUSR2');
  await vi.waitFor(() => expect(error).toHaveBeenCalledWith({ err: failure }, expect.any(String)));
  ignore();
  expect(process.listenerCount('SIGUSR2')).toBe(0);
  expect(rollWorkers).toHaveBeenCalledTimes(1);
});
