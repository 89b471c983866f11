import { expect, test, vi } from 'vitest';
import { adapt } from './adapt.ts';
import type { Next } from './lines.ts';

const request = { socket: 'socket', event: 'event', channel: 'channel', data: 'data' };

test('adapt() leaves a function that takes a request as it is', () => {
  const middleware = (_request: object, next: Next): void => next();
  expect(adapt('emit', middleware)).toBe(middleware);
});

test('adapt() gives a function of 0.9 its arguments one by one', () => {
  const next = vi.fn();
  const heard: unknown[] = [];
  const run = (
    line: 'emit' | 'subscribe' | 'publishIn',
    middleware: (...details: never[]) => unknown,
  ): unknown => adapt(line, middleware)(request as never, next);
  run('emit', (socket, event, data, go: Next) => go(heard.push([socket, event, data])));
  run('subscribe', (socket, channel, go: Next) => go(heard.push([socket, channel])));
  run('publishIn', (socket, channel, data, go: Next) => go(heard.push([socket, channel, data])));
  expect(heard).toEqual([
    ['socket', 'event', 'data'],
    ['socket', 'channel'],
    ['socket', 'channel', 'data'],
  ]);
  expect(next).toHaveBeenCalledTimes(3);
});

test('adapt() keeps the name of the function', () => {
  expect(adapt('emit', function guard(_socket, _event, _data, _next) {}).name).toBe('guard');
});
