/** A broker process: listens for workers until its parent says stop. */
import { createSnapshots } from '../observe/index.ts';
import { runController } from '../process/controller/index.ts';
import { runChild } from '../process/index.ts';
import type { BrokerOptions } from './options.ts';
import { SCBroker } from './process/index.ts';
import { type BrokerServer, startBrokerServer } from './server.ts';

const SNAPSHOT_EVERY_MS = 1_000;

let broker: SCBroker | undefined;
let server: BrokerServer | undefined;

const parent = runChild<BrokerOptions>({
  async start({ controller, id, path, secret, sessionTimeoutMs, talk }) {
    broker = new SCBroker(id, talk, (message) => parent.send(message));
    if (controller !== undefined) {
      await runController('broker', controller, broker);
    }
    const started = await startBrokerServer({ path, secret, sessionTimeoutMs });
    server = started;
    const takeSnapshot = createSnapshots('broker', id, () => started.figures());
    setInterval(() => parent.send({ type: 'snapshot', snapshot: takeSnapshot() }), SNAPSHOT_EVERY_MS).unref();
    return { id, path };
  },
  async stop() {
    await server?.close();
  },
  survive: (error) => broker?.survive(error) ?? false,
  message(message) {
    broker?.hear(message);
  },
});
