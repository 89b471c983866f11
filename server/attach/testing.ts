/** What tests of attached servers share: servers that end with the test. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { onTestFinished } from 'vitest';
import type { AttachedServer } from './index.ts';

/** An HTTP server that listens on any free port of loopback. */
export async function startHttpServer(server: Server = createServer()): Promise<Server> {
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return server;
}

/** Closes a server with the test, and sends no one away slowly. */
export function closeAtEnd<Closed extends Pick<AttachedServer, 'close'>>(server: Closed): Closed {
  onTestFinished(() => server.close());
  return server;
}
