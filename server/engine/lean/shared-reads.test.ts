import { once } from 'node:events';
import { type AddressInfo, createServer, connect as dial, Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { expect, onTestFinished, test, vi } from 'vitest';
import { keepReading, readShared } from './shared-reads.ts';

/** Both ends of a connection. */
async function connect(): Promise<{ client: Socket; accepted: Socket }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = dial((server.address() as AddressInfo).port, '127.0.0.1');
  const [accepted] = (await once(server, 'connection')) as [Socket];
  onTestFinished(async () => {
    client.destroy();
    accepted.destroy();
    server.close();
    await once(server, 'close');
  });
  return { client, accepted };
}

test('readShared() has all connections read into one buffer, and go on when they are told to', async () => {
  const told: string[] = [];
  const buffers = new Set<Buffer>();
  const ends = [await connect(), await connect()];
  for (const [index, { accepted }] of ends.entries()) {
    const isShared = readShared(accepted, function (bytes, buffer) {
      expect(this).toBe(accepted);
      told.push(`${index} ${buffer.toString('latin1', 0, bytes)}`);
      buffers.add(buffer);
      return buffer[0] !== '!'.charCodeAt(0);
    });
    expect(isShared).toBe(true);
    accepted.resume();
  }
  ends[0]?.client.write('a');
  await vi.waitFor(() => expect(told).toEqual(['0 a']));
  ends[1]?.client.write('!');
  await vi.waitFor(() => expect(told).toEqual(['0 a', '1 !']));
  ends[1]?.client.write('b');
  ends[0]?.client.end('c');
  await once(ends[0]!.accepted, 'end');
  expect(told).toEqual(['0 a', '1 !', '0 c']);
  ends[1]?.accepted.resume();
  await vi.waitFor(() => expect(told).toEqual(['0 a', '1 !', '0 c', '1 b']));
  expect(buffers.size).toBe(1);
});

test('keepReading() has a paused connection read as much as its own buffer holds, and hear of its end', async () => {
  const { client, accepted } = await connect();
  let read = 0;
  readShared(accepted, (bytes, buffer) => {
    read += bytes;
    return accepted.push(Buffer.from(buffer.subarray(0, bytes)));
  });
  const heard: string[] = [];
  accepted.on('data', (chunk: Buffer) => heard.push(chunk.toString()));
  keepReading(accepted);
  accepted.pause();
  client.write('early');
  await vi.waitFor(() => expect(read).toBe(5));
  expect(heard).toEqual([]);
  client.write('x'.repeat(10_000_000));
  await vi.waitFor(() =>
    expect(accepted.readableLength).toBeGreaterThanOrEqual(accepted.readableHighWaterMark),
  );
  const most = read;
  accepted.resume();
  await vi.waitFor(() => expect(heard.join('').length).toBe(10_000_005));
  expect(most).toBeLessThan(200_000);
  accepted.pause();
  const failed = once(accepted, 'error');
  client.resetAndDestroy();
  expect(await failed).toMatchObject([{ code: 'ECONNRESET' }]);
});

test('readShared() leaves alone what has no connection yet, and what is encrypted', () => {
  const bare = new Socket();
  expect(readShared(bare, () => true)).toBe(false);
  expect(readShared(new TLSSocket(bare), () => true)).toBe(false);
  bare.destroy();
});
