/** What SIGUSR2 does to a master. */
import { ClusterError } from '../../errors/index.ts';
import type { Log } from '../../observe/log/index.ts';
import type { Cluster } from '../cluster.ts';

/**
 * Has each SIGUSR2 replace the workers, one after the other, unless the option `rebootOnSignal` is false. Returns
 * a function that takes the listener away.
 */
export function rollOnSignal(
  cluster: Pick<Cluster, 'options' | 'rollWorkers'>,
  log: Pick<Log, 'error'>,
): () => void {
  const roll = (): void => {
    cluster.rollWorkers().catch((error: unknown) => {
      const wasStopped = error instanceof ClusterError && error.code === 'RUN_INTERRUPTED';
      if (!wasStopped) {
        log.error({ err: error }, 'a new worker did not get ready');
      }
    });
  };
  if (cluster.options.rebootOnSignal) {
    process.on('SIGUSR2', roll);
  }
  return () => {
    process.off('SIGUSR2', roll);
  };
}
