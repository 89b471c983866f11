import { expect, onTestFinished, test, vi } from 'vitest';
import { ChannelEvents } from './channel-events.ts';

test('attend() refuses an event that no channel has, and what is no function', () => {
  const events = new ChannelEvents();
  expect(() => events.attend('on', 'kickOut', () => undefined)).toThrow(
    'Cannot listen to "kickOut" of a channel: wanted is one of message, subscribe, subscribeFail, unsubscribe',
  );
  expect(() => events.attend('on', 'message', undefined as never)).toThrow('wanted is a function');
});

test('announce() tells the others although a listener throws', () => {
  const later: (() => void)[] = [];
  vi.stubGlobal('setImmediate', (callback: () => void) => later.push(callback));
  onTestFinished(() => void vi.unstubAllGlobals());
  const events = new ChannelEvents();
  const told = vi.fn();
  events.attend('on', 'subscribe', () => {
    throw new Error('planted');
  });
  events.attend('on', 'subscribe', told, 'news');
  events.announce('subscribe', 'news');
  expect(told).toHaveBeenCalledExactlyOnceWith('news', undefined);
  expect(later[0]).toThrow('planted');
});
