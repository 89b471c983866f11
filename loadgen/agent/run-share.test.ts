import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startTarget, type TestTarget } from '../drivers/testing.ts';
import { type Behaviour, deliveriesPerSecond, type Plan, type Share } from '../plan/index.ts';
import { checkConservation, decodeHistogram, type Totals, type Window } from '../results/index.ts';
import { ShareRun } from './run-share.ts';

const pingPong: Required<Behaviour> = {
  kind: 'ping-pong',
  event: 'ping',
  reply: 'pong',
  payload: {},
  every: 0.05,
  spread: 0.5,
};

/** Twenty users within a fifth of a second, then a second of messages. */
function shareOf(port: number, behaviour: Required<Behaviour> = pingPong): Share {
  const plan: Plan = {
    scenario: 'test',
    seed: 1,
    users: 20,
    ramp: 100,
    behaviour,
    phases: [
      { name: 'ramp', start: 0, end: 0.3 },
      { name: 'steady', start: 0.3, end: 1.2 },
      { name: 'drain', start: 1.2, end: 2.2 },
    ],
    answerWithin: 1,
  };
  const target = { host: '127.0.0.1', port, path: '/socketcluster/' };
  return { plan, process: 0, processes: 1, target, sourceAddresses: [], driver: 'socketcluster' };
}

interface Outcome {
  run: ShareRun;
  windows: Window[];
  totals: Totals[];
}

function start(share: Share): Outcome {
  const windows: Window[] = [];
  const totals: Totals[] = [];
  const run = new ShareRun({
    share,
    address: '127.0.0.1',
    report: (report) => {
      if (report.type === 'window') windows.push(report.window);
      else totals.push(report.totals);
    },
  });
  run.go(Date.now());
  return { run, windows, totals };
}

function expectConserved({ windows, totals }: Outcome): Totals {
  expect(totals).toHaveLength(1);
  expect(checkConservation({ windows, totals })).toEqual([]);
  return totals[0] ?? expect.fail();
}

let target: TestTarget;
beforeEach(async () => {
  target = await startTarget();
});
afterEach(() => target.close());

test('run-share sends what the plan says, gets every answer and ends before the drain does', async () => {
  const outcome = start(shareOf(target.port));
  await outcome.run.done;
  const totals = expectConserved(outcome);
  const pings = target.packets.filter(({ event }) => event === 'ping');
  expect(totals).toMatchObject({ connected: 20, failed: 0, dropped: 0, sent: pings.length, inFlight: 0 });
  expect(totals.answered).toBe(totals.sent);
  // 20 users at 20 messages a second, each from its arrival on: 20 x 20 x 1.2 less the ramp.
  expect(totals.sent + totals.unsent).toBeGreaterThan(400);
  expect(totals.sent + totals.unsent).toBeLessThan(480);
  expect(outcome.windows.map(({ second }) => second)).toEqual([0, 1]);
  expect(target.sockets.size).toBe(0);
});

test('run-share times every send and every answer', async () => {
  const outcome = start(shareOf(target.port));
  await outcome.run.done;
  const { sent, answered } = expectConserved(outcome);
  const encoded = outcome.windows.flatMap(({ lateness = [], workers }) => [
    lateness,
    ...workers.flatMap(({ response = [], service = [] }) => [response, service]),
  ]);
  const counts = encoded.flat().map((text) => decodeHistogram(text).count);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(sent + 2 * answered);
});

test('run-share sends nothing before its time', async () => {
  const outcome = start(shareOf(target.port));
  await outcome.run.done;
  for (const { workers } of outcome.windows) {
    const response = decodeHistogram(workers[0]?.response ?? expect.fail());
    const service = decodeHistogram(workers[0]?.service ?? expect.fail());
    // An answer is measured from when its send was due and from when it left: the first is never shorter.
    expect(response.min).toBeGreaterThanOrEqual(service.min);
    expect(response.quantile(0.1)).toBeGreaterThanOrEqual(service.quantile(0.1));
  }
});

test('run-share counts what it publishes apart from what it sends, and every delivery', async () => {
  const behaviour: Required<Behaviour> = {
    kind: 'channels',
    channels: 2,
    subscriptions: 1,
    publishers: 0.5,
    every: 0.05,
    spread: 0.5,
    payloadBytes: 8,
  };
  const share = shareOf(target.port, behaviour);
  const outcome = start(share);
  await outcome.run.done;
  const totals = expectConserved(outcome);
  expect(totals).toMatchObject({ sent: 0, connected: 20 });
  expect(totals.published).toBe(target.packets.filter(({ event }) => event === '#publish').length);
  expect(totals.published).toBeGreaterThan(100);
  const each = deliveriesPerSecond(share.plan) / (10 / behaviour.every);
  expect(totals.pushed / totals.published).toBeGreaterThan(each * 0.7);
  expect(totals.pushed / totals.published).toBeLessThan(each * 1.3);
});

test('run-share that is aborted tells what it has, with what is still in flight', async () => {
  await target.close();
  target = await startTarget({ onPacket: (_socket, { event }) => event === 'ping' });
  const outcome = start(shareOf(target.port));
  await vi.waitFor(() => expect(target.packets.length).toBeGreaterThan(50), { timeout: 5_000, interval: 5 });
  outcome.run.abort();
  outcome.run.abort();
  await outcome.run.done;
  const totals = expectConserved(outcome);
  expect(totals.sent).toBe(totals.inFlight);
  expect(totals.inFlight).toBeGreaterThan(0);
});

test('run-share counts answers that never come as timed out', async () => {
  await target.close();
  target = await startTarget({ onPacket: (_socket, { event }) => event === 'ping' });
  const outcome = start(shareOf(target.port));
  await outcome.run.done;
  const totals = expectConserved(outcome);
  expect(totals).toMatchObject({ timedOut: totals.sent, answered: 0, inFlight: 0 });
  expect(totals.sent).toBeGreaterThan(300);
});

test('run-share counts users nobody answers as failed, and their turns as unsent', async () => {
  await target.close();
  target = await startTarget({ status: 0 });
  const outcome = start(shareOf(target.port));
  await outcome.run.done;
  const totals = expectConserved(outcome);
  expect(totals).toMatchObject({ connected: 0, failed: 20, sent: 0 });
  expect(outcome.windows.at(-1)?.users.failed).toEqual({ unfinished: 20 });
  expect(totals.unsent).toBeGreaterThan(300);
});
