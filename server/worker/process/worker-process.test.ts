import type { IncomingMessage } from 'node:http';
import { expect, test, vi } from 'vitest';
import type { OptionsInput } from '../../options/index.ts';
import type { Message } from '../../process/index.ts';
import { Client, makeServer } from '../testing.ts';
import { WorkerProcess } from './worker-process.ts';

class Worker extends WorkerProcess {
  receive(request: object): void {
    this.noteRequest(request as IncomingMessage);
  }
  end(): void {
    this.leave();
  }
}

function make(input: Partial<OptionsInput> = {}): { worker: Worker; told: Message[] } {
  const told: Message[] = [];
  return { worker: new Worker(0, makeServer(input), (message) => told.push(message)), told };
}

test('WorkerProcess raises a connection of its server as its own', () => {
  const { worker } = make();
  const heard = vi.fn();
  worker.on('connection', heard);
  const client = new Client(worker.scServer).open();
  expect(heard).toHaveBeenCalledExactlyOnceWith(
    client.socket,
    expect.objectContaining({ id: client.socket.id }),
  );
});

test("WorkerProcess tells the master of the server's warnings and errors", () => {
  const { worker, told } = make();
  worker.scServer.emit('warning', new Error('blocked'));
  worker.scServer.emit('error', new Error('raised by the application'));
  expect(told).toMatchObject([
    { type: 'problem', severity: 'warning', error: { message: 'blocked' } },
    { type: 'problem', severity: 'error', error: { message: 'raised by the application' } },
  ]);
  const quiet = make({ propagateWarnings: false });
  quiet.worker.scServer.emit('warning', new Error('blocked'));
  expect(quiet.told).toEqual([]);
});

test('getStatus() counts clients, and requests and messages per minute', () => {
  vi.useFakeTimers();
  const { worker } = make({ workerStatusInterval: 6_000 });
  const client = new Client(worker.scServer).open();
  client.say({ event: 'a' });
  worker.receive({ socket: {}, headers: {} });
  vi.advanceTimersByTime(6_000);
  expect(worker.getStatus()).toEqual({ clientCount: 1, httpRPM: 10, wsRPM: 20, ioRPM: 20 });
  worker.end();
  vi.useRealTimers();
});

test('getSocketURL() is where a client on this host connects to, getSocketPath() the path of it', () => {
  expect(make({ port: 9_000, path: '/live/' }).worker.getSocketURL()).toBe('ws://localhost:9000/live/');
  expect(make({ path: '/live/' }).worker.getSocketPath()).toBe('/live/');
  expect(make({ host: '::1' }).worker.getSocketURL()).toBe('ws://[::1]:8000/socketcluster/');
});

test('WorkerProcess says on each request where it comes from', () => {
  const request = { socket: { remoteAddress: '10.0.0.1' }, headers: { 'x-forwarded-for': '9.9.9.9' } };
  make().worker.receive(request);
  expect(request).toMatchObject({ remoteAddress: '10.0.0.1', forwardedForAddress: '9.9.9.9' });
});
