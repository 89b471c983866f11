/** Ends a process in order: what was opened last is closed first, within one deadline. */
import { constants } from 'node:os';

/** One thing that could not be closed. */
export interface ShutdownProblem {
  name: string;
  error: unknown;
}

/** The list of things to close. */
export interface Shutdown {
  /** Adds something to be closed before everything added so far. */
  add(name: string, close: () => Promise<void> | void): void;
  /**
   * Closes everything, each after the one added later, and resolves with what went wrong. At the deadline
   * the one in hand is left, and those that are left over are not begun; each is a problem. Never rejects.
   * Calling it again gives the same answer.
   *
   * @param withinMs Default: the deadline it was made with.
   */
  close(withinMs?: number): Promise<ShutdownProblem[]>;
}

interface Closer {
  name: string;
  close: () => Promise<void> | void;
}

/** Makes an empty list of things to close. `deadlineMs` is the time for all of them together. */
export function createShutdown({ deadlineMs }: { deadlineMs: number }): Shutdown {
  const closers: Closer[] = [];
  let closed: Promise<ShutdownProblem[]> | undefined;
  return {
    add(name, close) {
      closers.push({ name, close });
    },
    close(withinMs = deadlineMs) {
      closed ??= closeAll(closers, withinMs);
      return closed;
    },
  };
}

async function closeAll(closers: Closer[], deadlineMs: number): Promise<ShutdownProblem[]> {
  let timer: NodeJS.Timeout | undefined;
  let isLate = false;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      isLate = true;
      resolve();
    }, deadlineMs);
  });
  const problems: ShutdownProblem[] = [];
  for (const { name, close } of closers.toReversed()) {
    const end = isLate ? late : Promise.race([late, begin(close)]);
    await end.catch((error: unknown) => problems.push({ name, error }));
    if (isLate) {
      problems.push({ name, error: new Error(`Cannot close "${name}": not done within ${deadlineMs} ms`) });
    }
  }
  clearTimeout(timer);
  return problems;
}

async function begin(close: Closer['close']): Promise<void> {
  await close();
}

/** The part of `process` that signals need. */
export type SignalSource = Pick<NodeJS.Process, 'exit' | 'off' | 'on'>;

/** Somebody presses Ctrl-C, a supervisor asks, a terminal closes. */
export const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Hands the first SIGINT, SIGTERM or SIGHUP to the handler; a second one of any ends the process at once,
 * with 128 plus the signal's number. Returns a function that takes the listeners away.
 */
export function onSignals(
  handler: (signal: NodeJS.Signals) => void,
  source: SignalSource = process,
): () => void {
  let seen = false;
  const take = (signal: NodeJS.Signals): void => {
    if (seen) {
      source.exit(128 + constants.signals[signal]);
    }
    seen = true;
    handler(signal);
  };
  for (const signal of ENDING_SIGNALS) {
    source.on(signal, take);
  }
  return () => {
    for (const signal of ENDING_SIGNALS) {
      source.off(signal, take);
    }
  };
}
