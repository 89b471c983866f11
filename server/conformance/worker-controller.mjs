/** The application that the conformance script talks to; runs in every worker. */

/** A flood: so many messages, so often. Enough to have data waiting at each ping, not enough to starve two cores. */
const BURST = 50;
const BURST_EVERY_MS = 20;

/** Code that handshakes are refused with at the moment. */
let refusal;

export function run(worker) {
  const server = worker.getSCServer();
  guard(server);
  server.on('connection', (socket) => {
    answerCalls(worker, socket);
    doAsTold(socket);
  });
  server.on('disconnection', ({ id }, code, reason) => {
    worker.exchange.transmitPublish('ended', { id, code, reason });
  });
  // The published clients cannot subscribe to every legal name; what is published there is told on.
  worker.exchange.subscribe('__proto__').watch((data) => {
    if (worker.isLeader) worker.exchange.transmitPublish('heard', data);
  });
}

/** Blocks what is called `blocked` with an error of the application, and what is called `quiet` in silence. */
function guard(server) {
  const decide = (name, next) => {
    if (name === 'quiet') return next(true);
    if (name !== 'blocked') return next();
    return next(Object.assign(new Error('not allowed'), { name: 'MyBlockError', extra: { a: 1 } }));
  };
  server.addMiddleware(server.MIDDLEWARE_HANDSHAKE_SC, (_request, next) => {
    if (refusal === undefined) return next();
    return next(Object.assign(new Error('go away'), { name: 'MyRefusal' }), refusal);
  });
  server.addMiddleware(server.MIDDLEWARE_EMIT, ({ event }, next) => decide(event, next));
  server.addMiddleware(server.MIDDLEWARE_SUBSCRIBE, ({ channel }, next) => decide(channel, next));
  server.addMiddleware(server.MIDDLEWARE_PUBLISH_IN, ({ channel }, next) => decide(channel, next));
}

function answerCalls(worker, socket) {
  socket.on('echo', (data, respond) => respond(null, data));
  socket.on('go wrong', (_data, respond) => respond(Object.assign(new Error('boom'), { code: 'E1' })));
  socket.on('go wrong in words', (_data, respond) => respond('plain words'));
  socket.on('where', (_data, respond) => respond(null, { worker: worker.id, pid: process.pid }));
  socket.on('who', (_data, respond) => respond(null, socket.authToken?.username ?? null));
  socket.on('refuse', (code, respond) => {
    refusal = code ?? undefined;
    respond();
  });
  socket.on('ask', async (data, respond) => respond(null, await socket.invoke('question', data)));
  socket.on('login', (username, respond) => {
    socket.setAuthToken({ username });
    respond();
  });
  socket.on('log out', (_data, respond) => {
    socket.deauthenticate();
    respond();
  });
  socket.on('kick', (channel, respond) => {
    socket.kickOut(channel, 'out');
    respond();
  });
}

function doAsTold(socket) {
  let flood;
  socket.on('say back', (data) => socket.emit('said', data));
  socket.on('leave', ({ code, data }) => socket.disconnect(code, data));
  socket.on('flood', () => {
    flood = setInterval(() => {
      for (let count = 0; count < BURST; count += 1) socket.emit('drop', 'x'.repeat(100));
    }, BURST_EVERY_MS);
  });
  socket.on('enough', (_data, respond) => {
    clearInterval(flood);
    respond();
  });
  socket.on('disconnect', () => clearInterval(flood));
}
