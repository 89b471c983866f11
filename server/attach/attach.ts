/** The ways to a realtime server without a cluster: at an HTTP server of the caller's, or at a port. */
import type { Server } from 'node:http';
import { Server as NetServer } from 'node:net';
import type { SCServer } from '../application/index.ts';
import type { Contract, Untyped } from '../protocol/index.ts';
import { createHttpServer } from '../worker/index.ts';
import { Attached, Listening } from './attached.ts';
import { type AttachOptions, resolveAttachOptions } from './options.ts';

/** A realtime server in its caller's own process. */
export interface AttachedServer<C extends Contract = Untyped>
  extends SCServer<C>,
    Pick<Attached, 'close' | 'httpServer' | 'port'> {}

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
  if (!(httpServer instanceof NetServer)) {
    throw new TypeError(
      `Cannot attach to a value of type ${typeof httpServer}: wanted is a server of node:http or node:https, such as http.createServer(app)`,
    );
  }
  return typed<C>(new Attached(httpServer, resolveAttachOptions(options)));
}

/**
 * Listens on a port; 0 takes any free one, which `port` tells from `callback` on. What goes wrong meanwhile is
 * an error event of its `httpServer`.
 *
 * @throws ClusterError OPTION_INVALID naming every option that is wrong.
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
  const [{ host, ...options }, callback] = typeof given === 'function' ? [{}, given] : [given, after];
  const server = new Listening(createHttpServer(), resolveAttachOptions(options));
  server.httpServer.listen({ port, ...(host === undefined ? {} : { host }) }, callback);
  return typed<C>(server);
}

/** A contract is a promise between types: at run time all servers are alike. */
function typed<C extends Contract>(server: Attached): AttachedServer<C> {
  return server as unknown as AttachedServer<C>;
}
