/** The application. Every worker process loads this file and calls run(worker) once. */
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Middleware, SCWorker } from 'socketcluster';

/** What clients and server say to each other. Names and data that are not in here do not compile. */
interface App {
  events: { sampleClientEvent: unknown };
  procedures: { ping(from?: { from: string }): { count: number; worker: number } };
  channels: { chat: { from: string; text: string }; pong: { worker: number } };
}

/** What browsers may ask for. */
const files = new Map([
  ['/', file('public/index.html', 'text/html')],
  ['/style.css', file('public/style.css', 'text/css')],
  ['/app.js', file('public/app.js', 'text/javascript')],
  ['/socketcluster.js', file(import.meta.resolve('socketcluster/browser'), 'text/javascript')],
]);

export function run(worker: SCWorker<App>): void {
  const { httpServer, scServer } = worker;

  // All requests but those of the clients' WebSockets. A framework fits here: httpServer.on('req', app).
  httpServer.on('req', serveFile);

  // Each publication of a client passes here before anybody gets it.
  scServer.addMiddleware(scServer.MIDDLEWARE_PUBLISH_IN, allowChat);

  scServer.on('connection', (socket) => {
    let count = 0;

    // A call: respond answers this client alone, with an error or with data.
    socket.on('ping', (_data, respond) => {
      count += 1;
      respond(null, { count, worker: worker.id });
      // A publication: every client that has subscribed hears it, on whichever worker it is.
      scServer.exchange.transmitPublish('pong', { worker: worker.id });
    });

    // An event: nobody waits for an answer.
    socket.on('sampleClientEvent', (data) => console.log('sampleClientEvent', data));
  });
}

function file(path: string, type: string): { url: URL; type: string } {
  return { url: new URL(path, import.meta.url), type: `${type}; charset=utf-8` };
}

/** Answers with one of the files above. They are read anew each time, so that a reload shows what changed. */
async function serveFile(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const found = files.get(request.url?.split('?')[0] ?? '/');
  // What cannot be read is not there.
  const content = found && (await readFile(found.url).catch(() => undefined));
  if (found === undefined || content === undefined) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'Content-Type': found.type }).end(content);
}

/** Clients may publish chat messages and nothing else: the channel "pong" is the worker's own. */
const allowChat: Middleware<App, 'publishIn'> = ({ channel, data }, next) => {
  const { from, text } = (data ?? {}) as Record<string, unknown>;
  const isMessage = typeof from === 'string' && typeof text === 'string' && text.length <= 200;
  next(channel === 'chat' && isMessage ? undefined : new Error('Only chat messages may be published'));
};
