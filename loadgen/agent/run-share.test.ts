import { performance } from 'node:perf_hooks';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FACT, startTarget, type TargetOptions, type TestTarget } from '../drivers/testing.ts';
import { deliveriesPerSecond } from '../plan/index.ts';
import { channels, groupOf } from '../plan/testing.ts';
import { decodeHistogram, type Window } from '../results/index.ts';
import { createTimerAlarm } from './alarm/index.ts';
import { busyPings, exactly, expectConserved, finish, shareOf, start, twentyASecond } from './testing.ts';

let target: TestTarget;

async function restart(options: TargetOptions): Promise<void> {
  await target.close();
  target = await startTarget(options);
}

function sumOf(windows: readonly Window[], name: 'left' | 'returned'): number {
  return windows.reduce((sum, { users }) => sum + (users[name] ?? 0), 0);
}

const busyChannels = channels({ channels: 2, subscriptions: 1, publishers: 0.5, every: twentyASecond });

beforeEach(async () => {
  target = await startTarget();
});
afterEach(() => target.close());

test('run-share sends what the plan says, gets every answer and ends before the drain does', async () => {
  const { sums, windows } = await finish(shareOf(target.port));
  const pings = target.packets.filter(({ event }) => event === 'ping');
  expect(sums).toMatchObject({ connected: 20, failed: 0, dropped: 0, sent: pings.length, inFlight: 0 });
  expect(sums.answered).toBe(sums.sent);
  // 20 users at 20 messages a second, each from its arrival on: 20 x 20 x 1.2 less the ramp.
  expect(sums.sent + sums.unsent).toBeGreaterThan(400);
  expect(sums.sent + sums.unsent).toBeLessThan(480);
  expect(windows.at(-1)?.second).toBeLessThan(11);
  await vi.waitFor(() => expect(target.sockets.size).toBe(0), FACT);
});

test('run-share times every send and every answer', async () => {
  const { sums, windows } = await finish(shareOf(target.port));
  const encoded = windows.flatMap(({ lateness = [], workers }) => [
    lateness,
    ...workers.flatMap(({ response = [], service = [] }) => [response, service]),
  ]);
  const counts = encoded.flat().map((text) => decodeHistogram(text).count);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(sums.sent + 2 * sums.answered);
});

test('run-share sends nothing before its time', async () => {
  const { windows } = await finish(shareOf(target.port));
  for (const { workers } of windows) {
    const response = decodeHistogram(workers[0]?.response ?? expect.fail());
    const service = decodeHistogram(workers[0]?.service ?? expect.fail());
    // An answer is measured from when its send was due and from when it left: the first is never shorter.
    expect(response.min).toBeGreaterThanOrEqual(service.min);
    expect(response.quantile(0.1)).toBeGreaterThanOrEqual(service.quantile(0.1));
  }
});

