/** The ways to a realtime server without a cluster: at an HTTP server of the caller's, or at a port. */
import { Server as HttpServer, type Server } from 'node:http';
import { Server as HttpsServer } from 'node:https';
import { inspect } from 'node:util';
import type { SCServer } from '../application/index.ts';
import type { ServerOptions } from '../options/index.ts';
import type { Contract, Untyped } from '../protocol/index.ts';
import { createHttpServer } from '../worker/index.ts';
import { Attached, Listening } from './attached.ts';
import { type AttachOptions, resolveAttachOptions } from './options.ts';

const MAX_PORT = 65_535;

/** A realtime server in its caller's own process. */
export interface AttachedServer<C extends Contract = Untyped>
  extends SCServer<C>,
    Pick<Attached, 'close' | 'drain' | 'httpServer' | 'port'> {}

/** Options of a realtime server with an HTTP server of its own. */
export interface ListenOptions extends AttachOptions {
  /** Address to listen on; all addresses when absent. */
  host?: string | undefined;
}

/**
 * Puts a realtime server behind an HTTP or HTTPS server, which may listen already and do anything else besides.
 * What it does not know, requests and upgrades at other paths, is left to whoever listens to the HTTP server.
 *
 * @throws ClusterError OPTION_INVALID naming every option that is wrong; TypeError when it gets no HTTP server.
 */
export function attach<C extends Contract = Untyped>(
  httpServer: Server,
  options: AttachOptions = {},
): AttachedServer<C> {
  const given: unknown = httpServer;
  if (!(given instanceof HttpServer || given instanceof HttpsServer)) {
    throw new TypeError(
      `Cannot attach to ${shortly(httpServer)}: wanted is a server of node:http or node:https, such as http.createServer(app)`,
    );
  }
  return typed<C>(new Attached(httpServer, resolve(options)));
}

/**
 * Listens on a port; 0 takes any free one, which `port` tells from `callback` on. What goes wrong meanwhile, such
 * as a port that is taken, is an error event of its `httpServer`, and ends a program that does not listen to it.
 *
 * @throws ClusterError OPTION_INVALID naming every option that is wrong; TypeError for wrong arguments.
 */
export function listen<C extends Contract = Untyped>(port: number, callback?: () => void): AttachedServer<C>;
export function listen<C extends Contract = Untyped>(
  port: number,
  options?: ListenOptions,
  callback?: () => void,
): AttachedServer<C>;
export function listen<C extends Contract = Untyped>(
  port: number,
  given: ListenOptions | (() => void) = {},
  after?: () => void,
): AttachedServer<C> {
  if (!Number.isInteger(port) || port < 0 || port > MAX_PORT) {
    throw new TypeError(
      `Cannot listen on port ${shortly(port)}: wanted is a whole number from 0 to ${MAX_PORT}`,
    );
  }
  const [all, callback] = typeof given === 'function' ? [{}, given] : [given, after];
  if (callback !== undefined && typeof callback !== 'function') {
    throw new TypeError(
      `Cannot call back ${shortly(callback)} when the server listens: wanted is a function`,
    );
  }
  const { host, ...options } = Object(all) as ListenOptions;
  const server = new Listening(createHttpServer(), resolve(all === Object(all) ? options : all));
  server.httpServer.listen({ port, ...(host === undefined ? {} : { host }) }, callback);
  return typed<C>(server);
}

function resolve(options: AttachOptions): ServerOptions {
  return resolveAttachOptions(options, (sentence) => process.emitWarning(sentence, 'SocketClusterWarning'));
}

function shortly(value: unknown): string {
  return inspect(value, { depth: -1 });
}

/** A contract is a promise between types: at run time all servers are alike. */
function typed<C extends Contract>(server: Attached): AttachedServer<C> {
  return server as unknown as AttachedServer<C>;
}
