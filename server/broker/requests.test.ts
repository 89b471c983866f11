import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { PATIENCE } from '../testing.ts';
import { createFrameReader, type Frame, FrameType, FrameWriter } from './link/index.ts';
import type { Bridge } from './nats/index.ts';
import { Peer, Peers } from './peer/index.ts';
import { Requests } from './requests.ts';
import type { Revocation } from './store/index.ts';
import { makeFolder } from './testing.ts';

const REVOKED: Revocation = { subject: 'a', issuedUntil: 1, until: 2 ** 40 };

/** Two workers that are welcome; what they are told is read, barriers are answered when a test says so. */
async function begin() {
  const path = join(await makeFolder(), 'requests.sock');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(path, resolve));
  const peers = new Peers(1_000_000, () => {});
  const requests = new Requests(peers, 1_000);
  const made = [];
  for (let index = 0; index < 2; index += 1) {
    const accepted = once(server, 'connection') as Promise<[Socket]>;
    const worker = connect({ path });
    const [socket] = await accepted;
    const told: string[] = [];
    const barriers: number[] = [];
    const reader = createFrameReader(({ type, id, channel, payload }) => {
      if (type === FrameType.barrier) barriers.push(id);
      else told.push(`${channel || id} ${payload}`);
    });
    worker.on('data', (chunk: Buffer) => reader.read(chunk));
    const peer = new Peer(socket, { onFrame: () => {}, onEnd: () => {} });
    peer.isWelcome = true;
    peers.add(peer);
    const pass = async () => {
      await vi.waitFor(() => expect(barriers).not.toEqual([]), PATIENCE);
      requests.takeAcknowledgement(barriers.shift()!, peer);
    };
    made.push({ peer, told, pass });
    onTestFinished(() => {
      worker.destroy();
    });
  }
  onTestFinished(() => {
    server.close();
  });
  return { requests, a: made[0]!, b: made[1]! };
}

/** A request as a link brings it. */
function request(operation: string, payload: unknown, use: (frame: Frame) => void): void {
  const writer = new FrameWriter();
  writer.write(FrameType.request, 7, operation, Buffer.from(JSON.stringify(payload)));
  createFrameReader(use).read(writer.take());
}

/** Other hosts that take revocations when a test says so. */
function farBridge() {
  const crossed: (readonly Revocation[])[] = [];
  let take = (): void => {};
  const bridge = {
    revoke: (revocations: readonly Revocation[]) => {
      crossed.push(revocations);
      return new Promise<void>((resolve) => {
        take = resolve;
      });
    },
  };
  return { bridge: bridge as unknown as Bridge, crossed, take: () => take() };
}

test('take() answers a revocation when all workers and all other hosts have taken it', async () => {
  const { requests, a, b } = await begin();
  const far = farBridge();
  requests.join(far.bridge);
  request('revoke', [[REVOKED]], (frame) => requests.take(frame, a.peer));
  expect(far.crossed).toEqual([[REVOKED]]);
  await Promise.all([a.pass(), b.pass()]);
  expect(b.told).toEqual([`revoked: ${JSON.stringify([REVOKED])}`]);
  expect(a.told).toHaveLength(1);
  far.take();
  await vi.waitFor(() => expect(a.told.at(-1)).toBe('7 {}'), PATIENCE);
  expect(requests.figures()).toEqual({ revocations: 1, sessions: 0, storeEntries: 0 });
});

test('takeRevocations() tells workers what another host has revoked, and does not send it back', async () => {
  const { requests, a, b } = await begin();
  const far = farBridge();
  requests.join(far.bridge);
  let isTaken = false;
  const taken = requests.takeRevocations([REVOKED]).then(() => {
    isTaken = true;
  });
  await a.pass();
  expect([isTaken, a.told]).toEqual([false, [`revoked: ${JSON.stringify([REVOKED])}`]]);
  await b.pass();
  await taken;
  expect([far.crossed, requests.revocations]).toEqual([[], [REVOKED]]);
});

test('drop() waits for no worker that is gone', async () => {
  const { requests, a, b } = await begin();
  const taken = requests.takeRevocations([REVOKED]);
  await a.pass();
  requests.drop(b.peer);
  await taken;
});
