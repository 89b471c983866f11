/** Finds out before anything is started whether a port can be had, and which one 0 stands for. */
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { ClusterError } from '../../errors/index.ts';

/**
 * Ports that 0 stands for: below those the kernel gives to outgoing connections, or one of these could take
 * the port while workers are being started, or started again.
 */
const FREE_PORTS = { first: 20_000, last: 32_000 } as const;
/** Ports that are tried before 0 is given up. */
const MOST_TRIES = 50;

/**
 * Claims a port for a moment. Workers and their successors then all listen on the number returned, also
 * when 0 was asked for.
 *
 * @throws ClusterError PORT_IN_USE, or OPTION_INVALID when the address or the port may not be used.
 */
export async function claimPort(port: number, host: string | undefined): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    const candidate = port === 0 ? randomInt(FREE_PORTS.first, FREE_PORTS.last) : port;
    try {
      await touch(candidate, host);
      return candidate;
    } catch (error) {
      const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
      if (!isTaken || port !== 0 || tries === MOST_TRIES) {
        throw explainListen(error, `port ${port}`, host);
      }
    }
  }
}

/** Listens for a moment. */
async function touch(port: number, host: string | undefined): Promise<void> {
  const server = createServer();
  server.listen({ port, ...(host === undefined ? {} : { host }) });
  await once(server, 'listening');
  server.close();
  await once(server, 'close');
}

/** Puts the system's refusal to listen into a sentence. `port` as it is called there, such as `port 8000`. */
export function explainListen(error: unknown, port: string, host?: string): ClusterError {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EADDRINUSE') {
    return new ClusterError(`Cannot listen on ${port}: another process listens there`, {
      code: 'PORT_IN_USE',
      cause: error,
    });
  }
  const where = host === undefined ? port : `${port} of "${host}"`;
  const why = code === 'EACCES' ? 'this user may not use it, wanted is one from 1024 on' : String(code);
  return new ClusterError(`Cannot listen on ${where}: ${why}`, { code: 'OPTION_INVALID', cause: error });
}
