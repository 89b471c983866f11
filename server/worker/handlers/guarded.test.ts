import { expect, test } from 'vitest';
import { Client, makeServer } from '../testing.ts';
import { refuse } from './guarded.ts';

test('refuse() tells a caller why, and nobody who did not call', () => {
  const client = new Client(makeServer()).open();
  refuse(client.socket, { event: 'x', cid: 'abc' }, new Error('no'));
  refuse(client.socket, { event: 'x', cid: 0 }, 'plain');
  refuse(client.socket, { event: 'x' }, new Error('no'));
  expect(client.hear()).toEqual([
    { rid: 'abc', error: { message: 'no' } },
    { rid: 0, error: 'plain' },
  ]);
});
