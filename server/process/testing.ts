/** Stand-ins for the tests of supervision: a child without a process, a clock that is moved by hand. */
import type { Clock } from './attempt.ts';
import type { Message } from './ipc.ts';
import type { Child, Exit } from './start.ts';

/** A child that does what a test says. */
export class FakeChild implements Child {
  readonly pid: number;
  readonly received: Message[] = [];
  readonly killed: string[] = [];
  #takeMessage: ((message: Message) => void) | undefined;
  #takeExit: ((exit: Exit) => void) | undefined;

  constructor(pid: number) {
    this.pid = pid;
  }

  send(message: Message): void {
    this.received.push(message);
  }

  onMessage(listener: (message: Message) => void): void {
    this.#takeMessage = listener;
  }

  onExit(listener: (exit: Exit) => void): void {
    this.#takeExit = listener;
  }

  kill(signal = 'SIGTERM'): void {
    this.killed.push(signal);
    this.exit({ code: null, signal });
  }

  say(message: Message): void {
    this.#takeMessage?.(message);
  }

  exit(exit: Partial<Exit>): void {
    this.#takeExit?.({ code: null, signal: null, lastWords: '', ...exit });
  }
}

/** A clock that stands still until a test moves it. */
export class FakeClock implements Clock {
  #now = 0;
  #timers: { at: number; callback: () => void }[] = [];

  /** Milliseconds until each timer that is set. */
  get pending(): number[] {
    return this.#timers.map(({ at }) => at - this.#now);
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { at: this.#now + ms, callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  pass(ms: number): void {
    this.#now += ms;
    const due = this.#timers.filter(({ at }) => at <= this.#now);
    this.#timers = this.#timers.filter(({ at }) => at > this.#now);
    for (const { callback } of due) {
      callback();
    }
  }
}

/** Lets everything that is already settled be heard. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
