import { beforeEach, expect, test, vi } from 'vitest';
import { Channels, type ChannelsOwner } from './channels.ts';

type Answered = (error: unknown, data?: unknown) => void;

/** A client whose server is the test. */
class FakeOwner implements ChannelsOwner {
  isOpen = true;
  isAuthenticated = false;
  readonly calls: { event: string; data: unknown; answered: Answered; timeout: number | undefined }[] = [];
  readonly batches: number[] = [];
  readonly raised: unknown[][] = [];
  readonly transmit = vi.fn();
  readonly published = vi.fn();

  call(event: string, data: unknown, answered: Answered, timeout?: number): void {
    this.calls.push({ event, data, answered, timeout });
  }

  inBatch(work: () => void): void {
    const before = this.calls.length;
    work();
    this.batches.push(this.calls.length - before);
  }

  raise(...details: unknown[]): void {
    this.raised.push(details);
  }
}

let owner: FakeOwner;
let channels: Channels;

beforeEach(() => {
  owner = new FakeOwner();
  channels = new Channels(owner);
});

const stateOf = (name: string): string | undefined => channels.peek(name)?.state;
const raisedNames = (): unknown[] => owner.raised.map(([event]) => event);

test('subscribe() asks the server, without a time-out, and is subscribed by its answer', () => {
  channels.subscribe('a', { data: 1, priority: 3 });
  expect(owner.calls).toMatchObject([
    { event: '#subscribe', data: { channel: 'a', data: 1 }, timeout: Number.POSITIVE_INFINITY },
  ]);
  expect(owner.calls[0]?.data).not.toHaveProperty('priority');
  expect(stateOf('a')).toBe('pending');
  owner.calls[0]?.answered(null);
  expect(stateOf('a')).toBe('subscribed');
  expect(raisedNames()).toEqual([
    'subscribeStateChange',
    'subscribeRequest',
    'subscribeStateChange',
    'subscribe',
  ]);
});

test('subscribe() twice asks once', () => {
  channels.subscribe('a');
  channels.subscribe('a');
  expect(owner.calls).toHaveLength(1);
});

test('a refusal ends in unsubscribed, and a listener may ask again at once', () => {
  channels.subscribe('a');
  channels.record('a').listeners.add('subscribeFail', () => channels.subscribe('a'), true);
  owner.calls[0]?.answered(new Error('no'));
  expect(owner.calls).toHaveLength(2);
  owner.calls[1]?.answered(new Error('no again'));
  expect(stateOf('a') ?? 'unsubscribed').toBe('unsubscribed');
  expect(raisedNames().filter((event) => event === 'subscribeFail')).toHaveLength(2);
});

test('unsubscribe() tells the server what it knows of, and the answer to an older request is ignored', () => {
  channels.unsubscribe('never');
  channels.record('a').watchers.add(vi.fn());
  channels.subscribe('a');
  channels.unsubscribe('a');
  expect(owner.transmit.mock.calls).toEqual([['#unsubscribe', 'a']]);
  channels.subscribe('a');
  owner.calls[0]?.answered(null);
  expect(stateOf('a')).toBe('pending');
  owner.calls[1]?.answered(null);
  expect(stateOf('a')).toBe('subscribed');
});

test('suspend() makes subscriptions wait, resubscribe() asks for the highest priority first', () => {
  channels.subscribe('low');
  channels.subscribe('high', { priority: 9 });
  channels.subscribe('middle', { priority: 5 });
  owner.calls.forEach(({ answered }) => {
    answered(null);
  });
  const dropped = vi.fn();
  channels.record('low').listeners.add('dropOut', dropped);
  owner.isOpen = false;
  channels.suspend();
  expect(dropped).toHaveBeenCalledExactlyOnceWith('low');
  expect(channels.subscriptions(false)).toEqual([]);
  expect(channels.subscriptions(true)).toEqual(['low', 'high', 'middle']);
  owner.calls.length = 0;
  owner.isOpen = true;
  channels.resubscribe();
  expect(owner.calls.map(({ data }) => (data as { channel: string }).channel)).toEqual([
    'high',
    'middle',
    'low',
  ]);
});

