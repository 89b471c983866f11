/** A broker process: listens for workers until its parent says stop. */
import { createSnapshots } from '../observe/index.ts';
import { MasterLine, runController } from '../process/controller/index.ts';
import { runChild } from '../process/index.ts';
import type { BrokerOptions } from './options.ts';
import { SCBroker } from './process/index.ts';
import { type BrokerServer, startBrokerServer } from './server.ts';

let line: MasterLine | undefined;
let takeSnapshot: (() => unknown) | undefined;
let server: BrokerServer | undefined;

const parent = runChild<BrokerOptions>({
  async start({ cluster, controller, hostId, id, mayBeAlone, path, secret, sessionTimeoutMs, talk }) {
    line = new MasterLine(`broker ${id}`, talk, (message) => parent.send(message));
    const broker = new SCBroker(id, line);
    if (controller !== undefined) {
      await runController('broker', controller, broker);
    }
    const hosts =
      cluster === undefined || hostId === undefined
        ? {}
        : { hosts: { cluster, hostId, id, mayBeAlone: mayBeAlone === true } };
    const warn = (problem: Error): void => line?.report('warning', problem);
    const started = await startBrokerServer({ path, secret, sessionTimeoutMs, warn, ...hosts });
    server = started;
    takeSnapshot = createSnapshots('broker', id, () => started.figures());
    return { id, path };
  },
  async stop() {
    await server?.close();
  },
  snapshot: () => takeSnapshot?.(),
  survive: (error) => line?.survive(error) ?? false,
  message(message) {
    line?.take(message);
  },
});
