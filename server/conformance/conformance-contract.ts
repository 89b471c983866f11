/**
 * The conformance script: what every published client must be able to do with this server. A case is named
 * by what the client does; it meets a running cluster of two workers through `Meeting` and gets nothing else.
 */
import { expect } from 'vitest';
import { type Meeting, type StockClient, subscribed, until } from './testing.ts';
import { tokenCases } from './token-contract.ts';

/** Pings that lie further apart, first to last, than the cluster's ping time-out. */
const PINGS_PAST_TIMEOUT = 7;
const LARGE_TEXT = 'ü'.repeat(100 * 1024);

async function refusalOf(client: StockClient, channel: string): Promise<unknown> {
  client.subscribe(channel);
  await until(() => expect(client.diary.refused.map((each) => each.channel)).toContain(channel));
  return client.diary.refused.find((each) => each.channel === channel)?.error;
}

const blocked = expect.objectContaining({ name: 'MyBlockError', message: 'not allowed', extra: { a: 1 } });
const silent = expect.objectContaining({ name: 'SilentMiddlewareBlockedError' });

/** What a version cannot do with any server: why, and how its case fails. */
export const limits: Record<string, Record<string, { why: string; failure: RegExp }>> = {
  '2.4.1': {
    'gives its token up': {
      why: 'it forgets its token and tells nobody',
      failure: /expected 'alice' to be null/,
    },
    'stays through a flood by answering its pings': {
      why: 'it answers the ping "1" of protocol 0 only: either side gives up, with 4000 or 4001',
      failure: /400[01]/,
    },
  },
  '3.1.1': {
    'gives its token up': {
      why: 'it forgets its token and tells nobody',
      failure: /expected 'alice' to be null/,
    },
  },
};

