/** Entry of a master that another program starts as its child, such as the bench. */
import { createLog } from '../observe/log/index.ts';
import type { OptionsInput } from '../options/index.ts';
import { runChild } from '../process/index.ts';
import { Cluster } from './cluster.ts';
import { levelOf, reportEvents } from './report.ts';
import { rollOnSignal } from './serve/index.ts';

let cluster: Cluster | undefined;

runChild<OptionsInput>({
  async start(options) {
    const started = new Cluster(options);
    cluster = started;
    const { appName, logLevel } = started.options;
    const log = createLog({ level: levelOf(logLevel), name: appName });
    reportEvents(started, log);
    rollOnSignal(started, log);
    await started.start();
    return { port: started.port, adminPort: started.adminPort };
  },
  async stop() {
    await cluster?.stop();
  },
});
