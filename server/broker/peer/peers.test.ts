import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect, type MockInstance, onTestFinished, test, vi } from 'vitest';
import { PATIENCE } from '../../testing.ts';
import { createFrameReader, FrameType } from '../link/index.ts';
import { makeFolder } from '../testing.ts';
import { Peer } from './peer.ts';
import { Peers } from './peers.ts';

/** So many links with what their workers have read. */
async function begin(count: number, maxQueuedBytes = 1_000_000) {
  const path = join(await makeFolder(), 'peers.sock');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(path, resolve));
  let ended = 0;
  const peers = new Peers(maxQueuedBytes, () => {
    ended += 1;
  });
  const made: { peer: Peer; frames: string[]; worker: Socket; writes: MockInstance<Socket['write']> }[] = [];
  for (let index = 0; index < count; index += 1) {
    const accepted = once(server, 'connection') as Promise<[Socket]>;
    const worker = connect({ path });
    const [socket] = await accepted;
    const frames: string[] = [];
    const reader = createFrameReader(({ id, channel }) => frames.push(`${channel}|${id}`));
    worker.on('data', (chunk: Buffer) => reader.read(chunk));
    const peer = new Peer(socket, { onFrame: () => {}, onEnd: (gone) => peers.delete(gone) });
    peers.add(peer);
    made.push({ peer, frames, worker, writes: vi.spyOn(socket, 'write') });
  }
  onTestFinished(() => {
    for (const { worker } of made) worker.destroy();
    server.close();
  });
  return { peers, made, ended: () => ended };
}

test('Peers makes one write of all that is said to one in a turn', async () => {
  const { peers, made } = await begin(2);
  const [one, other] = made;
  for (let id = 1; id <= 50; id += 1) peers.say(one!.peer, FrameType.acknowledged, id, 'news');
  await vi.waitFor(() => expect(one!.frames).toHaveLength(50), PATIENCE);
  expect(one!.frames.at(-1)).toBe('news|50');
  expect([one!.writes.mock.calls.length, other!.frames]).toEqual([1, []]);
});

test('Peers says to all only what is for those that are welcome, and knows who is there', async () => {
  const { peers, made } = await begin(3);
  const [one, other, stranger] = made;
  one!.peer.isWelcome = true;
  other!.peer.isWelcome = true;
  peers.sayToAll(FrameType.notice, 0, 'told');
  await vi.waitFor(() => expect([one!.frames, other!.frames]).toEqual([['told|0'], ['told|0']]), PATIENCE);
  expect([stranger!.frames, peers.size, peers.welcome]).toEqual([[], 3, [one!.peer, other!.peer]]);
  other!.peer.destroy();
  expect([[...peers], peers.welcome]).toEqual([[one!.peer, stranger!.peer], [one!.peer]]);
});

test('Peers ends a link that is not read, and no other', async () => {
  const { peers, made, ended } = await begin(2, 10_000);
  made[0]!.worker.pause();
  await vi.waitFor(
    () => {
      for (const { peer } of made) {
        peers.say(peer, FrameType.notice, 0, 'news', Buffer.alloc(9_000));
      }
      expect(ended()).toBe(1);
    },
    { ...PATIENCE, interval: 1 },
  );
  expect([...peers]).toEqual([made[1]!.peer]);
});
