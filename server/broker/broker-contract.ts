/** The tests every Broker must pass. Called by the tests of each implementation; no other file imports it. */
import { expect, onTestFinished, test } from 'vitest';
import type { Broker, Deliver } from './broker.ts';
import { bytesOf, Inbox } from './testing.ts';

/** One set of brokers that share channels. */
export interface BrokerCluster {
  /** Workers are dealt out to so many hosts in turn. */
  hosts: number;
  /** Makes one more worker's broker. */
  connect(deliver: Deliver): Promise<Broker>;
  end(): Promise<void>;
}

/** Runs the contract over clusters that `start` makes, one for each test. */
export function brokerContract(name: string, start: () => Promise<BrokerCluster>): void {
  /** Starts a cluster with so many workers. */
  async function workers(count: number): Promise<{ broker: Broker; inbox: Inbox; host: number }[]> {
    const cluster = await start();
    const made: { broker: Broker; inbox: Inbox; host: number }[] = [];
    onTestFinished(async () => {
      await Promise.all(made.map(({ broker }) => broker.close()));
      await cluster.end();
    });
    for (let index = 0; index < count; index += 1) {
      const inbox = new Inbox();
      made.push({ broker: await cluster.connect(inbox.deliver), inbox, host: index % cluster.hosts });
    }
    return made;
  }

  test(`${name} delivers a publication once to each subscriber, the publisher included`, async () => {
    const [a, b, c] = await workers(3);
    await Promise.all([a!.broker.subscribe('news'), b!.broker.subscribe('news')]);
    await a!.broker.publish('news', bytesOf('one'));
    await c!.broker.publish('news', bytesOf('two'));
    expect(await a!.inbox.take(2)).toEqual(['news:one', 'news:two']);
    expect(await b!.inbox.take(2)).toEqual(['news:one', 'news:two']);
    expect(c!.inbox.received).toEqual([]);
  });

  test(`${name} resolves a publication after the publisher's own copy`, async () => {
    const [a] = await workers(1);
    await a!.broker.subscribe('news');
    await a!.broker.publish('news', bytesOf('one'));
    expect(a!.inbox.received).toEqual(['news:one']);
  });

  test(`${name} resolves a publication that nobody gets`, async () => {
    const [a] = await workers(1);
    await a!.broker.publish('nobody', bytesOf('one'));
    expect(a!.inbox.received).toEqual([]);
  });

  test(`${name} takes a second subscription for the first`, async () => {
    const [a] = await workers(1);
    await Promise.all([a!.broker.subscribe('news'), a!.broker.subscribe('news')]);
    await a!.broker.subscribe('news');
    await a!.broker.publish('news', bytesOf('one'));
    expect(a!.inbox.received).toEqual(['news:one']);
    await a!.broker.unsubscribe('news');
    await a!.broker.publish('news', bytesOf('two'));
    expect(a!.inbox.received).toEqual(['news:one']);
  });

  test(`${name} delivers nothing of a channel after unsubscribe has resolved, whatever was on its way`, async () => {
    const [a, b] = await workers(2);
    await a!.broker.subscribe('news');
    const published = Array.from({ length: 100 }, () => b!.broker.publish('news', bytesOf('one')));
    await a!.broker.unsubscribe('news');
    const before = a!.inbox.received.length;
    await Promise.all(published);
    await a!.broker.publish('news', bytesOf('two'));
    expect(a!.inbox.received).toHaveLength(before);
    await a!.broker.unsubscribe('news');
  });

  test(`${name} delivers again after a subscription was given up and taken again`, async () => {
    const [a] = await workers(1);
    await a!.broker.subscribe('news');
    await a!.broker.unsubscribe('news');
    await a!.broker.subscribe('news');
    await a!.broker.publish('news', bytesOf('one'));
    expect(a!.inbox.received).toEqual(['news:one']);
  });

  test(`${name} shows all subscribers of a channel on a host one order, and each publisher's to all`, async () => {
    const all = await workers(4);
    await Promise.all(all.map(({ broker }) => broker.subscribe('news')));
    for (let round = 0; round < 100; round += 1) {
      for (const [worker, { broker }] of all.entries()) {
        broker.transmit('news', bytesOf(`${worker}-${round}`));
      }
      await Promise.resolve();
    }
    const seen = await Promise.all(all.map(({ inbox }) => inbox.take(400)));
    for (const [index, { host }] of all.entries()) {
      expect(new Set(seen[index]).size).toBe(400);
      expect(seen[index]).toEqual(seen[all.findIndex((one) => one.host === host)]);
      for (const worker of all.keys()) {
        const own = seen[index]!.filter((line) => line.startsWith(`news:${worker}-`));
        expect(own).toEqual(Array.from({ length: 100 }, (_, round) => `news:${worker}-${round}`));
      }
    }
  });

  test(`${name} keeps one order when a delivery makes the next publication`, async () => {
    const cluster = await start();
    const first = new Inbox();
    const second = new Inbox();
    const a = await cluster.connect((channel, payload) => {
      if (first.received.length === 0) {
        a.transmit('news', bytesOf('answer'));
      }
      first.deliver(channel, payload);
    });
    const b = await cluster.connect(second.deliver);
    onTestFinished(async () => {
      await Promise.all([a.close(), b.close()]);
      await cluster.end();
    });
    await Promise.all([a.subscribe('news'), b.subscribe('news')]);
    await b.publish('news', bytesOf('question'));
    expect(await first.take(2)).toEqual(['news:question', 'news:answer']);
    expect(await second.take(2)).toEqual(['news:question', 'news:answer']);
  });

  test.each(['__proto__', 'constructor', '', 'täglich 🗞️', 'a'.repeat(10_000)])(
    `${name} takes %j for a channel like any other`,
    async (channel) => {
      const [a, b] = await workers(2);
      await a!.broker.subscribe(channel);
      await b!.broker.publish(channel, bytesOf('one'));
      await b!.broker.publish(`${channel}.`, bytesOf('other'));
      expect(await a!.inbox.take(1)).toEqual([`${channel}:one`]);
      await a!.broker.publish(channel, bytesOf('two'));
      expect(a!.inbox.received).toEqual([`${channel}:one`, `${channel}:two`]);
    },
  );

  test(`${name} hands payloads over byte for byte, from none to a million`, async () => {
    const cluster = await start();
    const received: Buffer[] = [];
    const broker = await cluster.connect((_channel, payload) => received.push(Buffer.from(payload)));
    onTestFinished(async () => {
      await broker.close();
      await cluster.end();
    });
    const sent = [0, 1, 255, 70_000, 1_000_000].map((length) =>
      Uint8Array.from({ length }, (_, index) => index * 7 + (index >> 8)),
    );
    await broker.subscribe('bytes');
    await Promise.all(sent.map((payload) => broker.publish('bytes', payload)));
    expect(received.map((payload) => payload.length)).toEqual(sent.map((payload) => payload.length));
    expect(received.every((payload, index) => payload.equals(sent[index]!))).toBe(true);
  });

  test(`${name} lets the publisher use its bytes again`, async () => {
    const [a] = await workers(1);
    await a!.broker.subscribe('news');
    const payload = bytesOf('one');
    const published = a!.broker.publish('news', payload);
    payload.fill(0);
    await published;
    expect(a!.inbox.received).toEqual(['news:one']);
  });

  test(`${name} serves the others when one worker closes`, async () => {
    const [a, b] = await workers(2);
    await Promise.all([a!.broker.subscribe('news'), b!.broker.subscribe('news')]);
    await a!.broker.close();
    await b!.broker.publish('news', bytesOf('one'));
    expect(b!.inbox.received).toEqual(['news:one']);
    expect(a!.inbox.received).toEqual([]);
  });

  test(`${name} brings a channel to every worker that subscribes, and to none that no longer does`, async () => {
    const all = await workers(4);
    const [a, b, c, d] = all;
    await Promise.all(all.map(({ broker }) => broker.subscribe('news')));
    await a!.broker.publish('news', bytesOf('one'));
    await Promise.all(all.map(({ inbox }) => inbox.take(1)));
    await Promise.all([b!.broker.unsubscribe('news'), c!.broker.unsubscribe('news')]);
    await a!.broker.publish('news', bytesOf('two'));
    await d!.inbox.take(2);
    await b!.broker.subscribe('news');
    await a!.broker.publish('news', bytesOf('three'));
    await Promise.all([b!.inbox.take(2), d!.inbox.take(3)]);
    const seen = all.map(({ inbox }) => inbox.received.map((line) => line.slice('news:'.length)));
    expect(seen).toEqual([['one', 'two', 'three'], ['one', 'three'], ['one'], ['one', 'two', 'three']]);
  });

  test(`${name} rejects every call after close, except unsubscribe and transmit`, async () => {
    const [a] = await workers(1);
    await a!.broker.subscribe('news');
    await a!.broker.close();
    await a!.broker.close();
    await expect(a!.broker.subscribe('news')).rejects.toMatchObject({ code: 'BROKER_UNREACHABLE' });
    await expect(a!.broker.publish('news', bytesOf('x'))).rejects.toMatchObject({
      code: 'BROKER_UNREACHABLE',
    });
    await a!.broker.unsubscribe('news');
    a!.broker.transmit('news', bytesOf('x'));
    expect(a!.inbox.received).toEqual([]);
  });
}
