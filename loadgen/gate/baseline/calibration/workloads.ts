/**
 * Work that contains no code of this project and resembles what a server of sockets does: parsing, small packets,
 * garbage. How much processor time it takes tells how fast this host is at the moment.
 */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Does one piece of work again and again for some milliseconds, and gives the CPU microseconds of one. */
type Workload = (milliseconds: number) => Promise<number>;

/** Between two looks at the clock. */
const OBJECTS_AT_ONCE = 1_000;
const FRAME_BYTES = 64;
const GARBAGE_BYTES = 100_000_000;
const NUMBER_BYTES = 8;
const NUMBERS_AT_ONCE = 128;

/** An object of 200 bytes as JSON. */
const sample = {
  id: 'c0ffee00-0000-4000-8000-000000000000',
  channel: 'calibration',
  at: 1_700_000_000_000,
  position: { x: 12.5, y: -3.25, z: 0 },
  tags: ['one', 'two', 'three'],
  text: 'The quick brown fox jumps over dogs',
};

/** The workloads by name. */
export const workloads = {
  /** One object to JSON and back. */
  json: (milliseconds) => spend(milliseconds, convertObjects),
  /** 64 bytes to a server on loopback and back. */
  echo: echoFrames,
  /** 100 MB in arrays of one kilobyte that nobody keeps. */
  garbage: (milliseconds) => spend(milliseconds, makeGarbage),
} as const satisfies Record<string, Workload>;

/** Repeats work, which says how many pieces it did, until the time is over. */
async function spend(milliseconds: number, work: () => number | Promise<number>): Promise<number> {
  const before = process.cpuUsage();
  const end = performance.now() + milliseconds;
  let pieces = 0;
  do pieces += await work();
  while (performance.now() < end);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / pieces;
}

function convertObjects(): number {
  let length = 0;
  for (let count = 0; count < OBJECTS_AT_ONCE; count += 1) {
    const object: typeof sample = JSON.parse(JSON.stringify(sample));
    length += object.text.length;
  }
  // Whoever uses the result keeps the work from being left out.
  return length === OBJECTS_AT_ONCE * sample.text.length ? OBJECTS_AT_ONCE : Number.NaN;
}

function makeGarbage(): number {
  let kept: number[] = [];
  for (let bytes = 0; bytes < GARBAGE_BYTES; bytes += NUMBERS_AT_ONCE * NUMBER_BYTES) {
    kept = new Array<number>(NUMBERS_AT_ONCE).fill(bytes + 0.5);
  }
  return kept.length / NUMBERS_AT_ONCE;
}

async function echoFrames(milliseconds: number): Promise<number> {
  const server = createServer({ noDelay: true }, (socket) => socket.pipe(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  try {
    return await spend(milliseconds, () => echoOne(socket));
  } finally {
    socket.destroy();
    server.close();
    await once(server, 'close');
  }
}

const frame = Buffer.alloc(FRAME_BYTES, 'x');

/** Sends one frame and waits until all of it is back. */
function echoOne(socket: Socket): Promise<number> {
  return new Promise((resolve, reject) => {
    let missing = FRAME_BYTES;
    const take = (piece: Buffer): void => {
      missing -= piece.length;
      if (missing > 0) return;
      socket.off('data', take).off('error', reject);
      resolve(1);
    };
    socket.on('data', take).once('error', reject).write(frame);
  });
}
