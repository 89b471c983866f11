import { Command } from 'commander';
import { expect, test, vi } from 'vitest';
import { addCalibrate } from './calibrate.ts';

test('addCalibrate() prints a line that --scores takes', async () => {
  const stdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const program = new Command().exitOverride();
  addCalibrate(program, () => Promise.resolve({ single: 70.123_456, busy: 99 }));
  await program.parseAsync(['calibrate', 'c7g.large'], { from: 'user' });
  expect(stdout.mock.calls).toEqual([['{"type":"c7g.large","single":70.123,"busy":99}\n']]);
  vi.restoreAllMocks();
});

test('addCalibrate() refuses what no plan would take, before it works', async () => {
  const program = new Command().exitOverride();
  const calibrate = vi.fn(() => Promise.reject(new Error('worked')));
  addCalibrate(program, calibrate);
  await expect(program.parseAsync(['calibrate', 'c7g'], { from: 'user' })).rejects.toThrow('it is a family');
  expect(calibrate).not.toHaveBeenCalled();
});
