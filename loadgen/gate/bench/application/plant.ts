/** Plants an injection into the application. Without one none of this is loaded into a message's way. */
import { createGarbage, createParsing, standStill } from './burden.ts';
import type { Injection } from './injection.ts';
import type { Server } from './worker.ts';

/** Answers one message. */
type Answer = () => void;

/** How an answer leaves: at once, later, or never. */
export type Way = (answer: Answer) => void;

/** One message in so many is late by `tail`. */
const LATE_ONE_IN = 50;
const SECOND_MS = 1_000;
/** Bytes of memory a connection is taken to have. */
const CONNECTION_BYTES = 8_000;
const BYTES_PER_NUMBER = 8;

/** An injection, and for `parse` the elements of its text and the share of messages it is parsed for. */
export interface Planted extends Injection {
  readonly elements: number;
  readonly share: number;
}

/** Whether what costs CPU or memory for each message does so. */
export interface Power {
  isOn: boolean;
}

/** Gives the way of answers to calls. */
export function wayOf({ kind, size, elements, share }: Planted): Way {
  switch (kind) {
    case 'parse':
      return after(createParsing(elements, share));
    case 'garbage':
      return after(createGarbage(size));
    case 'writes':
      return createSingleFile();
    case 'tail':
      return createTail(size);
    case 'loss':
      return createLoss(size);
    default:
      return (answer) => answer();
  }
}

/** Plants what does not depend on calls. Publications cost nothing more while its power is off. */
export function plant(
  server: Server,
  { kind, size, elements, share }: Planted,
  power: Power = { isOn: true },
): void {
  if (kind === 'stall') setInterval(() => standStill(size), SECOND_MS).unref();
  if (kind === 'memory') server.on('connection', createBallast(size));
  const burden =
    kind === 'parse' ? createParsing(elements, share) : kind === 'garbage' ? createGarbage(size) : undefined;
  if (burden !== undefined) {
    server.addMiddleware(server.MIDDLEWARE_PUBLISH_IN, (_request, next) => {
      if (power.isOn) burden();
      next();
    });
  }
  if (kind === 'loss') {
    const isLost = every(size);
    server.addMiddleware(server.MIDDLEWARE_PUBLISH_OUT, (_request, next) => {
      if (isLost()) next(true);
      else next();
    });
  }
}

function after(burden: () => void): Way {
  return (answer) => {
    burden();
    answer();
  };
}

/** One answer a turn of the loop, so that no two of them share a write. */
function createSingleFile(): Way {
  const waiting: Answer[] = [];
  const next = (): void => {
    waiting.shift()?.();
    if (waiting.length > 0) setImmediate(next);
  };
  return (answer) => {
    waiting.push(answer);
    if (waiting.length === 1) setImmediate(next);
  };
}

function createTail(milliseconds: number): Way {
  const isLate = every(LATE_ONE_IN);
  return (answer) => {
    if (isLate()) setTimeout(answer, milliseconds);
    else answer();
  };
}

function createLoss(oneIn: number): Way {
  const isLost = every(oneIn);
  return (answer) => {
    if (!isLost()) answer();
  };
}

/** Makes a function that is true once in so many calls. */
function every(times: number): () => boolean {
  let count = 0;
  return () => {
    count += 1;
    return count % times === 0;
  };
}

function createBallast(percent: number): (socket: object) => void {
  const length = Math.round((percent / 100) * (CONNECTION_BYTES / BYTES_PER_NUMBER));
  // As long as its socket, and no longer.
  const ballast = new WeakMap<object, number[]>();
  return (socket) => void ballast.set(socket, new Array<number>(length).fill(0.5));
}
