import { beforeEach, expect, test, vi } from 'vitest';
import { Requests } from './requests.ts';
import { Subscription } from './subscription.ts';

const owner = { isOpen: true, isAuthenticated: false, call: vi.fn(), transmit: vi.fn(), raise: vi.fn() };
let requests: Requests;
let subscription: Subscription;

beforeEach(() => {
  vi.clearAllMocks();
  owner.isOpen = true;
  requests = new Requests(owner, 'pre#');
  subscription = new Subscription('a');
});

test('innerName() takes the prefix off, where it is', () => {
  expect([requests.innerName('pre#a'), requests.innerName('a')]).toEqual(['a', 'a']);
});

test('subscribe() settles nothing once its request has been overtaken', () => {
  const settled = vi.fn();
  requests.subscribe(subscription, settled);
  requests.unsubscribe(subscription);
  owner.call.mock.lastCall?.[2](null);
  expect(settled).not.toHaveBeenCalled();
  expect(owner.transmit).toHaveBeenCalledExactlyOnceWith('#unsubscribe', 'pre#a');
});

test('unsubscribe() asks for an answer only for someone who waits, and has one at once when there is none', async () => {
  const [first, second] = [vi.fn(), vi.fn()];
  subscription.state = 'subscribed';
  requests.unsubscribe(subscription, first);
  expect(owner.call).toHaveBeenCalledExactlyOnceWith('#unsubscribe', 'pre#a', expect.any(Function));
  owner.isOpen = false;
  requests.unsubscribe(subscription, second);
  expect([first, second].map(({ mock }) => mock.calls.length)).toEqual([0, 0]);
  await Promise.resolve();
  expect(second).toHaveBeenCalledExactlyOnceWith(null);
});
