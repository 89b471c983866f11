/** Runs over agents as people start them: real processes and a real NATS server, judged by what they leave behind. */
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { entry } from '../../../server/process/index.ts';
import { startNats } from '../../bus/testing.ts';
import { planHash } from '../../plan/index.ts';
import { resolvePlan } from '../../plan/resolve/index.ts';
import {
  checkConservation,
  decodeHistogram,
  readRun,
  type Totals,
  type Window,
} from '../../results/index.ts';
import { Bench, FACT, measuring, Scbench, scenario, windowsOf } from './testing.ts';

// Several of these take a dozen processes: only what hangs is to end by it, not what shares its machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000, maxConcurrency: 4 });

/** All answers, bucket for bucket. */
function merged(windows: readonly Window[]): string {
  const encoded = windows.flatMap(({ workers }) => workers.flatMap(({ response }) => response ?? []));
  const [sum, ...others] = encoded.map(decodeHistogram);
  for (const other of others) sum?.add(other);
  return sum?.encode() ?? expect.fail('nothing was timed');
}

function inOrder(windows: readonly Window[]): Window[] {
  return windows.toSorted((one, other) => one.process - other.process || one.second - other.second);
}

test.concurrent.for([1, 2, 8])(
  'scbench run has %s agents do what any number would, and adds up exactly what they recorded',
  async (count, context) => {
    const bench = await Bench.open(context);
    const hosts = await bench.agents(count);
    const made = bench.run({}, '--least-agents', String(count));
    expect([0, 112], made.said).toContain(await made.ended);
    const { header, final, summary } = await readRun(join(made.out, 'run.jsonl'));
    expect(header.planHash).toBe(planHash(resolvePlan(scenario).plan));
    expect(header.generator).toMatchObject({ processes: count });
    expect(header.generator.agents?.map(({ name }) => name)).toEqual(hosts.map((_, n) => `a${n}`));
    const own = bench.kept();
    expect(inOrder(windowsOf(made))).toEqual(inOrder(own.windows));
    expect(merged(windowsOf(made))).toBe(merged(own.windows));
    expect(final?.totals.toSorted(bySent)).toEqual(own.totals.toSorted(bySent));
    expect(checkConservation({ windows: windowsOf(made), totals: final?.totals ?? [] })).toEqual([]);
    expect(summary.users).toMatchObject({ failed: {}, peak: 80 });
    expect(summary.generator.agents).toHaveLength(count);
    expect(made.said).toMatch(/start skew p99 [\d.]+ ms, at most [\d.]+ ms, by clocks within ± [\d.]+ ms/);
    for (const host of hosts) {
      await host.says('Done for');
      host.kill('SIGTERM');
    }
    expect(await Promise.all(hosts.map(({ ended }) => ended))).toEqual(hosts.map(() => 0));
  },
);

function bySent(one: Totals | null, other: Totals | null): number {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
}

test.concurrent('scbench run goes on when NATS is started anew in the middle, and counts every second once', async (context) => {
  const bench = await Bench.open(context);
  await bench.agents(2);
  const made = bench.run({ duration: 5 });
  await measuring(made);
  await bench.nats.kill();
  await bench.nats.start();
  expect([0, 112], made.said).toContain(await made.ended);
  const { final, events } = await readRun(join(made.out, 'run.jsonl'));
  const own = bench.kept();
  expect(inOrder(windowsOf(made))).toEqual(inOrder(own.windows));
  expect(final?.totals.toSorted(bySent)).toEqual(own.totals.toSorted(bySent));
  expect(events).toMatchObject([
    {
      kind: 'warning',
      text: expect.stringMatching(/^NATS was away for \d+\.\d s; what was said meanwhile came late$/),
    },
  ]);
});

test.concurrent('scbench run that is interrupted ends on all hosts, and the agents are free again', async (context) => {
  const bench = await Bench.open(context);
  const hosts = await bench.agents(2);
  const made = bench.run({ duration: 60 });
  await measuring(made);
  made.kill('SIGINT');
  expect(await made.ended).toBe(105);
  for (const host of hosts) await host.says('Done for');
  await vi.waitFor(() => expect(bench.target.sockets.size).toBe(0), FACT);
  const { final } = await readRun(join(made.out, 'run.jsonl'));
  expect(final?.totals).not.toContain(null);
});

