/** A run against two real hosts, one of which is stopped under load. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { formatSummary } from '../../../reports/index.ts';
import { entry } from '../../../server/process/index.ts';
import { runScenario } from '../run.ts';
import { startTarget, type Target } from '../target.ts';

const USERS = 40;
/** Second from which all is measured: each host is to be seen before one of them ends. */
const MEASURED_FROM = 3;

const scenario = {
  name: 'two-hosts',
  question: 'Do the users of one host go to the other?',
  users: USERS,
  ramp: USERS,
  settle: 2,
  duration: 6,
  answerWithin: 5,
  behaviour: { kind: 'ping-pong', payload: {}, every: 0.5 },
  reconnects: { initial: 0.2, randomness: 0.3, multiplier: 1.5, most: 2 },
  target: { workers: 2, brokers: 1, controller: entry('scenarios/controllers/ping-pong.js') },
  rules: ['users.failed == 0'],
};

async function startHost(hostName: string): Promise<Target> {
  const { workers, brokers, controller } = scenario.target;
  const options = { port: 0, logLevel: 0, workers, brokers, hostName, workerController: controller };
  const host = await startTarget(options);
  onTestFinished(() => host.stop());
  return host;
}

test('runScenario() takes several hosts for one target, and users leave a host that ends for another', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'two-hosts-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'two-hosts.json');
  await writeFile(file, JSON.stringify(scenario));
  const [left, right] = [await startHost('left'), await startHost('right')];
  const full = new Map<string, number>();
  let stopped: Promise<void> | undefined;
  const { run } = await runScenario(
    {
      scenario: file,
      overrides: {},
      target: left.url,
      further: [right.url],
      admin: [left, right].map(({ stateUrl }) => new URL(stateUrl ?? '').origin),
      out: join(folder, 'run'),
      command: 'test',
    },
    {
      begin: () => {},
      trouble: expect.fail,
      second({ second, users, workers }) {
        if (stopped !== undefined || second <= MEASURED_FROM || users.open < USERS) return;
        for (const { worker, open } of workers) full.set(worker, open);
        stopped = left.stop();
      },
    },
    new AbortController().signal,
  );
  await stopped;
  const names = ['left/0', 'left/1', 'right/0', 'right/1'];
  expect([...full.keys()].filter((name) => name !== '-')).toEqual(names);
  const onLeft = (full.get('left/0') ?? 0) + (full.get('left/1') ?? 0);
  expect(onLeft).toBe(USERS / 2);
  const { summary, timeline } = run;
  expect(summary.workers.map(({ id }) => id)).toEqual(names);
  expect(summary.workers.map(({ pid }) => pid)).not.toContain(null);
  expect(summary.users).toMatchObject({ peak: USERS, dropped: { 'close-1001': USERS / 2 } });
  expect(summary.users.returned).toBe(USERS / 2);
  expect(timeline.at(-2)?.users.open).toBe(USERS);
  expect(summary.servers).toMatchObject([
    { id: 'left', workers: 2, connections: 0 },
    { id: 'right', workers: 2, connections: USERS },
  ]);
  expect(formatSummary(summary)).toMatch(/\n *host left .*\n *worker left\/0 /);
});
