import { expect, test, vi } from 'vitest';
import { Client, makeServer } from '../testing.ts';

test('an event reaches its listeners, and a call gets their answer', () => {
  const server = makeServer();
  const heard: unknown[] = [];
  const client = new Client(server).open();
  client.socket.on('echo', (data, respond) => {
    heard.push(data);
    respond(null, data);
  });
  client.say({ event: 'echo', data: { a: 1 } });
  client.say({ event: 'echo', data: null, cid: 0 });
  client.say({ event: 'echo', cid: 'abc' });
  expect(heard).toEqual([{ a: 1 }, null, undefined]);
  expect(client.hear()).toEqual([{ rid: 0, data: null }, { rid: 'abc' }]);
});

test('a call can be answered with an error, and only once', () => {
  const server = makeServer();
  const client = new Client(server).open();
  let again: () => void = () => undefined;
  client.socket.on('fail', (_data, respond) => {
    respond(Object.assign(new Error('boom'), { code: 'E1' }));
    again = () => respond();
  });
  client.say({ event: 'fail', cid: 5 });
  expect(client.hear()).toEqual([{ rid: 5, error: { message: 'boom', code: 'E1' } }]);
  expect(again).toThrow('Response 5 has already been sent');
});

test('a call nobody listens to gets no answer', () => {
  const server = makeServer();
  const client = new Client(server).open();
  client.say({ event: 'unknown', cid: 3 });
  client.say({ event: '#unknown', cid: 4 });
  expect(client.hear()).toEqual([]);
});

test('a client cannot raise the local events of its socket', () => {
  const server = makeServer();
  const client = new Client(server).open();
  const listener = vi.fn();
  client.socket.on('disconnect', listener);
  client.socket.on('error', listener);
  client.say({ event: 'disconnect', data: 1, cid: 1 });
  client.say({ event: 'error', data: 1 });
  expect(listener).not.toHaveBeenCalled();
});
