import { EventEmitter, once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type Handle, onHandle, postHandle, release, resumeReading, stopReading, take } from './handle.ts';

async function makeConnection(): Promise<{ socket: Socket; client: Socket }> {
  const server = createServer().listen(0, '127.0.0.1');
  const arrived = once(server, 'connection') as Promise<[Socket]>;
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [socket] = await arrived;
  onTestFinished(() => {
    client.destroy();
    socket.destroy();
    server.close();
  });
  return { socket, client };
}

const makeHandle = (): { close: ReturnType<typeof vi.fn<() => void>> } => ({ close: vi.fn<() => void>() });

async function textOf(socket: Socket): Promise<string> {
  let text = '';
  for await (const chunk of socket) {
    text += String(chunk);
  }
  return text;
}

test('stopReading() leaves what comes later to whoever takes the connection, in order after the head', async () => {
  const { socket, client } = await makeConnection();
  client.write('head');
  const [head] = (await once(socket, 'data')) as [Buffer];
  stopReading(socket);
  const lost = vi.fn();
  socket.on('data', lost);
  client.end('x'.repeat(300_000));
  // Enough turns for a socket that reads to have read it.
  for (let turn = 0; turn < 20; turn += 1) {
    await new Promise(setImmediate);
  }
  expect(lost).not.toHaveBeenCalled();
  const taken = take(release(socket) as Handle, head);
  expect(await textOf(taken)).toBe(`head${'x'.repeat(300_000)}`);
  taken.destroy();
});

test('resumeReading() reads on where stopReading() stopped', async () => {
  const { socket, client } = await makeConnection();
  client.write('a');
  await once(socket, 'data');
  stopReading(socket);
  const more = textOf(socket);
  client.end('b');
  await new Promise(setImmediate);
  resumeReading(socket);
  expect(await more).toBe('b');
});

test('take() lets a client that has ended still be answered', async () => {
  const { socket, client } = await makeConnection();
  stopReading(socket);
  client.end();
  const taken = take(release(socket) as Handle, Buffer.from('question'));
  taken.on('data', (question: Buffer) => expect(question.toString()).toBe('question'));
  await once(taken, 'end');
  taken.end('answer');
  expect(await textOf(client)).toBe('answer');
});

test('release() gives nothing of a connection that has ended', async () => {
  const { socket } = await makeConnection();
  socket.destroy();
  expect(release(socket)).toBeUndefined();
  expect(() => {
    stopReading(socket);
    resumeReading(socket);
  }).not.toThrow();
});

test('postHandle() settles when the channel is done with it, at once when there is none', () => {
  const settled = vi.fn();
  postHandle({ connected: false }, { type: 'x' }, makeHandle(), settled);
  expect(settled).toHaveBeenCalledOnce();
  const sent: unknown[][] = [];
  const send = (...what: unknown[]): boolean => sent.push(what) > 0;
  const handle = makeHandle();
  postHandle({ connected: true, send }, { type: 'x' }, handle, settled);
  expect(sent[0]?.slice(0, 2)).toEqual([{ type: 'x' }, handle]);
  expect(settled).toHaveBeenCalledOnce();
  (sent[0]![3] as (error: Error) => void)(new Error('EPIPE'));
  expect(settled).toHaveBeenCalledTimes(2);
});

test('onHandle() hears messages of its type with a handle, and closes what comes with anything else', () => {
  const channel = new EventEmitter();
  const heard = vi.fn();
  const [wanted, stray] = [makeHandle(), makeHandle()];
  const stop = onHandle(channel, 'b', heard);
  channel.emit('message', { type: 'b' });
  channel.emit('message', { type: 'a' }, makeHandle());
  channel.emit('message', { type: 'b' }, wanted);
  channel.emit('message', 'c', stray);
  stop();
  channel.emit('message', { type: 'b' }, makeHandle());
  expect(heard.mock.calls).toEqual([[{ type: 'b' }, wanted]]);
  expect([wanted.close.mock.calls.length, stray.close.mock.calls.length]).toEqual([0, 1]);
});
