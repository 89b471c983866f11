import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { Entry } from './entry.ts';

test('Entry refuses with 503 who was still waiting for the application when it closed', () => {
  const accept = vi.fn();
  let decide = (): void => undefined;
  const entry = new Entry({
    path: '/',
    origins: '*:*',
    engine: { accept },
    admit: () => undefined,
    authorize: (_request, decided) => {
      decide = decided;
    },
  });
  const request = { headers: {}, socket: { remoteAddress: '127.0.0.1' } } as IncomingMessage;
  const socket = new PassThrough();
  entry.upgrade(request, socket, Buffer.alloc(0));
  entry.close();
  decide();
  expect(String(socket.read())).toMatch(/^HTTP\/1.1 503 Service Unavailable\r\n/);
  expect(accept).not.toHaveBeenCalled();
});

test('Entry that has closed refuses with 503 and asks nobody', () => {
  const authorize = vi.fn();
  const engine = { accept: () => undefined };
  const entry = new Entry({ path: '/', origins: '*:*', engine, admit: () => undefined, authorize });
  entry.close();
  const request = { headers: {}, socket: { remoteAddress: '127.0.0.1' } } as IncomingMessage;
  const socket = new PassThrough();
  entry.upgrade(request, socket, Buffer.alloc(0));
  expect(String(socket.read())).toContain('\r\nRetry-After: 10\r\n');
  expect(authorize).not.toHaveBeenCalled();
});
