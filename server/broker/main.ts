/** A broker process: listens for workers until its parent says stop. */
import { createSnapshots } from '../observe/index.ts';
import { loadController } from '../process/controller/index.ts';
import { runChild } from '../process/index.ts';
import type { BrokerOptions, SCBroker } from './options.ts';
import { type BrokerServer, startBrokerServer } from './server.ts';

const SNAPSHOT_EVERY_MS = 1_000;

let server: BrokerServer | undefined;

const parent = runChild<BrokerOptions>({
  async start({ controller, id, path, secret, sessionTimeoutMs }) {
    const run = controller === undefined ? undefined : await loadController<SCBroker>('broker', controller);
    await run?.({ id });
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
