/** Puts a realtime server behind an HTTP server. */
import type { Server } from 'node:http';
import { createEngine } from '../engine/index.ts';
import { AddressLimit } from './address/index.ts';
import { type Entrance, type EntryOptions, openEntry } from './listen/index.ts';
import type { SCServer } from './server.ts';
import { Visitors } from './session/index.ts';

interface LetInOptions extends Pick<EntryOptions, 'seen'> {
  /** Added to the answer of each upgrade. */
  headers?: readonly string[];
}

/**
 * Lets a realtime server's clients in at its path, until the entrance is closed.
 *
 * @throws ClusterError OPTION_INVALID when another realtime server has the path.
 */
export function letIn(
  scServer: SCServer,
  httpServer: Server,
  { headers = [], ...others }: LetInOptions = {},
): Entrance {
  const { options, sessions, lines } = scServer;
  const { addressSocketLimit, maxPayload, perMessageDeflate, path, origins, wsEngine } = options;
  const serverOptions = options.wsEngineServerOptions;
  const isUpgradeSeen = (): boolean => !lines.isEmpty('handshakeWS');
  return openEntry(httpServer, {
    path,
    origins,
    engine: createEngine(wsEngine, { maxPayload, perMessageDeflate, headers, serverOptions }, scServer.wires),
    admit: scServer.admit,
    visitors: new Visitors(sessions, scServer, { ...options, isUpgradeSeen }),
    authorize: (request, decided) => scServer.authorize(request, decided),
    ...(addressSocketLimit === 0 ? {} : { addresses: new AddressLimit(addressSocketLimit) }),
    ...others,
  });
}
