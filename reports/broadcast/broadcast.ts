/**
 * Serves the page of a run to browsers on this host, and tells them of each second by Server-Sent Events.
 * It only ever answers: nothing that a browser sends changes anything.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Run } from '../../loadgen/results/index.ts';
import { ClusterError } from '../../server/errors/index.ts';
import { type Glance, glanceAt } from '../live/index.ts';
import { buildLivePage, buildPage, lastModel, liveModel } from '../page/index.ts';

/** Only this host: the page has no password. */
const HOST = '127.0.0.1';
/** A browser that has so many bytes to read is told nothing more until it has. */
const MOST_WAITING_BYTES = 1_000_000;
/** Time browsers have to take the end of the run, milliseconds. */
const END_WITHIN_MS = 2_000;

export interface Broadcast {
  /** Where browsers find it. */
  readonly url: string;
  /** Begins to tell of a run, which is looked at only while somebody watches. */
  begin(soFar: Glance<Run>): void;
  /** Tells of the run as it is now. */
  show(): void;
  /** Tells how the run ended, with its report. */
  finish(run: Run): void;
  /** Ends, once everybody has been told or is too slow. */
  close(): Promise<void>;
}

/**
 * Starts to listen.
 *
 * @param port 0 for a free one.
 * @throws ClusterError PORT_IN_USE.
 */
export async function startBroadcast(port: number): Promise<Broadcast> {
  const broadcast = new Channel(buildLivePage());
  const server = createServer((request, response) => broadcast.answer(request, response));
  await listen(server, port);
  const { port: given } = server.address() as AddressInfo;
  return {
    url: `http://${HOST}:${given}/`,
    begin: (soFar) => broadcast.begin(soFar),
    show: () => broadcast.show(),
    finish: (run) => broadcast.finish(run),
    close: () => close(server, broadcast),
  };
}

/** All browsers that watch one run. */
class Channel {
  readonly #page: string;
  readonly #watchers = new Set<ServerResponse>();
  /** One for each browser that has the page and did not ask for its events yet: it gives the browser up. */
  readonly #coming = new Set<NodeJS.Timeout>();
  #notify: () => void = () => undefined;
  /** What is told now, also to those who come late: how the run goes, then how it ended. */
  #update: (() => string) | undefined;
  #last = '';

  constructor(page: string) {
    this.#page = page;
  }

  begin(soFar: Glance<Run>): void {
    this.#update = glanceAt(() => eventOf('update', liveModel(soFar())));
  }

  show(): void {
    if (this.#update === undefined || this.#watchers.size === 0) return;
    const text = this.#update();
    if (text !== this.#last) this.#tell(text);
  }

  finish(run: Run): void {
    let done: string | undefined;
    this.#update = () => {
      done ??= eventOf('done', lastModel(run, buildPage(run)));
      return done;
    };
    this.show();
  }

  answer(request: IncomingMessage, response: ServerResponse): void {
    if (!isForUs(request)) return refuse(response, 421, 'This page is for browsers on its own host.');
    if (request.method !== 'GET') return refuse(response, 405, 'Only GET is answered here.');
    if (request.url === '/events') return this.#watch(response);
    if (request.url !== '/') return refuse(response, 404, 'There is one page here: /');
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    response.end(this.#page);
    const coming = setTimeout(() => this.#arrive(coming), END_WITHIN_MS);
    this.#coming.add(coming);
  }

  /** Resolves when all who have the page are told of the run, or are too slow. */
  async allHere(): Promise<void> {
    if (this.#coming.size > 0) await new Promise<void>((resolve) => (this.#notify = resolve));
  }

  /** Ends all answers. */
  end(): void {
    for (const watcher of this.#watchers) watcher.end();
  }

  #watch(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.flushHeaders();
    this.#watchers.add(response);
    response.on('close', () => this.#watchers.delete(response));
    if (this.#update !== undefined) response.write(this.#update());
    this.#arrive([...this.#coming][0]);
  }

  #arrive(coming: NodeJS.Timeout | undefined): void {
    if (coming === undefined) return;
    clearTimeout(coming);
    this.#coming.delete(coming);
    if (this.#coming.size === 0) this.#notify();
  }

  #tell(text: string): void {
    this.#last = text;
    for (const watcher of this.#watchers) {
      if (watcher.writableLength < MOST_WAITING_BYTES) watcher.write(text);
    }
  }
}

function eventOf(name: string, data: object): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** Another site's page may have its name point here; its requests still carry that name. */
function isForUs({ headers }: IncomingMessage): boolean {
  return /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(headers.host ?? '');
}

function refuse(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain' }).end(`${text}\n`);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'EADDRINUSE' ? 'another process listens there' : cause.code;
      const message = `Cannot show the run on port ${port}: ${why}, wanted is a free port`;
      reject(new ClusterError(message, { code: 'PORT_IN_USE', cause }));
    });
    server.listen(port, HOST, resolve);
  });
}

async function close(server: Server, channel: Channel): Promise<void> {
  await channel.allHere();
  channel.end();
  const timer = setTimeout(() => server.closeAllConnections(), END_WITHIN_MS);
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeIdleConnections();
  });
  clearTimeout(timer);
}
