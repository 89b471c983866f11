/** What the compiler makes of a contract. The functions are never called: they only have to compile, or not. */
import type { IncomingMessage } from 'node:http';
import { expectTypeOf, test } from 'vitest';
import type { AttachedServer } from '../attach/index.ts';
import type { LoadBalancer } from '../balancer/index.ts';
import type { Client } from '../client/index.ts';
import type { Respond } from '../protocol/index.ts';
import type * as classes from '../worker/index.ts';
import type {
  Channel,
  Exchange,
  Global,
  MiddlewareRequests,
  SCServer,
  SCSocket,
  SCWorker,
  Session,
} from './index.ts';

interface Chat {
  events: { ping: { at: number }; hello: undefined };
  procedures: { add(numbers: { a: number; b: number }): number; time(): Promise<string> };
  channels: { news: { headline: string }; [room: `room/${string}`]: { from: string } };
}

const check = (
  _work: (world: {
    worker: SCWorker<Chat>;
    server: SCServer<Chat>;
    socket: SCSocket<Chat>;
    exchange: Exchange<Chat>;
    session: Session<Chat>;
    global: Global<Chat>;
    bare: SCSocket<{ events: { ping: number } }>;
  }) => void,
): void => undefined;

const checkUntyped = (
  _work: (world: { worker: SCWorker; server: SCServer; socket: SCSocket; exchange: Exchange }) => void,
): void => undefined;

test('SCWorker<Chat> hands its contract on to everything that is reached from it', () => {
  check(({ worker, server, socket }) => {
    expectTypeOf(worker.scServer).toEqualTypeOf<SCServer<Chat>>();
    expectTypeOf(worker.getSCServer()).toEqualTypeOf<SCServer<Chat>>();
    expectTypeOf(worker.exchange).toEqualTypeOf<Exchange<Chat>>();
    expectTypeOf(worker.isLeader).toBeBoolean();
    expectTypeOf(server.exchange).toEqualTypeOf<Exchange<Chat>>();
    expectTypeOf(server.global).toEqualTypeOf<Global<Chat>>();
    expectTypeOf(server.clients.get('id')).toEqualTypeOf<SCSocket<Chat> | undefined>();
    expectTypeOf(socket.session).toEqualTypeOf<Session<Chat>>();
    expectTypeOf(socket.session.getSockets()).toEqualTypeOf<Promise<SCSocket<Chat>[]>>();
    expectTypeOf(socket.global).toEqualTypeOf<Global<Chat>>();
  });
});

test('clients read like a Map and like an object', () => {
  check(({ server, worker }) => {
    expectTypeOf(server.clients['id']).toEqualTypeOf<SCSocket<Chat> | undefined>();
    expectTypeOf(server.pendingClients.size).toBeNumber();
    expectTypeOf(worker.global).toEqualTypeOf<Global<Chat>>();
  });
});

test('SCServer<Chat> gives its listeners typed sockets', () => {
  check(({ server }) => {
    server.on('connection', (socket, status) => {
      expectTypeOf(socket).toEqualTypeOf<SCSocket<Chat>>();
      expectTypeOf(status.id).toBeString();
    });
    server.once('disconnection', (socket, code, reason) => {
      expectTypeOf(socket).toEqualTypeOf<SCSocket<Chat>>();
      expectTypeOf(code).toBeNumber();
      expectTypeOf(reason).toBeUnknown();
    });
    server.on('closure', (_socket, code) => expectTypeOf(code).toBeNumber());
    server.on('authenticationStateChange', (_socket, { newState }) => {
      expectTypeOf(newState).toEqualTypeOf<'authenticated' | 'unauthenticated'>();
    });
    server.on('subscription', (socket) => expectTypeOf(socket).toEqualTypeOf<SCSocket<Chat>>());
    expectTypeOf(server.on('warning', () => undefined)).toEqualTypeOf<SCServer<Chat>>();
    // @ts-expect-error no such detail
    server.on('sessionend', (id: number) => id);
  });
});

