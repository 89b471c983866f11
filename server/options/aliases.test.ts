import { expect, test } from 'vitest';
import { useNewNames } from './aliases.ts';

test('useNewNames() calls options by their present names, seconds of 0.9 in milliseconds', () => {
  const old = { stores: 2, dataKey: 'k', heartbeatInterval: 25, heartbeatTimeout: 60, connectTimeout: 10 };
  expect(useNewNames({ ...old, port: 1 })).toEqual({
    brokers: 2,
    secretKey: 'k',
    pingInterval: 25_000,
    pingTimeout: 60_000,
    handshakeTimeout: 10_000,
    port: 1,
  });
});

test('useNewNames() lets the present name win, leaves wrong values to be named and drops null', () => {
  expect(useNewNames({ brokers: 1, stores: 2, heartbeatTimeout: 'x', host: null })).toEqual({
    brokers: 1,
    pingTimeout: 'x',
  });
});