test('run-share looks up at even intervals, also where it has nothing to send', async () => {
  const { sums, windows } = await finish(shareOf(target.port, { behaviour: { kind: 'idle' } }));
  expect(sums.sent).toBe(0);
  const looks = windows.flatMap(({ loopDelay = [] }) => loopDelay).map((text) => decodeHistogram(text));
  // It ends at 1.2 s at the earliest.
  expect(looks.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(1.2 * 61);
  expect(Math.min(...looks.map(({ min }) => min))).toBeGreaterThanOrEqual(0);
});

test('run-share sleeps to the point until the start, roughly while users come, and to the point after the ramp', async () => {
  const ramp = 300;
  const from = performance.now();
  const all: { until: number; roughly: boolean }[] = [];
  const share = shareOf(target.port);
  const { run } = await start(share, (ring) => {
    const alarm = createTimerAlarm(ring);
    return {
      ...alarm,
      set(milliseconds, roughly = false) {
        all.push({ until: performance.now() - from + milliseconds, roughly });
        return alarm.set(milliseconds);
      },
    };
  });
  await run.done;
  const firstUser = all.findIndex(({ roughly }) => roughly);
  expect(firstUser).toBeGreaterThanOrEqual(1);
  const sleeps = all.slice(firstUser);
  const [rough, exact] = [true, false].map((wanted) => sleeps.filter(({ roughly }) => roughly === wanted));
  expect(rough?.length).toBeGreaterThanOrEqual(1);
  expect(exact?.length).toBeGreaterThan(1);
  expect(sleeps.map(({ roughly }) => roughly)).toEqual(
    [...(rough ?? []), ...(exact ?? [])].map(({ roughly }) => roughly),
  );
  for (const { until } of exact ?? []) expect(until).toBeGreaterThanOrEqual(ramp);
});

test('run-share counts what it publishes apart from what it sends, every delivery, and its spread', async () => {
  const share = shareOf(target.port, { behaviour: busyChannels });
  const { sums, windows } = await finish(share);
  expect(sums).toMatchObject({ sent: 0, connected: 20, pushLost: 0, pushDuplicated: 0, pushReordered: 0 });
  expect(sums.published).toBe(target.packets.filter(({ event }) => event === '#publish').length);
  expect(sums.published).toBeGreaterThan(100);
  expect(windows.reduce((sum, { published = 0 }) => sum + published, 0)).toBe(sums.published);
  const each = deliveriesPerSecond(share.plan) / (10 / busyChannels.every.mean);
  expect(sums.pushed / sums.published).toBeGreaterThan(each * 0.7);
  expect(sums.pushed / sums.published).toBeLessThan(each * 1.3);
  const spreads = windows.flatMap(({ fanout }) => (fanout === undefined ? [] : [fanout.first, fanout.last]));
  const counts = spreads.map((text) => decodeHistogram(text).count);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(sums.published * 1.8);
});

test('run-share finds what the target loses and repeats among publications', async () => {
  let lost = 0;
  let published = 0;
  const deliver = (packet: object): void => {
    for (const socket of target.sockets) socket.send(JSON.stringify(packet));
  };
  await restart({
    onPacket(_socket, { event, data }) {
      if (event !== '#publish') return false;
      published += 1;
      // The tenth reaches nobody, the twentieth everybody twice.
      if (published === 10) lost = target.sockets.size;
      else deliver({ event, data });
      if (published === 20) deliver({ event, data });
      return true;
    },
  });
  const behaviour = channels({ channels: 1, subscriptions: 1, publishers: 0.2, every: twentyASecond });
  const { sums } = await finish(shareOf(target.port, { behaviour, drain: 3 }));
  expect(lost).toBeGreaterThan(0);
  expect(sums.pushDuplicated).toBeGreaterThan(0);
  // Who came while it was under way is in doubt, and not counted.
  expect(sums.pushLost).toBeGreaterThan(0);
  expect(sums.pushLost).toBeLessThanOrEqual(lost);
  expect(sums.pushReordered).toBe(0);
});

test('run-share tells the publications of another run at the same target from its own', async () => {
  const share = shareOf(target.port, { behaviour: busyChannels });
  const outcomes = [await start(share), await start(share)];
  for (const outcome of outcomes) {
    await outcome.run.done;
    const sums = expectConserved(outcome);
    expect(sums).toMatchObject({ connected: 20, pushLost: 0, pushDuplicated: 0, pushReordered: 0 });
    expect(sums.pushed).toBeGreaterThan(sums.published);
    expect(sums.pushForeign).toBeGreaterThan(sums.published);
  }
});

test('run-share ends when all other load processes have told where their publishers stand, and owes what never came', async () => {
  const share = shareOf(target.port, { behaviour: busyChannels, share: { processes: 2 }, drain: 1 });
  const outcome = await start(share);
  const from = performance.now();
  const { ends, run, totals } = outcome;
  // A little later than the drain ends.
  await vi.waitFor(() => expect(performance.now() - from).toBeGreaterThan(2_500), FACT);
  expect([ends.length, totals.length]).toEqual([1, 0]);
  // One publication in each of both channels that reached nobody here, where everybody subscribes to one of them.
  const unseen = [0, 1].map((channel) => ({ channel, publisher: 1, next: 1, intended: 4 }));
  run.learn({ type: 'ends', process: 1, ends: unseen });
  await run.done;
  const sums = expectConserved(outcome);
  expect(sums).toMatchObject({ connected: 10, pushLost: 10, pushDuplicated: 0, pushReordered: 0 });
  expect(ends[0]?.ends.reduce((sum, { next }) => sum + next, 0)).toBe(sums.published);
});

test('run-share drives groups that do different things at once', async () => {
  const calls = { ...busyPings, kind: 'calls', event: 'call', payload: {} } as const;
  const groups = [
    groupOf({ name: 'pings', users: 8 }),
    groupOf({ name: 'calls', users: 6, behaviour: calls }),
    groupOf({ name: 'idle', users: 6, behaviour: { kind: 'idle' } }),
  ];
  groups[0]!.behaviour = busyPings;
  const { sums } = await finish(shareOf(target.port, { groups }));
  const count = (name: string): number => target.packets.filter(({ event }) => event === name).length;
  expect(sums).toMatchObject({
    connected: 20,
    sent: count('ping') + count('call'),
    answered: sums.sent,
    lost: 0,
  });
  expect(count('ping')).toBeGreaterThan(100);
  expect(count('call')).toBeGreaterThan(80);
});

test('run-share counts errors a target answers with, as answers', async () => {
  await restart({
    onPacket(socket, { event, cid }) {
      if (event === 'call') socket.send(`{"rid":${cid},"error":{"name":"No"}}`);
      return event === 'call';
    },
  });
  const behaviour = { ...busyPings, kind: 'calls', event: 'call', payload: {} } as const;
  const { sums, windows } = await finish(shareOf(target.port, { behaviour }));
  const errors = windows
    .flatMap(({ workers }) => workers)
    .reduce((sum, worker) => sum + (worker.errors ?? 0), 0);
  expect(errors).toBe(sums.sent);
  expect(sums.answered).toBe(sums.sent);
});

test('run-share waits for the answer before the next turn of a closed model', async () => {
  let waiting = 0;
  let most = 0;
  await restart({
    onPacket(socket, { event }) {
      if (event !== 'ping') return false;
      waiting += 1;
      most = Math.max(most, waiting);
      setTimeout(() => {
        waiting -= 1;
        socket.send('{"event":"pong","data":{}}');
      }, 100);
      return true;
    },
  });
  const behaviour = { ...busyPings, model: 'closed' } as const;
  const { sums } = await finish(shareOf(target.port, { behaviour }));
  expect(most).toBeLessThanOrEqual(20);
  // A turn takes 100 ms of waiting and 50 ms of gap: some seven of them in a second at most, not twenty.
  expect(sums.sent).toBeGreaterThan(20);
  expect(sums.sent).toBeLessThan(180);
  expect(sums).toMatchObject({ answered: sums.sent, lost: 0, timedOut: 0 });
});

test('run-share wakes for a turn that an answer led to, though nothing else is due', async () => {
  const closed = { ...busyPings, model: 'closed' } as const;
  const groups = [
    groupOf({ users: 1, behaviour: closed }),
    groupOf({ users: 19, behaviour: { kind: 'idle' } }),
  ];
  const { sums } = await finish(shareOf(target.port, { groups }));
  // A gap of 50 ms and an answer at once: about twenty of them. Only arrivals, in the first 0.2 s, wake it otherwise.
  expect(sums.sent).toBeGreaterThan(10);
  expect(sums.answered).toBe(sums.sent);
});

test('run-share lets users leave and come back without losing an answer', async () => {
  await restart({
    onPacket(socket, { event }) {
      if (event === 'ping') setTimeout(() => socket.send('{"event":"pong","data":{}}'), 20);
      return event === 'ping';
    },
  });
  const habits = { stays: exactly(0.3), returns: exactly(0.1) };
  const { sums, windows } = await finish(shareOf(target.port, { habits }));
  expect(sums).toMatchObject({ dropped: 0, failed: 0, lost: 0, timedOut: 0, answered: sums.sent });
  expect(sums.left).toBeGreaterThan(20); // More than once each.
  expect(sumOf(windows, 'left')).toBe(sums.left);
  expect(sumOf(windows, 'returned')).toBe(sums.connected - 20);
  expect(windows.at(-1)?.users.open).toBe(sums.connected - (sums.left ?? 0));
  // Who is still there at the end is reset.
  await vi.waitFor(
    () => expect(target.closeCodes.filter((code) => code === 1000)).toHaveLength(sums.left ?? 0),
    FACT,
  );
});

test('run-share brings dropped users back when their group reconnects, and times their recovery', async () => {
  let pings = 0;
  await restart({
    onPacket(socket, { event }) {
      pings += event === 'ping' ? 1 : 0;
      const isLast = event === 'ping' && pings % 40 === 0;
      if (isLast) socket.terminate();
      return isLast;
    },
  });
  const reconnects = { initial: 0.05, randomness: 0, multiplier: 2, most: 1 };
  const { sums, windows } = await finish(shareOf(target.port, { habits: { reconnects } }));
  expect(sums.dropped).toBeGreaterThan(4);
  expect(sums.lost).toBeGreaterThan(0);
  const recoveries = windows.flatMap(({ workers }) => workers.flatMap(({ recovery = [] }) => recovery));
  const histograms = recoveries.map(decodeHistogram);
  expect(histograms.reduce((sum, { count }) => sum + count, 0)).toBe(sumOf(windows, 'returned'));
  expect(sumOf(windows, 'returned')).toBe(sums.connected - 20);
  for (const { min } of histograms) expect(min).toBeGreaterThan(49_000);
});

test('run-share lets refused users try again with growing waits, and others give up', async () => {
  const share = shareOf(target.port);
  await target.close();
  const reconnects = { initial: 0.05, randomness: 0, multiplier: 5, most: 10 };
  // At 0, 0.05 and 0.3 s after its arrival; the attempt after these would come at 1.55 s, which is too late.
  const stubborn = await finish(shareOf(share.target.port, { habits: { reconnects } }));
  expect(stubborn.sums).toMatchObject({ connected: 0, failed: 60 });
  const meek = await finish(share);
  expect(meek.sums).toMatchObject({ connected: 0, failed: 20 });
  expect(meek.windows.at(-1)?.users.started).toBe(20);
  target = await startTarget();
});

test('run-share holds back what comes to users that stall, until they read on', async () => {
  const habits = { stalls: { every: exactly(0.3), for: exactly(0.4) } };
  const { sums, windows } = await finish(shareOf(target.port, { habits }));
  expect(sums).toMatchObject({ answered: sums.sent, timedOut: 0, lost: 0 });
  const response = windows.flatMap(({ workers }) => workers.flatMap(({ response: times = [] }) => times));
  const longest = Math.max(...response.map((text) => decodeHistogram(text).max));
  expect(longest).toBeGreaterThan(200_000);
});

test('run-share tells the frames of the one user that is traced, and only those', async () => {
  const { frames } = await finish(shareOf(target.port, { share: { traceUser: 7 } }));
  const sent = frames.filter((text) => text.startsWith('out {"event":"ping"'));
  expect(frames[0]).toContain('out {"event":"#handshake"');
  expect(sent.length).toBeGreaterThan(5);
  expect(sent.length).toBeLessThan(50);
});

test('run-share that is aborted tells what it has, with what is still in flight', async () => {
  await restart({ onPacket: (_socket, { event }) => event === 'ping' });
  const outcome = await start(shareOf(target.port));
  await vi.waitFor(() => expect(target.packets.length).toBeGreaterThan(50), FACT);
  outcome.run.abort();
  outcome.run.abort();
  await outcome.run.done;
  const totals = expectConserved(outcome);
  expect(totals.sent).toBe(totals.inFlight);
  expect(totals.inFlight).toBeGreaterThan(0);
});

test('run-share counts answers that never come as timed out', async () => {
  await restart({ onPacket: (_socket, { event }) => event === 'ping' });
  const { sums } = await finish(shareOf(target.port, { drain: 1 }));
  expect(sums).toMatchObject({ timedOut: sums.sent, answered: 0, inFlight: 0 });
  expect(sums.sent).toBeGreaterThan(300);
});

test('run-share counts users nobody answers as failed, and their turns as unsent', async () => {
  await restart({ status: 0 });
  const { sums, windows } = await finish(shareOf(target.port, { drain: 1 }));
  expect(sums).toMatchObject({ connected: 0, failed: 20, sent: 0 });
  expect(windows.at(-1)?.users.failed).toEqual({ unfinished: 20 });
  expect(sums.unsent).toBeGreaterThan(300);
});
