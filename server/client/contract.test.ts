/** What the compiler makes of a contract. The functions are never called: they only have to compile, or not. */
import { expectTypeOf, test } from 'vitest';
import type { Respond } from '../protocol/index.ts';
import type { Channel } from './channels/index.ts';
import type { Client } from './client.ts';

interface Chat {
  events: { ping: { at: number }; hello: undefined };
  procedures: { add(numbers: { a: number; b: number }): number; time(): Promise<string> };
  channels: { news: { headline: string }; [room: `room/${string}`]: { from: string } };
}

const check = (
  _work: (client: Client<Chat>, untyped: Client, bare: Client<{ events: { ping: number } }>) => void,
): void => undefined;

test('emit() and transmit() take the names and payloads of the contract', () => {
  check((client) => {
    client.emit('ping', { at: 1 });
    client.emit('hello');
    client.transmit('ping', { at: 1 });
    // @ts-expect-error no such event
    client.emit('pong', 1);
    // @ts-expect-error wrong payload
    client.emit('ping', { at: 'noon' });
    // @ts-expect-error payload missing
    client.transmit('ping');
    // @ts-expect-error an event takes no callback
    client.emit('ping', { at: 1 }, () => undefined);
  });
});

test('emit() with a callback and invoke() know what a procedure gives', () => {
  check((client) => {
    client.emit('add', { a: 1, b: 2 }, (error, sum) => {
      expectTypeOf(error).toBeUnknown();
      expectTypeOf(sum).toEqualTypeOf<number | undefined>();
    });
    expectTypeOf(client.invoke('add', { a: 1, b: 2 })).toEqualTypeOf<Promise<number>>();
    expectTypeOf(client.invoke('time')).toEqualTypeOf<Promise<string>>();
    expectTypeOf(client.invoke('time', undefined, { ackTimeout: 1 })).toEqualTypeOf<Promise<string>>();
    // @ts-expect-error wrong payload
    void client.invoke('add', { a: 1 });
    // @ts-expect-error an event is no procedure
    void client.invoke('ping', { at: 1 });
  });
});

test('on() knows events, procedures and what the client raises itself', () => {
  check((client) => {
    client.on('ping', (data) => expectTypeOf(data).toEqualTypeOf<{ at: number }>());
    client.once('add', (data, respond) => {
      expectTypeOf(data).toEqualTypeOf<{ a: number; b: number }>();
      expectTypeOf(respond).toEqualTypeOf<Respond<number>>();
    });
    client.on('disconnect', (code, data) => {
      expectTypeOf(code).toBeNumber();
      expectTypeOf(data).toBeUnknown();
    });
    client.on('kickOut', (_message, channel) => expectTypeOf(channel).toBeString());
    // @ts-expect-error no such event
    client.on('pong', () => undefined);
  });
});

test('on() and loops know channels, events and procedures apart', () => {
  check((client) => {
    client.on('news', (data) => expectTypeOf(data).toEqualTypeOf<{ headline: string }>());
    client.on('room/1', (data) => expectTypeOf(data).toEqualTypeOf<{ from: string }>());
    expectTypeOf(client.receiver('ping').once()).toEqualTypeOf<Promise<{ at: number }>>();
    void client
      .procedure('add')
      .once()
      .then(({ data, end }) => {
        expectTypeOf(data).toEqualTypeOf<{ a: number; b: number }>();
        end(data.a);
        // @ts-expect-error wrong result
        end('three');
      });
    void client
      .listener('close')
      .once()
      .then(({ code }) => expectTypeOf(code).toBeNumber());
    // @ts-expect-error a procedure is no event
    client.receiver('add');
    // @ts-expect-error the client raises no such event
    client.listener('ping');
  });
});

test('channels carry the payload of their name, templates too', () => {
  check((client) => {
    expectTypeOf(client.subscribe('news')).toEqualTypeOf<Channel<{ headline: string }>>();
    expectTypeOf(client.channel('room/1')).toEqualTypeOf<Channel<{ from: string }>>();
    client.watch('news', (data) => expectTypeOf(data).toEqualTypeOf<{ headline: string }>());
    void client.publish('news', { headline: 'x' });
    void client.channel('room/1').publish({ from: 'x' });
    // @ts-expect-error wrong payload
    void client.publish('news', { title: 'x' });
    // @ts-expect-error no such channel
    client.subscribe('olds');
  });
  async function read(channel: Channel<{ from: string }>): Promise<void> {
    for await (const data of channel) {
      expectTypeOf(data).toEqualTypeOf<{ from: string }>();
    }
  }
  expectTypeOf(read).toBeFunction();
});

test('a part that a contract leaves out holds no names', () => {
  check((_client, _untyped, bare) => {
    bare.emit('ping', 1);
    // @ts-expect-error no procedures
    void bare.invoke('ping', 1);
    // @ts-expect-error no channels
    bare.subscribe('news');
  });
});

test('without a contract every name is allowed and everything unknown', () => {
  check((_client, untyped) => {
    untyped.emit('anything');
    untyped.emit('anything', 1, (_error, data) => expectTypeOf(data).toBeUnknown());
    untyped.on('anything', (data, respond) => {
      expectTypeOf(data).toBeUnknown();
      respond(null, 1);
    });
    untyped.on('connect', (status) => expectTypeOf(status.id).toBeString());
    expectTypeOf(untyped.invoke('anything', 1)).toEqualTypeOf<Promise<unknown>>();
    expectTypeOf(untyped.subscribe('anything')).toEqualTypeOf<Channel<unknown>>();
  });
});
