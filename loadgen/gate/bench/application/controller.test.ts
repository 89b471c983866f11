import { EventEmitter } from 'node:events';
import { afterEach, expect, test, vi } from 'vitest';
import { run } from './controller.ts';
import type { Planted } from './plant.ts';
import { environmentOf } from './start.ts';
import type { Server } from './worker.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A server of which only the connections are real enough. */
function serve(planted: Planted | null): { call(): unknown[] } {
  const environment = environmentOf({ line: '/nowhere', planted });
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const server = new EventEmitter();
  run({ scServer: server as unknown as Server });
  return {
    call() {
      const socket = new EventEmitter();
      const respond = vi.fn();
      server.emit('connection', socket);
      socket.emit('ping', {}, respond);
      return respond.mock.calls;
    },
  };
}

test('run() answers every call with its number', () => {
  const server = serve(null);
  expect([...server.call(), ...server.call()]).toEqual([
    [null, { count: 1 }],
    [null, { count: 2 }],
  ]);
});

test('run() sends answers the way that is planted', () => {
  vi.stubGlobal('setTimeout', vi.fn());
  const server = serve({ kind: 'tail', size: 1, elements: 0, share: 1 });
  const answers = Array.from({ length: 50 }, () => server.call().length);
  vi.unstubAllGlobals();
  expect(answers.reduce((sum, count) => sum + count)).toBe(49);
});
