/** Writes what happens to a cluster's processes into the master's log, last words included. */
import type { Log } from '../observe/log/index.ts';
import type { Cluster } from './cluster.ts';
import type { Origin } from './roles/index.ts';

/** Levels of the log by the option `logLevel`. */
const levels = ['silent', 'error', 'warn', 'info'] as const;

/** The log level that an option value stands for. */
export function levelOf(logLevel: number): (typeof levels)[number] {
  return levels[logLevel] ?? 'info';
}

/** Logs starts and ends of processes from now on. */
export function reportEvents(cluster: Cluster, log: Log): void {
  for (const role of ['worker', 'broker', 'balancer'] as const) {
    // `pid` in a line of the log is the master's own.
    cluster.on(`${role}Start`, ({ pid, ...details }) =>
      log.info({ role, childPid: pid, ...details }, `${role} ${details.id} started`),
    );
    cluster.on(`${role}Exit`, ({ expected, pid, ...details }) => {
      const fields = { role, childPid: pid, ...details };
      if (expected === true) {
        log.info(fields, `${role} ${details.id} ended`);
      } else if (cluster.state().phase !== 'starting') {
        // What fails while the cluster starts is told by whoever started it.
        log.error(fields, `${role} ${details.id} ended unforeseen`);
      }
    });
  }
  cluster.on('info', (text, origin) => log.info(fieldsOf(origin), text));
  cluster.on('warning', (warning, origin) =>
    log.warn({ ...fieldsOf(origin), err: warning }, sentenceOf(warning, origin)),
  );
  cluster.on('error', (error, origin) => {
    // One that ends its process stands among the last words of that.
    if (!origin.isFatal) {
      log.error({ ...fieldsOf(origin), err: error }, sentenceOf(error, origin));
    }
  });
  cluster.on('ready', (addresses) => log.info(addresses, 'ready'));
}

function fieldsOf({ role, id, pid }: Origin): Record<string, unknown> {
  return { role, id, ...(role === 'master' ? {} : { childPid: pid }) };
}

function sentenceOf({ message }: Error, { role, id }: Origin): string {
  return role === 'master' ? message : `${role} ${id}: ${message}`;
}
