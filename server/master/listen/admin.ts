/**
 * The admin endpoint, on loopback unless `adminHost` says otherwise: `/state` is a ClusterState as JSON, `/metrics` the same for
 * Prometheus, `/live` answers 200 as long as the master does, `/ready` 503 while nobody takes clients: no worker
 * runs, or no balancer where there are any.
 */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ClusterState } from '../../observe/index.ts';
import { explainListen } from './port.ts';

export interface Admin {
  readonly port: number;
  close(): Promise<void>;
}

/** Where the endpoint listens. */
export interface AdminPlace {
  /** 0 takes any free one. */
  adminPort: number;
  adminHost: string;
}

/**
 * Starts the endpoint.
 *
 * @throws ClusterError PORT_IN_USE, or OPTION_INVALID when the address or the port may not be used.
 */
export async function startAdmin(
  { adminHost, adminPort }: AdminPlace,
  state: () => ClusterState,
): Promise<Admin> {
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0] ?? '';
    void answer(path, state).then(({ status, type, body }) => {
      response.writeHead(status, { 'Content-Type': type });
      response.end(body);
    });
  });
  server.listen(adminPort, adminHost);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw explainListen(error, `admin port ${adminPort}`, adminHost);
  }
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

interface Answer {
  status: number;
  type: string;
  body: string;
}

const TEXT = 'text/plain';

async function answer(path: string, state: () => ClusterState): Promise<Answer> {
  switch (path) {
    case '/state':
      return { status: 200, type: 'application/json', body: JSON.stringify(state()) };
    case '/metrics': {
      // Loaded when somebody scrapes: a master nobody scrapes is smaller by it.
      const { formatMetrics, METRICS_TYPE } = await import('./metrics.ts');
      return { status: 200, type: METRICS_TYPE, body: await formatMetrics(state()) };
    }
    case '/live':
      return { status: 200, type: TEXT, body: 'live\n' };
    case '/ready': {
      const { isReady, phase } = state();
      const body = isReady || phase !== 'ready' ? phase : 'nobody takes clients';
      return { status: isReady ? 200 : 503, type: TEXT, body: `${body}\n` };
    }
    default:
      return { status: 404, type: TEXT, body: 'Not found; there are /state, /metrics, /live and /ready\n' };
  }
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
