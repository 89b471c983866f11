/** Puts a realtime server behind an HTTP server. */
import type { Server } from 'node:http';
import { createEngine } from '../engine/index.ts';
import { openEntry } from './listen/index.ts';
import type { SCServer } from './server.ts';
import { Visitors } from './session/index.ts';

/**
 * Lets a realtime server's clients in at its path. Returns what ends that, for new clients.
 *
 * @param headers Added to the answer of each upgrade.
 * @throws ClusterError OPTION_INVALID when another realtime server has the path.
 */
export function letIn(scServer: SCServer, httpServer: Server, headers: readonly string[] = []): () => void {
  const { options, sessions, global, lines } = scServer;
  const { maxPayload, perMessageDeflate, path, origins, wsEngine } = options;
  const isUpgradeSeen = (): boolean => !lines.isEmpty('handshakeWS');
  return openEntry(httpServer, {
    path,
    origins,
    engine: createEngine(wsEngine, { maxPayload, perMessageDeflate, headers }, scServer.wires),
    admit: scServer.admit,
    visitors: new Visitors(sessions, global, { ...options, isUpgradeSeen }),
    authorize: (request, decided) => scServer.authorize(request, decided),
  });
}