test('on() knows events and procedures of the contract and what the socket raises itself', () => {
  check(({ socket }) => {
    socket.on('ping', (data) => expectTypeOf(data).toEqualTypeOf<{ at: number }>());
    socket.once('add', (data, respond) => {
      expectTypeOf(data).toEqualTypeOf<{ a: number; b: number }>();
      expectTypeOf(respond).toEqualTypeOf<Respond<number>>();
      respond(null, data.a + data.b);
      // @ts-expect-error wrong result
      respond(null, 'three');
    });
    socket.on('time', async (_data, respond) => respond(null, await Promise.resolve('noon')));
    socket.on('disconnect', (code) => expectTypeOf(code).toBeNumber());
    socket.on('error', (error) => expectTypeOf(error).toEqualTypeOf<Error>());
    socket.on('authStateChange', ({ authToken }) => {
      expectTypeOf(authToken).toEqualTypeOf<Record<string, unknown> | undefined>();
    });
    socket.removeListener('ping');
    socket.on('raw', (message) => expectTypeOf(message).toBeUnknown());
    socket.off('ping');
    // @ts-expect-error no such event
    socket.on('pong', () => undefined);
    // @ts-expect-error wrong payload
    socket.on('ping', (data: { at: string }) => data);
    // @ts-expect-error an event is answered by nobody
    socket.on('ping', (_data, respond: Respond) => respond());
    // @ts-expect-error no such event
    socket.off('pong');
  });
});

test('emit(), transmit() and invoke() take the names and payloads of the contract', () => {
  check(({ socket }) => {
    socket.emit('ping', { at: 1 });
    socket.emit('hello');
    socket.transmit('ping', { at: 1 });
    socket.emit('add', { a: 1, b: 2 }, (_error, sum) => {
      expectTypeOf(sum).toEqualTypeOf<number | undefined>();
    });
    expectTypeOf(socket.invoke('add', { a: 1, b: 2 })).toEqualTypeOf<Promise<number>>();
    expectTypeOf(socket.invoke('time')).toEqualTypeOf<Promise<string>>();
    // @ts-expect-error no such event
    socket.emit('pong', 1);
    // @ts-expect-error wrong payload
    socket.emit('ping', { at: 'noon' });
    // @ts-expect-error an event takes no callback
    socket.emit('ping', { at: 1 }, () => undefined);
    // @ts-expect-error payload missing
    socket.transmit('ping');
    // @ts-expect-error an event is no procedure
    void socket.invoke('ping', { at: 1 });
    // @ts-expect-error wrong payload
    void socket.invoke('add', { a: 1 });
  });
});

test('kickOut() and isSubscribed() take the channels of the contract', () => {
  check(({ socket }) => {
    socket.kickOut();
    socket.kickOut('news', 'over');
    socket.kickOut('room/1');
    socket.kickOut(['news', 'room/1'], 'over', (error) => expectTypeOf(error).toEqualTypeOf<Error | null>());
    expectTypeOf(socket.isSubscribed('news')).toBeBoolean();
    // @ts-expect-error no such channel
    socket.kickOut('olds');
    // @ts-expect-error no such channel
    socket.isSubscribed('olds');
  });
});

test('the exchange carries the payload of each channel, templates too', () => {
  check(({ exchange, global }) => {
    void exchange.publish('news', { headline: 'x' });
    exchange.transmitPublish('room/1', { from: 'x' });
    expectTypeOf(exchange.subscribe('news')).toEqualTypeOf<Channel<{ headline: string }>>();
    exchange.subscribe('room/1').watch((data) => expectTypeOf(data).toEqualTypeOf<{ from: string }>());
    void exchange.subscribe('room/1').publish({ from: 'x' });
    void exchange.publish('room/1', { from: 'x' }, (error) =>
      expectTypeOf(error).toEqualTypeOf<Error | null>(),
    );
    exchange.watch('news', ({ headline }) => expectTypeOf(headline).toBeString());
    exchange.channel('news').on('subscribeFail', (error, name) => {
      expectTypeOf(error).toBeUnknown();
      expectTypeOf(name).toBeString();
    });
    exchange.on('message', (channel) => expectTypeOf(channel).toBeString());
    void exchange.set('key', 1);
    // @ts-expect-error no such channel
    exchange.watch('olds', () => undefined);
    // @ts-expect-error no such event of a channel
    exchange.on('kickOut', () => undefined);
    void global.publish('news', { headline: 'x' });
    global.on('room/1', (data) => expectTypeOf(data).toEqualTypeOf<{ from: string }>());
    // @ts-expect-error wrong payload
    void exchange.publish('news', { title: 'x' });
    // @ts-expect-error wrong payload
    exchange.transmitPublish('room/1', { headline: 'x' });
    // @ts-expect-error wrong payload
    void exchange.subscribe('room/1').publish({ headline: 'x' });
    // @ts-expect-error no such channel
    exchange.subscribe('olds');
    // @ts-expect-error wrong payload
    void global.publish('news', { title: 'x' });
    // @ts-expect-error no such channel
    global.on('olds', () => undefined);
  });
});

