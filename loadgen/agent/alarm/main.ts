/** The thread of an alarm: waits for an order, then for its time, then rings. A newer order replaces an older. */
import { parentPort, workerData } from 'node:worker_threads';
import { monotonicMs, TIME_OFFSET } from './alarm.ts';

const orders = new Int32Array(workerData, 0, 1);
const time = new Float64Array(workerData, TIME_OFFSET, 1);

let obeyed = 0;
for (;;) {
  Atomics.wait(orders, 0, obeyed);
  obeyed = Atomics.load(orders, 0);
  const restMs = (time[0] ?? 0) - monotonicMs();
  if (restMs > 0) Atomics.wait(orders, 0, obeyed, restMs);
  if (Atomics.load(orders, 0) === obeyed) parentPort?.postMessage(null);
}