test.concurrent('scbench agent sends its users home when the coordinator is gone', async (context) => {
  const bench = await Bench.open(context);
  const [host] = await bench.agents(1);
  const made = bench.run({ duration: 60 });
  await measuring(made);
  made.kill('SIGKILL');
  await host?.says(/Gave up .* with "spread": nothing was heard for 1\d\.\d s; its users are sent home/);
  await vi.waitFor(() => expect(bench.target.sockets.size).toBe(0), FACT);
  await host?.says('Done for');
});

test.concurrent('scbench agent that is told to end tells its coordinator why', async (context) => {
  const bench = await Bench.open(context);
  const [host] = await bench.agents(1);
  const made = bench.run({ duration: 60 });
  await measuring(made);
  host?.kill('SIGTERM');
  expect(await made.ended).toBe(114);
  expect(made.said).toContain('its agent "a0" is gone: agent "a0" was told to end');
  expect(await host?.ended).toBe(0);
});

test.concurrent('scbench run and agent refuse each other in sentences: two coordinators, a clock that is off', async (context) => {
  const bench = await Bench.open(context);
  const [host] = await bench.agents(1);
  const first = bench.run({ duration: 60 });
  await measuring(first);
  const second = bench.run();
  expect(await second.ended).toBe(104);
  expect(second.said).toMatch(
    /Cannot use agent "a0": it works for \S+:\d+ with "spread", wanted is a free one/,
  );
  await host?.says(/Not used by \S+:\d+: Cannot use agent "a0": it works for /);
  first.kill('SIGINT');
  await host?.says('Done for');
  const ahead = 'const now = Date.now; Date.now = () => now() + 5_000;';
  const wrong = bench.agent('b0', {
    NODE_OPTIONS: `--import "data:text/javascript,${encodeURIComponent(ahead)}"`,
  });
  await wrong.says('waits for work');
  const third = bench.run();
  expect(await third.ended).toBe(104);
  expect(third.said).toContain(
    'Cannot use agent "b0": the clock of its host is 5.0 s ahead of this one\'s, wanted is at most 1 s',
  );
  await wrong.says('Not used by');
});

test.concurrent('scbench run and agent of another version refuse each other in sentences', async (context) => {
  const bench = await Bench.open(context);
  const other = join(bench.folder, 'other');
  mkdirSync(other);
  cpSync(entry('.'), join(other, 'dist'), { recursive: true });
  symlinkSync(entry('../node_modules'), join(other, 'node_modules'));
  const manifest = JSON.parse(readFileSync(entry('../package.json'), 'utf8'));
  writeFileSync(join(other, 'package.json'), JSON.stringify({ ...manifest, version: '99.0.0' }));
  const words = ['agent', '--nats', bench.nats.url, '--name', 'new'];
  const host = bench.scbench(words, {}, join(other, 'dist/loadgen/cli.js'));
  await host.says('waits for work');
  const made = bench.run();
  expect(await made.ended).toBe(104);
  const sentence =
    /Cannot use agent "new": it is version 99\.0\.0 \(protocol \d\), wanted is [\d.]+ \(protocol \d\) as here/;
  expect(made.said).toMatch(sentence);
  await host.says(sentence);
});

test.concurrent('scbench agent and run say in one sentence that NATS does not let them in', async (context) => {
  const bench = await Bench.open(context);
  const closed = await startNats('--user', 'ann', '--pass', 'right');
  try {
    const url = `nats://ann:wrong@127.0.0.1:${closed.port}`;
    const sentence = `Cannot join NATS at "127.0.0.1:${closed.port}": it does not take these credentials, wanted are ones that it knows\n`;
    const host = bench.scbench(['agent', '--nats', url]);
    expect(await host.ended).toBe(104);
    expect(host.said).toBe(sentence);
    const made = bench.run({}, '--agents', url);
    expect(await made.ended).toBe(104);
    expect(made.said).toBe(sentence);
  } finally {
    await closed.kill();
  }
});