test('setAuthToken() takes what a token may say of itself, and a callback with or without', () => {
  check(({ socket }) => {
    void socket.setAuthToken({ username: 'bob' }, { expiresIn: '2h', subject: 'b' }, () => undefined);
    expectTypeOf(
      socket.setAuthToken({}, (error) => expectTypeOf(error).toEqualTypeOf<Error | null>()),
    ).toEqualTypeOf<Promise<void>>();
    void socket.deauthenticate({ rejectOnFailedDelivery: true });
    // @ts-expect-error no such option
    void socket.setAuthToken({}, { expires: 1 });
    // @ts-expect-error a text is no payload
    void socket.setAuthToken('bob');
  });
});

test('a session emits the events of the contract', () => {
  check(({ session }) => {
    void session.emit('ping', { at: 1 });
    // @ts-expect-error wrong payload
    void session.emit('ping', { at: 'noon' });
    // @ts-expect-error no such event
    void session.emit('pong');
  });
});

test('a part that a contract leaves out holds no names', () => {
  check(({ bare }) => {
    bare.emit('ping', 1);
    // @ts-expect-error no procedures
    void bare.invoke('ping', 1);
    // @ts-expect-error no channels
    bare.kickOut('news');
  });
});

test('without a contract every name is allowed and everything unknown', () => {
  checkUntyped(({ worker, socket, exchange }) => {
    socket.on('anything', (data, respond) => {
      expectTypeOf(data).toBeUnknown();
      respond(null, 1);
    });
    socket.emit('anything', 1, (_error, data) => expectTypeOf(data).toBeUnknown());
    expectTypeOf(socket.invoke('anything')).toEqualTypeOf<Promise<unknown>>();
    expectTypeOf(exchange.subscribe('anything')).toEqualTypeOf<Channel<unknown>>();
    exchange.transmitPublish('anything', 1);
    expectTypeOf(worker.scServer.exchange).toEqualTypeOf<Exchange>();
    socket.kickOut('anything');
  });
});

test('addMiddleware() gives each line its request', () => {
  check(({ server }) => {
    server.addMiddleware(server.MIDDLEWARE_HANDSHAKE_WS, (request, next) => {
      expectTypeOf(request).toExtend<IncomingMessage>();
      expectTypeOf(request.session).toEqualTypeOf<Session<Chat>>();
      expectTypeOf(request.remoteAddress).toBeString();
      next();
    });
    server.addMiddleware(server.MIDDLEWARE_EMIT, (request, next) => {
      expectTypeOf(request.socket).toEqualTypeOf<SCSocket<Chat>>();
      expectTypeOf(request.event).toBeString();
      expectTypeOf(request.data).toBeUnknown();
      expectTypeOf(request.authTokenExpiredError).toEqualTypeOf<Error | undefined>();
      request.data = 1;
      // @ts-expect-error the name of an event stays
      request.event = 'x';
      // @ts-expect-error a line of events has no channel
      next(request.channel);
    });
    server.addMiddleware(server.MIDDLEWARE_SUBSCRIBE, ({ channel, waitForAuth }, next) => {
      expectTypeOf(channel).toBeString();
      expectTypeOf(waitForAuth).toBeBoolean();
      next(true);
    });
    server.addMiddleware(server.MIDDLEWARE_PUBLISH_IN, (request, next) => {
      request.ackData = { stored: true };
      request.data = 1;
      // @ts-expect-error only a copy on its way out has a cache
      request.useCache = false;
      next();
    });
    server.addMiddleware(server.MIDDLEWARE_PUBLISH_OUT, (request, next) => {
      request.useCache = false;
      // @ts-expect-error a copy is not answered
      request.ackData = 1;
      next();
    });
    // @ts-expect-error no such line
    server.addMiddleware('publish', () => undefined);
  });
});

test('next() takes a second argument where a line has one', () => {
  check(({ server }) => {
    server.addMiddleware(server.MIDDLEWARE_HANDSHAKE_SC, ({ socket }, next) => {
      expectTypeOf(socket).toEqualTypeOf<SCSocket<Chat>>();
      next(new Error('full'), 4_600);
      // @ts-expect-error a close code is a number
      next(new Error('full'), true);
    });
    server.addMiddleware(server.MIDDLEWARE_AUTHENTICATE, async ({ authToken, signedAuthToken }, next) => {
      expectTypeOf(authToken).toEqualTypeOf<Record<string, unknown>>();
      expectTypeOf(signedAuthToken).toBeString();
      next(await Promise.resolve('banned'), true);
      // @ts-expect-error a token is bad or not
      next('banned', 4_600);
    });
    server.addMiddleware(server.MIDDLEWARE_EMIT, (_request, next) => {
      // @ts-expect-error a block of an event says nothing more
      next(new Error('no'), 4_600);
    });
  });
});

