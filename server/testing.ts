/** What tests of the server share; never shipped. */
import { onTestFinished } from 'vitest';
import type { Wire } from './engine/index.ts';
import { type OptionsInput, resolveOptions } from './options/index.ts';

/** How long a test waits for a fact: only what hangs is to end by it, not what shares its machine. */
export const PATIENCE = { timeout: 30_000, interval: 20 };

/** An upgrade request with the fields given in addition. */
export const upgradeWith = (...fields: string[]): string =>
  [
    'GET /socketcluster/ HTTP/1.1',
    'Host: x',
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version: 13',
    ...fields,
    '\r\n',
  ].join('\r\n');

/** A wire that keeps what is written to it. `waiting` and `isOpen` are for the test to set. */
export class FakeWire implements Wire {
  owner: unknown = undefined;
  corked = false;
  waiting = 0;
  isOpen = true;
  readonly frames: Buffer[] = [];
  closedWith: { code: number; reason: string } | undefined;
  corks = 0;
  uncorks = 0;
  #drained: (() => void)[] = [];

  /** Texts of the frames so far; all short enough for a two-byte or four-byte header. */
  get texts(): string[] {
    return this.frames.map((frame) => frame.subarray(frame[1] === 126 ? 4 : 2).toString());
  }

  write(frame: Buffer): void {
    this.frames.push(frame);
  }

  cork(): void {
    this.corks += 1;
  }

  uncork(): void {
    this.uncorks += 1;
  }

  onceDrained(callback: () => void): void {
    this.#drained.push(callback);
  }

  /** Has the peer read everything. */
  drain(): void {
    this.waiting = 0;
    for (const callback of this.#drained.splice(0)) {
      callback();
    }
  }

  isPaused = false;

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    this.isPaused = false;
  }

  close(code: number, reason: string): void {
    this.isOpen = false;
    this.closedWith = { code, reason };
  }

  terminate(): void {
    this.isOpen = false;
  }
}

/** Options with everything a test does not care about filled in. */
export function testOptions(input: Partial<OptionsInput> = {}): ReturnType<typeof resolveOptions> {
  return resolveOptions({ workerController: 'unused.js', authKey: 'secret', ...input });
}

/** Takes away, with the end of the test, the listeners for signals that are added from now on. */
export function forgetSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGUSR2'] as const) {
    const before = process.listeners(signal);
    onTestFinished(() => {
      for (const listener of process.listeners(signal).filter((each) => !before.includes(each))) {
        process.off(signal, listener);
      }
    });
  }
}
