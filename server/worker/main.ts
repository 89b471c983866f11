/** Entry of a worker process, started by the master. */
import { createSnapshots } from '../observe/index.ts';
import type { Farewell } from '../process/farewell/index.ts';
import { onHandle, take } from '../process/handover/index.ts';
import { runChild } from '../process/index.ts';
import { WorkerHost, type WorkerStart } from './worker-host.ts';

let host: WorkerHost | undefined;
let takeSnapshot: (() => unknown) | undefined;

const parent = runChild<WorkerStart>({
  async start(start) {
    const started = new WorkerHost(start, (message) => parent.send(message));
    host = started;
    await started.start();
    takeSnapshot = createSnapshots('worker', start.id, () => started.figures());
  },
  async stop(withinMs, { farewell }) {
    await host?.stop(withinMs, farewell as Farewell | undefined);
  },
  snapshot: () => takeSnapshot?.(),
  survive: (error) => host?.survive(error) ?? false,
  message(message) {
    host?.hear(message);
  },
});

onHandle(process, 'connection', ({ head }, handle) => {
  const connection = take(handle, Buffer.from(String(head), 'latin1'));
  if (host === undefined) {
    connection.destroy();
  } else {
    host.adopt(connection);
  }
});
