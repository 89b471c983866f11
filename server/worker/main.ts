/** Entry of a worker process, started by the master. */
import { createSnapshots } from '../observe/index.ts';
import { onHandle, take } from '../process/handover/index.ts';
import { runChild } from '../process/index.ts';
import { SCWorker, type WorkerStart } from './worker.ts';

/** Pause between two snapshots, milliseconds. */
const SNAPSHOT_MS = 1_000;

let worker: SCWorker | undefined;

const parent = runChild<WorkerStart>({
  async start(start) {
    const started = new SCWorker(start, (message) => parent.send(message));
    worker = started;
    await started.start();
    const snapshot = createSnapshots('worker', start.id, () => started.counts());
    setInterval(() => parent.send({ type: 'snapshot', snapshot: snapshot() }), SNAPSHOT_MS).unref();
  },
  async stop(withinMs) {
    await worker?.stop(withinMs);
  },
  survive: (error) => worker?.survive(error) ?? false,
  message(message) {
    if (message.type === 'rule') {
      worker?.follow(message['rule'] as Parameters<SCWorker['follow']>[0]);
    } else {
      worker?.hear(message);
    }
  },
});

onHandle(process, ({ head }, handle) => {
  const connection = take(handle, Buffer.from(String(head), 'latin1'));
  if (worker === undefined) {
    connection.destroy();
  } else {
    worker.adopt(connection);
  }
});
