/** What sockets and connections take, as the table of fleets wants it; where nobody looked, more than was ever seen. */
import { estimateOf } from '../../estimate/index.ts';
import type { Measured } from '../../fleet/index.ts';
import type { SocketsFound } from '../checks/index.ts';

/** Bytes that the system itself needs beside all processes of the cluster. */
const SYSTEM_BYTES = 512 * 1_048_576;

/** Of a socket where none was looked at: more than was ever seen of ours, and far from certain. */
const USUAL_SOCKET = estimateOf(16_384, 0.3);
const USUAL_WORKER_BYTES = 80 * 1_048_576;

/** How far a cost may be off that was measured of a process with little to do; mostly it is less when there is more. */
export const PART_LOAD_SPREAD = 0.15;

const USUAL_CONNECT_MICROS = 500;

const MICROSECONDS = 1_000_000;

/** Gives memory by sockets, and the connections a second that a worker takes in. */
export function ofSockets(sockets: SocketsFound | undefined): Pick<Measured, 'connects' | 'memory'> {
  const { connectMicros = USUAL_CONNECT_MICROS, memory, othersBytes = 0 } = sockets ?? {};
  return {
    memory: {
      perSocket: memory?.perSocket ?? USUAL_SOCKET,
      perWorker: memory?.base ?? USUAL_WORKER_BYTES,
      host: SYSTEM_BYTES + othersBytes,
    },
    connects: estimateOf(MICROSECONDS / connectMicros, PART_LOAD_SPREAD),
  };
}
