/** Runs a cluster as the one task of this process, for the command line and for applications of their own. */
import { ClusterError } from '../../errors/index.ts';
import { createLog } from '../../observe/log/index.ts';
import { onSignals } from '../../process/index.ts';
import type { Cluster } from '../cluster.ts';
import { levelOf, reportEvents } from '../report.ts';
import { rollOnSignal } from './roll-on-signal.ts';

/**
 * Starts a cluster, logs what happens to its processes, and says where it listens. The first SIGTERM drains it, the
 * first SIGINT or SIGHUP stops it; with that the process ends by itself, a second one of any ends it at once. SIGUSR2
 * replaces its workers, one after the other.
 *
 * @throws ClusterError what `start` throws. Nothing is left running then.
 */
export async function serve(
  cluster: Cluster,
  output: { write(text: string): unknown } = process.stdout,
): Promise<void> {
  const log = createLog({ level: levelOf(cluster.options.logLevel), name: cluster.options.appName });
  reportEvents(cluster, log);
  const ignoreSignals = onSignals((signal) => {
    log.info({ signal }, signal === 'SIGTERM' ? 'draining' : 'stopping');
    void (signal === 'SIGTERM' ? cluster.drain() : cluster.stop());
  });
  const ignoreRoll = rollOnSignal(cluster, log);
  try {
    await cluster.start();
  } catch (error) {
    ignoreSignals();
    ignoreRoll();
    throw error;
  }
  output.write(`${describe(cluster)}\n`);
}

/** Writes why a command failed on stderr and gives the exit code that says so. */
export function explainFailure(
  error: unknown,
  output: { write(text: string): unknown } = process.stderr,
): number {
  if (error instanceof ClusterError) {
    output.write(`${error.message}\n`);
    return error.exitCode;
  }
  output.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  return 1;
}

function describe({ adminPort, options, port }: Cluster): string {
  const { adminHost, balancers, brokers, host = 'localhost', protocol, workers } = options;
  const processes = [
    count(workers, 'worker'),
    count(brokers, 'broker'),
    ...(balancers > 0 ? [count(balancers, 'balancer')] : []),
  ];
  const list = new Intl.ListFormat('en').format(processes);
  const state = `http://${inUrl(adminHost)}:${adminPort}/state`;
  return `Listening at ${protocol}://${inUrl(host)}:${port}/ with ${list}; state at ${state}`;
}

function inUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
