import { expect, test, vi } from 'vitest';
import type { OptionsInput } from '../../options/index.ts';
import { MasterLine } from '../../process/controller/index.ts';
import type { Message } from '../../process/index.ts';
import { testOptions } from '../../testing.ts';
import { Client, makeServer } from '../testing.ts';
import { Front } from './front.ts';
import { SCWorker } from './worker.ts';

function make(input: Partial<OptionsInput> = {}): { front: Front; told: Message[]; worker: SCWorker } {
  const told: Message[] = [];
  const tell = (message: Message) => told.push(message);
  const scServer = makeServer(input);
  const options = testOptions(input);
  const line = new MasterLine('worker 0', { ...options, crashOnError: true }, tell);
  const front = new Front({ id: 0, options, maxConnections: 10 }, scServer, tell);
  const rates = { perMinute: { http: 10, ws: 20 } };
  return { told, front, worker: new SCWorker(0, { options, scServer, line, rates, front }) };
}

test('SCWorker raises a connection of its server as its own', () => {
  const { worker } = make();
  const heard = vi.fn();
  worker.on('connection', heard);
  const client = new Client(worker.scServer).open();
  expect(heard).toHaveBeenCalledExactlyOnceWith(
    client.socket,
    expect.objectContaining({ id: client.socket.id }),
  );
});

test("SCWorker tells the master of the server's warnings and errors", () => {
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
  const { worker } = make();
  new Client(worker.scServer).open();
  expect(worker.getStatus()).toEqual({ clientCount: 1, httpRPM: 10, wsRPM: 20, ioRPM: 20 });
});

test('getSocketURL() is where a client on this host connects to, getSocketPath() the path of it', () => {
  expect(make({ port: 9_000, path: '/live/' }).worker.getSocketURL()).toBe('ws://localhost:9000/live/');
  expect(make({ path: '/live/' }).worker.getSocketPath()).toBe('/live/');
  expect(make({ host: '::1' }).worker.getSocketURL()).toBe('ws://[::1]:8000/socketcluster/');
});

test('httpServer says that it is not there before createHTTPServer was asked', () => {
  const { front, worker } = make();
  expect(() => worker.httpServer).toThrow('Cannot use the HTTP server yet');
  const server = worker.createHTTPServer();
  front.prepare(server);
  expect([worker.httpServer, worker.getHTTPServer()]).toEqual([server, server]);
});
