import { expect, onTestFinished, test, vi } from 'vitest';
import { PATIENCE } from '../../../testing.ts';
import type { Connection, Take } from './connection.ts';
import { Line } from './line.ts';

/** A connection whose other end is the test. */
class FakeConnection implements Connection {
  readonly server = 'fake';
  readonly maxPayload = 1_000;
  readonly ended: Promise<Error>;
  readonly takes = new Map<string, Take>();
  readonly published: string[] = [];
  end: (reason: Error) => void = () => {};
  isClosed = false;
  answers = true;
  #asking: (() => void)[] = [];

  constructor() {
    this.ended = new Promise((resolve) => {
      this.end = resolve;
    });
  }

  publish(subject: string, bytes: Uint8Array): void {
    this.published.push(`${subject} ${bytes.length}`);
  }

  subscribe(subject: string, take: Take): () => void {
    this.takes.set(subject, take);
    return () => this.takes.delete(subject);
  }

  confirm(): Promise<void> {
    return new Promise((resolve) => {
      if (this.answers) resolve();
      else this.#asking.push(resolve);
    });
  }

  answer(): void {
    for (const resolve of this.#asking.splice(0)) resolve();
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.end(new Error('closed'));
  }
}

async function begin() {
  const connections: FakeConnection[] = [];
  const heard: string[] = [];
  let failing = 0;
  const line = new Line({
    dial: async () => {
      if (failing > 0) {
        failing -= 1;
        throw new Error('nobody there');
      }
      const connection = new FakeConnection();
      connections.push(connection);
      return connection;
    },
    onUp: () => heard.push('up'),
    onDown: ({ message }) => heard.push(`down: ${message}`),
    onFailure: (failures, { message }) => heard.push(`failure ${failures}: ${message}`),
    onRefusal: () => {},
  });
  onTestFinished(() => line.close());
  const fail = (times: number) => {
    failing = times;
  };
  return { line, connections, heard, fail };
}

test('Line asks again on each new connection for all that is to be heard, and only that', async () => {
  const { line, connections, heard, fail } = await begin();
  const taken: string[] = [];
  line.subscribe('early', (bytes) => taken.push(`early ${bytes}`));
  await line.open();
  line.subscribe('late', (bytes) => taken.push(`late ${bytes}`));
  line.subscribe('gone', () => {});
  line.unsubscribe('gone');
  expect([...connections[0]!.takes.keys()]).toEqual(['early', 'late']);
  fail(2);
  connections[0]!.end(new Error('cut'));
  await vi.waitFor(() => expect(line.isUp).toBe(false), PATIENCE);
  line.unsubscribe('late');
  await vi.waitFor(() => expect(connections).toHaveLength(2), PATIENCE);
  expect([...connections[1]!.takes.keys()]).toEqual(['early']);
  connections[1]!.takes.get('early')!(Buffer.from('x'));
  expect(taken).toEqual(['early x']);
  expect(heard).toEqual(['up', 'down: cut', 'failure 1: nobody there', 'failure 2: nobody there', 'up']);
  expect(connections[0]!.isClosed).toBe(true);
});

test('publish() refuses at once what cannot be handed over, so that nothing waits for a connection', async () => {
  const { line, connections } = await begin();
  expect([line.publish('a', Buffer.alloc(1)), line.maxPayload]).toEqual([false, 0]);
  await line.open();
  expect([line.publish('a', Buffer.alloc(2)), line.maxPayload]).toEqual([true, 1_000]);
  connections[0]!.end(new Error('cut'));
  await vi.waitFor(() => expect(line.publish('a', Buffer.alloc(3))).toBe(false), PATIENCE);
  await vi.waitFor(() => expect(line.isUp).toBe(true), PATIENCE);
  expect(connections.at(-1)!.published).toEqual([]);
});

test('publish() hands over 16 MiB at most that are not confirmed, and goes on when they are', async () => {
  const { line, connections } = await begin();
  await line.open();
  const [connection] = connections;
  connection!.answers = false;
  const mebibyte = Buffer.alloc(1_048_576);
  const outcomes = Array.from({ length: 20 }, () => line.publish('a', mebibyte));
  expect(outcomes.filter(Boolean)).toHaveLength(16);
  connection!.answers = true;
  connection!.answer();
  await vi.waitFor(() => expect(line.publish('a', mebibyte)).toBe(true), PATIENCE);
});

test('confirmed() resolves when NATS has answered, once for all who ask in a turn, or when the line is down', async () => {
  const { line, connections } = await begin();
  await line.confirmed();
  await line.open();
  const [connection] = connections;
  connection!.answers = false;
  let isConfirmed = false;
  const confirm = vi.spyOn(connection!, 'confirm');
  const confirmed = line.confirmed().then(() => {
    isConfirmed = true;
  });
  void line.confirmed();
  await vi.waitFor(() => expect(confirm).toHaveBeenCalledOnce(), PATIENCE);
  expect(isConfirmed).toBe(false);
  connection!.answer();
  await confirmed;
  const cut = line.confirmed();
  await vi.waitFor(() => expect(confirm).toHaveBeenCalledTimes(2), PATIENCE);
  connection!.end(new Error('cut'));
  await cut;
});

test('Line gives a connection up that does not answer', async () => {
  const { line, connections, heard } = await begin();
  await line.open();
  connections[0]!.answers = false;
  await vi.waitFor(
    () => expect(heard).toContain('down: NATS at fake has not answered for 4000 ms'),
    PATIENCE,
  );
  await vi.waitFor(() => expect(line.isUp).toBe(true), PATIENCE);
});

test('close() ends the connection and does not come back', async () => {
  const { line, connections, heard } = await begin();
  await line.open();
  await line.close();
  expect([connections[0]!.isClosed, line.isUp, line.publish('a', Buffer.alloc(1))]).toEqual([
    true,
    false,
    false,
  ]);
  await line.open();
  expect([line.isUp, connections[1]!.isClosed, heard]).toEqual([false, true, ['up']]);
});
