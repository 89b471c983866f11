import { expect, test } from 'vitest';
import { type Server, serverOf } from './worker.ts';

test('serverOf() finds the server of any version, and says when there is none', () => {
  const server = {} as Server;
  expect(serverOf({ scServer: server })).toBe(server);
  expect(serverOf({ getSCServer: () => server })).toBe(server);
  expect(() => serverOf({})).toThrow('Cannot run the application of the gate: the worker has no server');
});