test('suspend() sends nothing, even when a listener unsubscribes from what is lost as well', () => {
  channels.subscribe('a');
  channels.subscribe('b');
  owner.calls.forEach(({ answered }) => {
    answered(null);
  });
  channels.record('a').listeners.add('unsubscribe', () => channels.unsubscribe('b'));
  owner.isOpen = false;
  channels.suspend();
  expect(owner.transmit).not.toHaveBeenCalled();
  expect(channels.subscriptions(true)).toEqual(['a']);
});

test('resubscribe() asks for those that allow it in one batch', () => {
  owner.isOpen = false;
  channels.subscribe('alone');
  channels.subscribe('one', { batch: true });
  channels.subscribe('two', { batch: true });
  expect(owner.calls).toEqual([]);
  owner.isOpen = true;
  channels.resubscribe();
  expect(owner.calls.map(({ data }) => data)).toEqual([
    { channel: 'alone' },
    { channel: 'one', batch: true },
    { channel: 'two', batch: true },
  ]);
  expect(owner.batches).toEqual([2]);
});

test('waitForAuth holds a channel back until there is a token, and again when it is gone', () => {
  channels.subscribe('secret', { waitForAuth: true });
  channels.subscribe('open');
  expect(owner.calls).toHaveLength(1);
  owner.isAuthenticated = true;
  channels.resubscribe(({ waitForAuth }) => waitForAuth === true);
  expect(owner.calls[1]?.data).toEqual({ channel: 'secret', waitForAuth: true });
  owner.calls[1]?.answered(null);
  owner.isAuthenticated = false;
  channels.holdBack();
  expect(stateOf('secret')).toBe('pending');
  expect(owner.transmit.mock.calls).toEqual([['#unsubscribe', 'secret']]);
});

test('deliver() reaches channels subscribed to or pending, no others', () => {
  const [wanted, unwanted] = [vi.fn(), vi.fn()];
  channels.record('wanted').watchers.add(wanted);
  channels.record('unwanted').watchers.add(unwanted);
  channels.subscribe('wanted');
  channels.deliver('wanted', 1);
  channels.deliver('unwanted', 2);
  channels.deliver('__proto__', 3);
  expect(wanted).toHaveBeenCalledExactlyOnceWith(1);
  expect(unwanted).not.toHaveBeenCalled();
});

test('kickOut() ends the subscription, its streams too, and does nothing for others', async () => {
  channels.subscribe('a');
  owner.calls[0]?.answered(null);
  const next = channels.openStream('a', 10).next();
  owner.raised.length = 0;
  channels.kickOut('a', 'out');
  channels.kickOut('a', 'again');
  channels.kickOut('never', 'out');
  expect(owner.raised.filter(([event]) => event !== 'subscribeStateChange')).toEqual([
    ['kickOut', 'out', 'a'],
    ['unsubscribe', 'a'],
  ]);
  expect(await next).toEqual({ done: true, value: undefined });
  channels.resubscribe();
  expect(owner.calls).toHaveLength(1);
});

test('the prefix stands on the wire only', () => {
  channels = new Channels(owner, 'pre#');
  const watcher = vi.fn();
  channels.record('a').watchers.add(watcher);
  channels.subscribe('a');
  channels.requests.transmitPublish('a', 1);
  channels.deliver('pre#a', 2);
  expect(owner.calls[0]?.data).toEqual({ channel: 'pre#a' });
  expect(owner.transmit).toHaveBeenCalledWith('#publish', { channel: 'pre#a', data: 1 });
  expect(watcher).toHaveBeenCalledWith(2);
});

test('publish() settles with the answer', async () => {
  const [taken, refused] = [channels.requests.publish('a', 1), channels.requests.publish('a', 2)];
  expect(owner.calls[0]).toMatchObject({
    event: '#publish',
    data: { channel: 'a', data: 1 },
    timeout: undefined,
  });
  owner.calls[0]?.answered(null, { stored: 1 });
  owner.calls[1]?.answered('disabled');
  expect(await taken).toEqual({ stored: 1 });
  await expect(refused).rejects.toMatchObject({ message: 'disabled' });
});

test('Channels forgets channels that nobody would miss', () => {
  channels.subscribe('a');
  channels.unsubscribe('a');
  expect(channels.peek('a')).toBeUndefined();
  channels.record('b').watchers.add(vi.fn());
  channels.subscribe('b');
  channels.unsubscribe('b');
  expect(channels.peek('b')).toBeDefined();
  channels.destroy('b');
  expect(channels.peek('b')).toBeUndefined();
});
