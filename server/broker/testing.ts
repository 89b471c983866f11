/** What the tests of brokers share: a worker's end that remembers, and folders for sockets. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Deliver } from './broker.ts';

/** Tests of whole clusters ask it which channels suffer with a broker. */
export { brokerOf } from './ring.ts';

/** Remembers what was delivered, as `channel:text`, and lets a test wait for so many of them. */
export class Inbox {
  readonly received: string[] = [];
  #wake = (): void => {};

  readonly deliver: Deliver = (channel, payload) => {
    this.received.push(`${channel}:${Buffer.from(payload).toString()}`);
    this.#wake();
  };

  async take(count: number): Promise<string[]> {
    while (this.received.length < count) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.received.slice(0, count);
  }
}

/** A folder that goes when the test has ended. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'broker-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The bytes of a text. */
export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
