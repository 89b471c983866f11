/** Entry of a master that another program starts as its child, such as the bench. */
import { createLog } from '../observe/log/index.ts';
import type { OptionsInput } from '../options/index.ts';
import { runChild } from '../process/index.ts';
import { Cluster } from './cluster.ts';
import { levelOf, reportEvents } from './report.ts';
import type { Instrumented } from './roles/index.ts';
import { rollOnSignal } from './serve/index.ts';

let cluster: Cluster | undefined;

/** The options of the cluster, and the process of it that is looked into. */
type MasterStart = OptionsInput & { instrumented?: Instrumented };

runChild<MasterStart>({
  async start({ instrumented, ...options }) {
    const started = new Cluster(options, instrumented);
    cluster = started;
    const { appName, logLevel } = started.options;
    const log = createLog({ level: levelOf(logLevel), name: appName });
    reportEvents(started, log);
    rollOnSignal(started, log);
    await started.start();
    return { port: started.port, adminPort: started.adminPort };
  },
  async stop(_withinMs, { drain }) {
    await (drain === true ? cluster?.drain() : cluster?.stop());
  },
});
