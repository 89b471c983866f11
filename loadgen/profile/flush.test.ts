import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import { type Exiting, flushBeforeExit } from './flush.ts';

function makeProcess() {
  const exit = vi.fn();
  const late: (() => void)[] = [];
  const ending = Object.assign(new EventEmitter(), { exit, exitCode: undefined }) as unknown as Exiting;
  flushBeforeExit(ending, ((callback: () => void) => late.push(callback)) as unknown as typeof setTimeout);
  return { ending: ending as Exiting & EventEmitter, exit, late };
}

test('flushBeforeExit() lets those that listen finish, who exit themselves', () => {
  const { ending, exit } = makeProcess();
  const heard = vi.fn();
  ending.once('beforeExit', heard);
  ending.exit(3);
  expect(heard).toHaveBeenCalledWith(3);
  expect(exit).not.toHaveBeenCalled();
  ending.exit(0);
  expect(exit).toHaveBeenCalledWith(0);
});

test('flushBeforeExit() waits for nobody for long', () => {
  const { ending, exit, late } = makeProcess();
  ending.on('beforeExit', () => undefined);
  ending.exit(3);
  for (const callback of late) callback();
  expect(exit).toHaveBeenCalledWith(3);
});

test('flushBeforeExit() changes nothing where nobody listens', () => {
  const { ending, exit } = makeProcess();
  exit.mockImplementation(() => {
    throw new Error('gone');
  });
  expect(() => ending.exit(7)).toThrow('gone');
  expect(exit).toHaveBeenCalledWith(7);
});