test.concurrent('scbench agent runs behaviours that came with the bundle, and they say what they are wanted to', async (context) => {
  const bench = await Bench.open(context);
  await bench.agents(2);
  writeFileSync(join(bench.folder, 'own.mjs'), "export { behaviour } from './deeper.mjs';");
  writeFileSync(
    join(bench.folder, 'deeper.mjs'),
    'export async function behaviour(user) { for await (const due of user.turns(0.5)) await user.call("call", user.options, due); }',
  );
  const made = bench.run({ behaviour: { kind: 'custom', file: './own.mjs', options: { from: 'bundle' } } });
  expect([0, 112], made.said).toContain(await made.ended);
  const calls = bench.target.packets.filter(({ event }) => event === 'call');
  expect(calls.length).toBeGreaterThan(80);
  expect(calls.every(({ data }) => JSON.stringify(data) === '{"from":"bundle"}')).toBe(true);
});

test.concurrent('scbench run has publications cross from host to host, each once, and says how far their times may be off', async (context) => {
  const bench = await Bench.open(context);
  await bench.agents(2);
  const channels = { kind: 'channels', channels: 4, subscriptions: 2, publishers: 0.5, every: 0.5 };
  const made = bench.run({
    behaviour: channels,
    rules: ['messages.pushLost == 0', 'messages.pushDuplicated == 0'],
  });
  expect([0, 112], made.said).toContain(await made.ended);
  const { summary } = await readRun(join(made.out, 'run.jsonl'));
  expect(summary.messages).toMatchObject({ pushLost: 0, pushDuplicated: 0, pushReordered: 0 });
  // Each host has the run's mark from the common start, and tells how its part of each publication spread.
  expect(summary.messages.pushForeign).toBe(0);
  const spread = windowsOf(made).flatMap(({ fanout }) => fanout?.last ?? []);
  const joined = spread.reduce((sum, text) => sum + decodeHistogram(text).count, 0);
  expect(joined).toBe(summary.messages.published);
  expect(summary.messages.pushed).toBeGreaterThan(1_000);
  expect(summary.findings).toContainEqual(
    expect.stringMatching(/^Times from publisher to subscriber may be off by ± [\d.]+ ms: /),
  );
  // Both ends lie on one host here: an error of the clocks would show as a delivery that comes far too late.
  expect(summary.latencyMs.push?.p50).toBeLessThan(1_000);
  expect(readFileSync(join(made.out, 'report.html'), 'utf8')).toContain('<caption>Agents');
});

test.concurrent('scbench run counts on every host what a publisher on another sent last and nobody got', async (context) => {
  // Whatever is due later than a second after the first publication that all could have had reaches nobody.
  let first: number | undefined;
  let subscribed = 0;
  let swallowed = 0;
  const bench = await Bench.open(context, {
    onPacket(_socket, { event, data }) {
      if (event === '#subscribe') subscribed += 1;
      if (event !== '#publish' || subscribed < 80) return false;
      const { t } = (data as { data: { t: number } }).data;
      first ??= t;
      if (t - first < 1_000_000) return false;
      swallowed += 1;
      return true;
    },
  });
  await bench.agents(2);
  const channels = { kind: 'channels', channels: 1, subscriptions: 1, publishers: 0.1, every: 0.5 };
  const made = bench.run({ behaviour: channels, duration: 3, answerWithin: 2, rules: [] });
  expect([0, 99, 112], made.said).toContain(await made.ended);
  const { final } = await readRun(join(made.out, 'run.jsonl'));
  expect(swallowed).toBeGreaterThan(8);
  // Each host has forty subscribers, who are owed what the publishers of both hosts published.
  const pushLost = 40 * swallowed;
  expect(final?.totals).toMatchObject([{ pushLost }, { pushLost }]);
});

test.concurrent('scbench agent wants to know where NATS is', async () => {
  const host = new Scbench(['agent'], {});
  expect(await host.ended).toBe(2);
  expect(host.said).toContain('--nats nats://host:4222');
});