/** The cases, by what the client does. */
export const cases: Record<string, (meeting: Meeting) => Promise<void>> = {
  async 'connects and learns its id and state'({ connect }) {
    const { status } = await connect();
    expect(status).toMatchObject({ id: expect.stringMatching(/^[\w-]{20}$/), isAuthenticated: false });
  },

  async 'gets data for a call, null and nothing included'({ connect }) {
    const { client } = await connect();
    expect(await client.call('echo', { a: [1, 'ü€😀', null] })).toEqual({ a: [1, 'ü€😀', null] });
    expect(await client.call('echo', null)).toBe(null);
    expect(await client.call('echo')).toBe(undefined);
  },

  async 'gets an error with its fields for a call'({ connect }) {
    const { client } = await connect();
    await expect(client.call('go wrong')).rejects.toMatchObject({ message: 'boom', code: 'E1' });
  },

  async 'gets an error that is mere text for a call'({ connect }) {
    const { client } = await connect();
    await expect(client.call('go wrong in words')).rejects.toBe('plain words');
  },

  async 'sends and hears events'({ connect }) {
    const { client } = await connect();
    client.listenTo('said');
    client.send('say back', { a: 1 });
    client.send('say back', null);
    await until(() => expect(client.diary.events).toHaveLength(2));
    expect(client.diary.events.map(({ data }) => data)).toEqual([{ a: 1 }, null]);
  },

  async 'answers a call of the server'({ connect }) {
    const { client } = await connect();
    client.answer('question', (data) => ({ heard: data }));
    expect(await client.call('ask', 'why?')).toEqual({ heard: 'why?' });
  },

  async 'hears its own publication before the answer'({ connect, name }) {
    const { client } = await connect();
    await subscribed(client, name);
    const before = client.diary.frames.length;
    await client.publish(name, { n: 1 });
    await until(() => expect(client.diary.heardOn(name)).toEqual([{ n: 1 }]));
    const frames = client.diary.frames.slice(before).filter((frame) => frame !== '#1' && frame !== '');
    expect(frames.map((frame) => JSON.parse(frame))).toEqual([
      { event: '#publish', data: { channel: name, data: { n: 1 } } },
      { rid: expect.any(Number) },
    ]);
  },

  async 'hears publications from the other worker, in order'({ connect, acrossFrom, name }) {
    const guest = await connect();
    await subscribed(guest.client, name);
    const texts = Array.from({ length: 20 }, (_, index) => `text ${index}`);
    await Promise.all(texts.map((text) => acrossFrom(guest).publish(name, text)));
    await until(() => expect(guest.client.diary.heardOn(name)).toEqual(texts));
  },

  async 'is heard on the other worker'({ connect, acrossFrom, name }) {
    const guest = await connect();
    await subscribed(acrossFrom(guest), name);
    await guest.client.publish(name, 'from here');
    await until(() => expect(acrossFrom(guest).diary.heardOn(name)).toEqual(['from here']));
  },

  async 'gets nothing of a channel it has left'({ connect, acrossFrom, name }) {
    const guest = await connect();
    await subscribed(guest.client, name);
    await subscribed(guest.client, `${name} too`);
    guest.client.unsubscribe(name);
    await guest.client.call('echo');
    await acrossFrom(guest).publish(name, 'too late');
    await acrossFrom(guest).publish(`${name} too`, 'in time');
    await until(() => expect(guest.client.diary.heardOn(`${name} too`)).toEqual(['in time']));
    expect(guest.client.diary.frames.join()).not.toContain('too late');
  },

  ...tokenCases,

  async 'is kicked out of a channel'({ connect, acrossFrom, name }) {
    const guest = await connect();
    await subscribed(guest.client, name);
    await guest.client.call('kick', name);
    await until(() => expect(guest.client.diary.kicks).toEqual([{ channel: name, message: 'out' }]));
    await acrossFrom(guest).publish(name, 'too late');
    await guest.client.call('echo');
    expect(guest.client.diary.frames.join()).not.toContain('too late');
  },

  async 'hears nothing of a kick out of a channel it is not in'({ connect, name }) {
    const { client } = await connect();
    await client.call('kick', name);
    await subscribed(client, name);
    expect(client.diary.kicks).toEqual([]);
  },

  async 'is told the error of middleware that blocks'({ connect }) {
    const { client } = await connect();
    await expect(client.call('blocked')).rejects.toEqual(blocked);
    expect(await refusalOf(client, 'blocked')).toEqual(blocked);
    await expect(client.publish('blocked', 1)).rejects.toEqual(blocked);
  },

  async 'is told that middleware blocked in silence'({ connect }) {
    const { client } = await connect();
    await expect(client.call('quiet')).rejects.toEqual(silent);
    expect(await refusalOf(client, 'quiet')).toEqual(silent);
    await expect(client.publish('quiet', 1)).rejects.toEqual(silent);
  },

  async 'stays through a flood by answering its pings'({ connect }) {
    const { client } = await connect();
    client.listenTo('drop');
    client.send('flood');
    const pings = (): number => client.diary.frames.filter((frame) => frame === client.ping).length;
    await until(() => expect(pings() < PINGS_PAST_TIMEOUT && client.diary.ends.length === 0).toBe(false));
    expect(client.diary.ends).toEqual([]);
    await client.call('enough');
    expect(client.diary.events.length).toBeGreaterThan(1_000);
  },

  async 'hears the code and reason the server closes with'({ connect }) {
    const { client } = await connect();
    client.send('leave', { code: 4501, data: 'bye' });
    await until(() => expect(client.diary.ends).toEqual([{ code: 4501, data: 'bye' }]));
  },

  async 'leaves with a code and a reason that the server hears'({ connect, endOf }) {
    const guest = await connect();
    const end = endOf(guest);
    guest.client.leave(4321, 'my reason');
    expect(await end).toMatchObject({ code: 4321, reason: 'my reason' });
  },

  async 'uses names of any characters and of 10,000'({ connect, acrossFrom, name }) {
    const guest = await connect();
    for (const channel of [`${name} ü€😀 "\\\n\u0000`, `${name}${'n'.repeat(10_000)}`, `${name}/../*?#%20`]) {
      await subscribed(guest.client, channel);
      await acrossFrom(guest).publish(channel, channel);
      await until(() => expect(guest.client.diary.heardOn(channel)).toEqual([channel]));
    }
  },

  async 'publishes on a channel called __proto__'({ connect, acrossFrom, name }) {
    const guest = await connect();
    await guest.client.publish('__proto__', name);
    await until(() => expect(acrossFrom(guest).diary.heardOn('heard')).toContain(name));
  },

  async 'sends and gets 200 KB in one message'({ connect, acrossFrom, name }) {
    const guest = await connect();
    expect(await guest.client.call('echo', LARGE_TEXT)).toBe(LARGE_TEXT);
    await subscribed(guest.client, name);
    await acrossFrom(guest).publish(name, LARGE_TEXT);
    await until(() => expect(guest.client.diary.heardOn(name)).toEqual([LARGE_TEXT]));
  },
};
