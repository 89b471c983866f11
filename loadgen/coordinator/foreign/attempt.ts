/** One connection to a target, made before the load to see what it speaks. */
import { type DriverEvents, loadDriver } from '../../drivers/index.ts';
import type { ConnectSpec, DriverName, PlannedBehaviour } from '../../plan/index.ts';
import type { ForeignTarget } from './find.ts';

/** How to connect. */
export interface AttemptOptions {
  target: ForeignTarget;
  driver: DriverName;
  connect: ConnectSpec;
  /** Whether any certificate is taken. */
  insecure: boolean;
  behaviour: PlannedBehaviour;
  /** Sent once the connection is open, by users that send messages. Default false. */
  sends?: boolean;
  /** Milliseconds. */
  withinMs: number;
}

/**
 * What came of it: `open`, `silent` when what was sent had no answer in time, or why the connection failed or ended,
 * in the words of the drivers; `timeout` when it did not open in time.
 */
export type Attempted = string;

/** Connects once, as the first user would, and leaves nothing behind. */
export async function attempt(options: AttemptOptions): Promise<Attempted> {
  const { target, connect, behaviour, insecure, sends = false, withinMs } = options;
  const create = await loadDriver(options.driver);
  const { promise, settle } = outcome();
  let isOpen = false;
  const driver = create({
    users: 1,
    behaviours: [behaviour],
    groups: [0],
    numbers: [0],
    target: { ...target, secure: target.url.startsWith('wss:'), insecure },
    address: target.address,
    connect,
    protocolVersion: 'auto',
    clock: { now: () => performance.now() / 1000, startEpochMs: performance.timeOrigin },
    events: eventsOf(settle, () => {
      isOpen = true;
      if (!sends) return settle('open');
      if (behaviour.kind === 'messages' && behaviour.correlate !== '') driver.call(0, 0);
      else driver.send(0, 1);
    }),
  });
  driver.connect(0, undefined);
  const timer = setTimeout(() => settle(isOpen ? 'silent' : 'timeout'), withinMs);
  const attempted = await promise;
  clearTimeout(timer);
  await driver.close();
  return attempted;
}

function eventsOf(settle: (attempted: Attempted) => void, opened: () => void): DriverEvents {
  return {
    opened,
    refused: (_user, cause) => settle(cause),
    closed: (_user, cause) => settle(cause),
    answer: () => settle('open'),
    response: () => settle('open'),
    subscribed: ignore,
    push: ignore,
    event: ignore,
  };
}

function outcome(): { promise: Promise<Attempted>; settle: (attempted: Attempted) => void } {
  let settle: (attempted: Attempted) => void = ignore;
  const promise = new Promise<Attempted>((resolve) => {
    settle = resolve;
  });
  return { promise, settle: (attempted) => settle(attempted) };
}

function ignore(): void {}
