import { expect, test } from 'vitest';
import { detailsOf } from './details.ts';

test('detailsOf() names details as loops of SocketCluster 15 and later know them', () => {
  expect(detailsOf('close', [1009, 'too big'])).toEqual({ code: 1009, reason: 'too big' });
  expect(detailsOf('kickOut', ['out', 'a'])).toEqual({ message: 'out', channel: 'a' });
  expect(detailsOf('error', ['boom'])).toEqual({ error: 'boom' });
  expect(detailsOf('connecting', [])).toEqual({});
  const change = {
    channel: 'a',
    oldState: 'pending',
    newState: 'subscribed',
    subscriptionOptions: {},
  } as const;
  expect(detailsOf('subscribeStateChange', [change])).toEqual({
    channel: 'a',
    oldChannelState: 'pending',
    newChannelState: 'subscribed',
    subscriptionOptions: {},
  });
});
