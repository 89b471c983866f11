import { setImmediate as turn } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { Line, maskedFrame, Receiver } from '../line/testing.ts';
import { isWsKnown, type Lender, Lent } from './lent.ts';

interface Borrowed {
  line: Line;
  lent: Lent;
  /** What the lender was asked and told, in its order. */
  log: unknown[];
}

/** A line that is lent. The lender reads chunks that begin with `!` there, all of them. */
async function lend(settings: object = {}): Promise<Borrowed> {
  const log: unknown[] = [];
  const lender: Lender = {
    read(chunk, start) {
      const isMine = chunk[start] === '!'.charCodeAt(0);
      log.push(isMine ? `read ${chunk.subarray(start)}` : 'declined');
      return isMine ? chunk.length : start;
    },
    take: (message) => log.push(message),
    flush: () => log.push('flush'),
    ended: (code, reason) => log.push({ code, reason }),
  };
  const line = new Line();
  const lent = new Lent(lender, settings);
  lent.serve(line, Buffer.alloc(0), settings);
  onTestFinished(() => void line.destroy());
  await turn();
  return { line, lent, log };
}

test('isWsKnown() knows the version that is installed', () => {
  expect(isWsKnown()).toBe(true);
});

test.each(['_bufferedBytes', '_fragmented', '_payloadLength'])(
  'isWsKnown() is false where the receiver has no %s of the kind',
  (field) => {
    Object.defineProperty(Receiver.prototype, field, {
      configurable: true,
      get: () => undefined,
      set: () => undefined,
    });
    onTestFinished(() => {
      Reflect.deleteProperty(Receiver.prototype, field);
    });
    expect(isWsKnown()).toBe(false);
  },
);

test('isWsKnown() is false where no connection can be given to a socket', () => {
  const spy = vi.spyOn(WebSocket.prototype as unknown as { setSocket(): void }, 'setSocket');
  onTestFinished(() => spy.mockRestore());
  spy.mockImplementation(() => undefined);
  expect(isWsKnown()).toBe(false);
});

test('Lent asks its lender first for what begins between frames, and not inside one', async () => {
  const { line, log } = await lend();
  line.say(Buffer.from('!all'));
  line.say(maskedFrame('a'));
  line.say(maskedFrame('b').subarray(0, 3));
  line.say(maskedFrame('b').subarray(3));
  line.say(maskedFrame('c', { first: 0x01 }));
  line.say(maskedFrame('d', { first: 0x80 }));
  line.say(Buffer.from('!again'));
  expect(log).toEqual(['read !all', 'declined', 'a', 'declined', 'b', 'declined', 'cd', 'read !again']);
});

test('Lent gives the lender what lies behind the rest of a frame whose length is known', async () => {
  const { line, log } = await lend();
  line.say(maskedFrame('abc').subarray(0, -2));
  line.say(Buffer.concat([maskedFrame('abc').subarray(-2), Buffer.from('!more')]));
  expect(log).toEqual(['declined', 'abc', 'read !more']);
});

test('Lent reads nothing behind a close frame that is cut', async () => {
  const { line, lent, log } = await lend();
  const close = maskedFrame(Buffer.from([0x03, 0xe8]), { first: 0x88 });
  line.say(close.subarray(0, -1));
  line.say(Buffer.concat([close.subarray(-1), Buffer.from('!more')]));
  expect(lent.readyState).toBe(lent.CLOSING);
  line.destroy();
  await turn();
  expect(log).toEqual(['declined', 'flush', { code: 1000, reason: '' }]);
});

test('Lent has its lender write what it holds back before a pong and before a close frame', async () => {
  const { line, lent, log } = await lend({ autoPong: true });
  line.say(maskedFrame('ping', { first: 0x89 }));
  lent.close(1000, '');
  expect(log).toEqual(['declined', 'flush', 'flush']);
  expect(Buffer.concat(line.writes)).toEqual(Buffer.from('\x8a\x04ping\x88\x02\x03\xe8', 'latin1'));
});
