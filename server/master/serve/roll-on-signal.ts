/** What SIGUSR2 does to a master. */
import type { Log } from '../../observe/log/index.ts';
import type { SocketCluster } from '../socket-cluster.ts';

/**
 * Has each SIGUSR2 replace the workers, one after the other, unless the option `rebootOnSignal` is false. Returns
 * a function that takes the listener away.
 */
export function rollOnSignal(
  cluster: Pick<SocketCluster, 'options' | 'rollWorkers'>,
  log: Pick<Log, 'error'>,
): () => void {
  const roll = (): void => {
    cluster
      .rollWorkers()
      .catch((error: unknown) => log.error({ err: error }, 'a new worker did not get ready'));
  };
  if (cluster.options.rebootOnSignal) {
    process.on('SIGUSR2', roll);
  }
  return () => {
    process.off('SIGUSR2', roll);
  };
}
