/** Finds out before anything is started whether a port can be had, and which one 0 stands for. */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { ClusterError } from '../errors/index.ts';

/**
 * Claims a port for a moment. Workers and their successors then all listen on the number returned, also
 * when 0 was asked for.
 *
 * @throws ClusterError PORT_IN_USE, or OPTION_INVALID when the address or the port may not be used.
 */
export async function claimPort(port: number, host: string | undefined): Promise<number> {
  const server = createServer();
  server.listen({ port, ...(host === undefined ? {} : { host }) });
  try {
    await once(server, 'listening');
  } catch (error) {
    throw explain(error, port, host);
  }
  const claimed = (server.address() as AddressInfo).port;
  server.close();
  await once(server, 'close');
  return claimed;
}

function explain(error: unknown, port: number, host: string | undefined): ClusterError {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EADDRINUSE') {
    return new ClusterError(`Cannot listen on port ${port}: another process listens there`, {
      code: 'PORT_IN_USE',
      cause: error,
    });
  }
  const where = host === undefined ? `port ${port}` : `port ${port} of "${host}"`;
  const why = code === 'EACCES' ? 'this user may not use it, wanted is one from 1024 on' : String(code);
  return new ClusterError(`Cannot listen on ${where}: ${why}`, { code: 'OPTION_INVALID', cause: error });
}
