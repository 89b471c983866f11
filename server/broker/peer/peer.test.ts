import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createFrameReader, FrameType, FrameWriter } from '../link/index.ts';
import { makeFolder } from '../testing.ts';
import { Peer } from './peer.ts';

/** A peer and the worker's end of its socket. */
async function begin() {
  const path = join(await makeFolder(), 'peer.sock');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(path, resolve));
  const accepted = once(server, 'connection') as Promise<[Socket]>;
  const worker = connect({ path });
  const [socket] = await accepted;
  const seen: string[] = [];
  const ended = new Promise<string | undefined>((resolve) => {
    peer = new Peer(socket, {
      onFrame: ({ channel }, from) => {
        seen.push(channel);
        if (channel === 'offence') from.refuse('an offence');
      },
      onEnd: (_peer, offence) => resolve(offence),
    });
  });
  onTestFinished(() => {
    worker.destroy();
    server.close();
  });
  return { peer, worker, seen, ended };
}
let peer: Peer;

test('Peer takes no frame that follows the one it was refused for', async () => {
  const { worker, seen, ended } = await begin();
  const writer = new FrameWriter();
  for (const channel of ['news', 'offence', 'more']) writer.write(FrameType.subscribe, 1, channel);
  writer.flushTo(worker);
  const reasons: string[] = [];
  const reader = createFrameReader(({ payload }) => reasons.push(payload.toString()));
  worker.on('data', (chunk: Buffer) => reader.read(chunk));
  await once(worker, 'close');
  expect(await ended).toBe('an offence');
  expect(seen).toEqual(['news', 'offence']);
  expect(reasons).toEqual(['an offence']);
});

test('Peer tells its end without an offence when the worker just goes', async () => {
  const { worker, ended } = await begin();
  worker.destroy();
  expect(await ended).toBeUndefined();
});

test('Peer counts what is not flushed yet and writes nothing after its end', async () => {
  const { peer: tested, worker, ended } = await begin();
  tested.writer.write(FrameType.acknowledged, 1, '');
  expect(tested.queuedBytes).toBe(11);
  tested.destroy('too slow');
  tested.flush();
  expect(await ended).toBe('too slow');
  const received: Buffer[] = [];
  worker.on('data', (chunk: Buffer) => received.push(chunk));
  await once(worker, 'close');
  expect(received).toEqual([]);
});
