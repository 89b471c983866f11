/** The thread of an alarm: waits for the time of the newest order, then rings, once for each. */
import { parentPort, workerData } from 'node:worker_threads';
import { LOOK_OFFSET, monotonicMs, SHORTEST_REST_MS, TIME_OFFSET } from './alarm.ts';

const orders = new Int32Array(workerData, 0, 1);
const time = new Float64Array(workerData, TIME_OFFSET, 1);
const look = new Float64Array(workerData, LOOK_OFFSET, 1);

/** Nobody ever wakes who waits for this. */
const never = new Int32Array(new SharedArrayBuffer(4));

let obeyed = 0;
for (;;) {
  const order = Atomics.load(orders, 0);
  const ringAt = order === obeyed ? Number.POSITIVE_INFINITY : (time[0] ?? 0);
  const restMs = ringAt - monotonicMs();
  if (restMs > 0) {
    look[0] = ringAt;
    // Orders for a later time do not wake it: it finds them here when it has slept.
    Atomics.wait(orders, 0, order, restMs);
  } else {
    obeyed = order;
    look[0] = monotonicMs() + SHORTEST_REST_MS;
    parentPort?.postMessage(null);
    Atomics.wait(never, 0, 0, SHORTEST_REST_MS);
  }
}
