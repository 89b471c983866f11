import { expect, test, vi } from 'vitest';
import { createCounters } from '../../../observe/index.ts';
import { withPublication } from '../testing.ts';
import { crossingNames } from './counters.ts';
import { readEnvelope } from './envelope.ts';
import { Outlets } from './outlets.ts';

function begin(most?: number) {
  const sent: string[] = [];
  const way = {
    isUp: true,
    maxPayload: 1_000_000,
    publish(subject: string, bytes: Uint8Array) {
      readEnvelope(Buffer.from(bytes), {
        open: ({ epoch, first }) => sent.push(`${subject} epoch ${epoch} from ${first}`) > 0,
        take: () => {},
      });
      return true;
    },
  };
  const share = { way, sender: 'aaaaaaaaaaaabbbbbbbbbbbb', counters: createCounters(...crossingNames) };
  const outlets = new Outlets(share, (channel) => `channel.${channel}`, most);
  const add = (channel: string) => withPublication(channel, 'x', (frame) => outlets.add(channel, frame));
  return { outlets, add, sent };
}

test('Outlets sends one message for each channel with the end of the turn', async () => {
  const { add, sent } = begin();
  for (const channel of ['a', '__proto__', 'a', 'a']) add(channel);
  expect(sent).toEqual([]);
  await vi.waitFor(() =>
    expect(sent).toEqual(['channel.a epoch 1 from 1', 'channel.__proto__ epoch 2 from 1']),
  );
  add('a');
  await vi.waitFor(() => expect(sent).toContain('channel.a epoch 1 from 4'));
});

test('Outlets forgets the channel it has known longest, and begins it anew in a later epoch', () => {
  const { outlets, add, sent } = begin(2);
  for (const channel of ['a', 'b', 'c', 'a']) add(channel);
  outlets.send();
  expect(sent).toEqual([
    'channel.a epoch 1 from 1',
    'channel.b epoch 2 from 1',
    'channel.c epoch 3 from 1',
    'channel.a epoch 4 from 1',
  ]);
});
