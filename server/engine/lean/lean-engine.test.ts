import { setImmediate as turn } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { engineContract } from '../engine-contract.ts';
import { framesContract } from '../frames-contract.ts';
import { maskedFrame, Receiver, sharing, takeSeat } from '../line/testing.ts';
import { createLeanEngine } from './lean-engine.ts';

engineContract('createLeanEngine()', createLeanEngine);
framesContract('createLeanEngine()', createLeanEngine);
framesContract('createLeanEngine() that shares a buffer', sharing(createLeanEngine));

/** Counts the bytes that reach the receiver of `ws` from now on, until the end of the test. */
function countBytes(): () => number {
  const spy = vi.spyOn(Receiver.prototype, '_write');
  onTestFinished(() => spy.mockRestore());
  return () => spy.mock.calls.reduce((sum, [chunk]) => sum + chunk.length, 0);
}

const common = ['one', '', 'ü', 'x'.repeat(65_535)];
const commonChunk = (): Buffer => Buffer.concat(common.map((text) => maskedFrame(text)));

test('createLeanEngine() reads common frames without ws, also after others', async () => {
  const seat = await takeSeat(createLeanEngine);
  const bytes = countBytes();
  seat.line.say(commonChunk());
  expect([seat.told, bytes()]).toEqual([common, 0]);
  const others = [maskedFrame('ping', { first: 0x89 }), maskedFrame('binary', { first: 0x82 })];
  for (const other of others) {
    seat.line.say(other);
    seat.line.say(commonChunk());
  }
  expect(seat.told).toEqual([...common, ...common, Buffer.from('binary'), ...common]);
  expect(bytes()).toBe(Buffer.concat(others).length);
  await seat.end();
});

test('createLeanEngine() leaves to ws no more of a stream than the frames that are cut', async () => {
  const seat = await takeSeat(createLeanEngine);
  const bytes = countBytes();
  const texts = Array.from({ length: 5_000 }, (_, index) => `message ${index} ${'x'.repeat(100)}`);
  const stream = Buffer.concat(texts.map((text) => maskedFrame(text)));
  let cuts = 0;
  for (let at = 0; at < stream.length; at += 65_536) {
    seat.line.say(stream.subarray(at, at + 65_536));
    cuts += 1;
  }
  await turn();
  expect(seat.told).toEqual(texts);
  expect(cuts).toBeGreaterThan(5);
  // Where the cut goes through a header it is not known how far the frame goes: one chunk in twenty.
  expect(bytes()).toBeLessThan(stream.length / 4);
  await seat.end();
});

test('createLeanEngine() has ws alone read where it is to tell one message a turn', async () => {
  const bytes = countBytes();
  const deferred = await takeSeat(createLeanEngine, { serverOptions: { allowSynchronousEvents: false } });
  deferred.line.say(maskedFrame('deferred'));
  expect(bytes()).toBe(maskedFrame('deferred').length);
  await turn();
  expect(deferred.told).toEqual(['deferred']);
  await deferred.end();
});

test('createLeanEngine() warns once, and has ws alone read, where ws is not as known', async () => {
  const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  onTestFinished(() => warn.mockRestore());
  Object.defineProperty(Receiver.prototype, '_fragmented', {
    configurable: true,
    get: () => undefined,
    set: () => undefined,
  });
  const seat = await takeSeat((...details) => {
    const engine = createLeanEngine(...details);
    Reflect.deleteProperty(Receiver.prototype, '_fragmented');
    return engine;
  });
  expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('wsEngine "ws" takes its place'));
  const bytes = countBytes();
  seat.line.say(maskedFrame('text'));
  expect([seat.told, bytes()]).toEqual([['text'], maskedFrame('text').length]);
  await seat.end();
});
