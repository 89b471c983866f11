/**
 * The admin endpoint: the cluster's state as JSON, on loopback only. `GET /state` answers a ClusterState,
 * `GET /health` 200 or 503.
 */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ClusterError } from '../errors/index.ts';
import type { ClusterState } from '../observe/index.ts';

export interface Admin {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Starts the endpoint; port 0 takes any free one.
 *
 * @throws ClusterError PORT_IN_USE.
 */
export async function startAdmin(port: number, state: () => ClusterState): Promise<Admin> {
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0];
    const current = state();
    if (path === '/state') {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(current));
      return;
    }
    if (path === '/health') {
      response.writeHead(current.phase === 'ready' ? 200 : 503, { 'Content-Type': 'text/plain' });
      response.end(`${current.phase}\n`);
      return;
    }
    response.writeHead(404, { 'Content-Type': 'text/plain' });
    response.end('Not found; there are /state and /health\n');
  });
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new ClusterError(`Cannot listen on admin port ${port}: another process listens there`, {
      code: 'PORT_IN_USE',
      cause: error,
    });
  }
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
