/** What a cluster of given options consists of; pure. */
import { ClusterError } from '../errors/index.ts';
import type { Options } from '../options/index.ts';

/** Descriptors a worker needs besides its clients' sockets: links, files, spare ones to refuse with. */
const RESERVED_DESCRIPTORS = 256;

/** A unix socket's path may be no longer, on the strictest of the usual systems (macOS), bytes. */
const MAX_SOCKET_PATH_BYTES = 103;

/** A worker listens at its path with its process id behind it first. */
const MOST_DIGITS_OF_PID = '4194304';

export interface ClusterPlan {
  /** Unix socket of each broker. */
  brokerPaths: string[];
  workers: number;
  /** Private unix socket of each worker; empty without balancers, as workers own the public port then. */
  workerPaths: string[];
  /** Connections one worker, or balancer, may hold. */
  maxConnections: number;
}

/**
 * Lays a cluster out.
 *
 * @param socketFolder Folder of the unix sockets.
 * @param descriptorLimit Descriptors one process may open.
 * @throws ClusterError LIMIT_EXCEEDED when the folder's path is too long for a unix socket.
 */
export function planCluster(options: Options, socketFolder: string, descriptorLimit: number): ClusterPlan {
  const brokerPaths = Array.from({ length: options.brokers }, (_, id) => `${socketFolder}/b${id}`);
  const behindBalancers = options.balancers > 0 ? options.workers : 0;
  const workerPaths = Array.from({ length: behindBalancers }, (_, id) => `${socketFolder}/w${id}`);
  const paths = [...brokerPaths, ...workerPaths.map((path) => `${path}.${MOST_DIGITS_OF_PID}`)];
  const longest = Math.max(...paths.map((path) => Buffer.byteLength(path)));
  if (longest > MAX_SOCKET_PATH_BYTES) {
    throw new ClusterError(
      `Cannot make unix sockets in "${socketFolder}": the path has ${longest} bytes, wanted are at most ${MAX_SOCKET_PATH_BYTES}; name a shorter folder in socketRoot`,
      { code: 'LIMIT_EXCEEDED' },
    );
  }
  return {
    brokerPaths,
    workers: options.workers,
    workerPaths,
    maxConnections: Math.max(1, descriptorLimit - RESERVED_DESCRIPTORS),
  };
}