test('addMiddleware() takes functions in the manner of 0.9, when they say what their arguments are', () => {
  check(({ server }) => {
    type Socket = SCSocket<Chat>;
    const publish = (_socket: Socket, _channel: string, _data: unknown, next: () => void): void => next();
    server.addMiddleware(server.MIDDLEWARE_PUBLISH, publish);
    server.removeMiddleware(server.MIDDLEWARE_PUBLISH, publish);
    server.addMiddleware(server.MIDDLEWARE_EVENT, publish);
    server.addMiddleware(server.MIDDLEWARE_SUBSCRIBE, (_socket: Socket, _channel: string, next: () => void) =>
      next(),
    );
    // @ts-expect-error the data of an event is unknown
    server.addMiddleware(server.MIDDLEWARE_EVENT, (_socket: Socket, _event: string, data: number) => data);
    // @ts-expect-error a subscription has no data of its own
    server.addMiddleware(server.MIDDLEWARE_SUBSCRIBE, publish);
    // @ts-expect-error a handshake has always been one argument
    server.addMiddleware(server.MIDDLEWARE_HANDSHAKE, publish);
  });
});

test('addMiddleware() of a balancer gives each line its arguments', () => {
  const balance = (loadBalancer: LoadBalancer): void => {
    loadBalancer.addMiddleware(loadBalancer.MIDDLEWARE_REQUEST, (request, response, next) => {
      expectTypeOf(request.remoteAddress).toBeString();
      response.writeHead(200);
      next();
    });
    loadBalancer.addMiddleware(loadBalancer.MIDDLEWARE_UPGRADE, (_request, socket, next) => {
      socket.write('');
      // @ts-expect-error an upgrade has a socket, not a response
      socket.writeHead(200);
      next();
    });
  };
  expectTypeOf(balance).toBeFunction();
});

test('AttachedServer<Chat> is a server of the contract that can be closed', () => {
  const work = (server: AttachedServer<Chat>): void => {
    expectTypeOf(server).toExtend<SCServer<Chat>>();
    expectTypeOf(server.close()).toEqualTypeOf<Promise<void>>();
    expectTypeOf(server.port).toBeNumber();
  };
  expectTypeOf(work).toBeFunction();
});

test('one contract types both ends', () => {
  const meet = (client: Client<Chat>, socket: SCSocket<Chat>): void => {
    expectTypeOf(client.invoke('add', { a: 1, b: 2 })).toEqualTypeOf(socket.invoke('add', { a: 1, b: 2 }));
  };
  expectTypeOf(meet).toBeFunction();
});

test('an application does not see what is the server’s own', () => {
  checkUntyped(({ worker, server, socket, exchange }) => {
    // @ts-expect-error for the worker's own use
    socket.raise('x');
    // @ts-expect-error for the worker's own use
    server.admit();
    // @ts-expect-error for the worker's own use
    server.beReady();
    // @ts-expect-error for the worker's own use
    socket.hears('x');
    // @ts-expect-error for the worker's own use
    exchange.deliver();
    // @ts-expect-error for the worker's own use
    void worker.start();
  });
});

test('what an application sees is there: each name is one of the class behind it', () => {
  expectTypeOf<keyof SCWorker>().toExtend<keyof classes.SCWorker>();
  expectTypeOf<keyof SCServer>().toExtend<keyof classes.SCServer>();
  expectTypeOf<keyof SCSocket>().toExtend<keyof classes.SCSocket>();
  expectTypeOf<keyof Exchange>().toExtend<keyof classes.Exchange>();
  expectTypeOf<keyof Session>().toExtend<keyof classes.Session>();
  expectTypeOf<keyof Global>().toExtend<keyof classes.Global>();
  expectTypeOf<ReturnType<classes.Exchange['subscribe']>>().toExtend<Channel>();
});

test('each line that an application may name is one of the server', () => {
  checkUntyped(({ server }) => {
    const { MIDDLEWARE_HANDSHAKE_WS, MIDDLEWARE_HANDSHAKE_SC, MIDDLEWARE_AUTHENTICATE } = server;
    const { MIDDLEWARE_EMIT, MIDDLEWARE_SUBSCRIBE, MIDDLEWARE_PUBLISH_IN, MIDDLEWARE_PUBLISH_OUT } = server;
    const lines = [
      MIDDLEWARE_HANDSHAKE_WS,
      MIDDLEWARE_HANDSHAKE_SC,
      MIDDLEWARE_AUTHENTICATE,
      MIDDLEWARE_EMIT,
      MIDDLEWARE_SUBSCRIBE,
      MIDDLEWARE_PUBLISH_IN,
      MIDDLEWARE_PUBLISH_OUT,
    ];
    expectTypeOf(lines).toEqualTypeOf<(keyof MiddlewareRequests)[]>();
  });
});
