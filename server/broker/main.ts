/** A broker process: listens for workers until its parent says stop. */
import { createSnapshots } from '../observe/index.ts';
import { runChild } from '../process/index.ts';
import type { BrokerOptions } from './options.ts';
import { type BrokerServer, startBrokerServer } from './server.ts';

const SNAPSHOT_EVERY_MS = 1_000;

let server: BrokerServer | undefined;

const parent = runChild<BrokerOptions>({
  async start({ id, path, secret, sessionTimeoutMs }) {
    const started = await startBrokerServer({ path, secret, sessionTimeoutMs });
    server = started;
    const takeSnapshot = createSnapshots('broker', id, () => started.figures());
    setInterval(() => parent.send({ type: 'snapshot', snapshot: takeSnapshot() }), SNAPSHOT_EVERY_MS).unref();
    return { id, path };
  },
  async stop() {
    await server?.close();
  },
});
