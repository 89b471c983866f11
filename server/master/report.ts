/** Writes what happens to a cluster's processes into the master's log, last words included. */
import type { Log } from '../observe/log/index.ts';
import type { SocketCluster } from './socket-cluster.ts';

/** Levels of the log by the option `logLevel`. */
const levels = ['silent', 'error', 'warn', 'info'] as const;

/** The log level that an option value stands for. */
export function levelOf(logLevel: number): (typeof levels)[number] {
  return levels[logLevel] ?? 'info';
}

/** Logs starts and ends of processes from now on. */
export function reportEvents(cluster: SocketCluster, log: Log): void {
  for (const role of ['worker', 'broker', 'balancer'] as const) {
    cluster.on(`${role}Start`, (details) => log.info({ role, ...details }, `${role} ${details.id} started`));
    cluster.on(`${role}Exit`, ({ expected, ...details }) => {
      if (expected === true) {
        log.info({ role, ...details }, `${role} ${details.id} ended`);
      } else {
        log.error({ role, ...details }, `${role} ${details.id} ended unforeseen`);
      }
    });
  }
  cluster.on('ready', (addresses) => log.info(addresses, 'ready'));
}
