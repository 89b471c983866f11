import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { type Bus, type Hello, hello, joinBus, Line, PROTOCOL, parseBusUrl, readAs } from '../bus/index.ts';
import { startNats, TestNats } from '../bus/testing.ts';
import { FACT } from '../drivers/testing.ts';
import { monotonicMs, toolVersion } from '../host/index.ts';
import { defaultName, serveAgent } from './serve.ts';

const line = '0123456789abcdef';
let nats: TestNats;
let own: Bus;
let theirs: Bus;
let said: string[];
let ending: AbortController;
let served: Promise<void>;

beforeEach(async () => {
  nats = await startNats();
  const address = parseBusUrl(nats.url);
  [own, theirs] = [await joinBus(address, 'agent'), await joinBus(address, 'coordinator')];
  said = [];
  ending = new AbortController();
  served = serveAgent({
    bus: own,
    name: 'a',
    once: true,
    say: (text) => said.push(text),
    signal: ending.signal,
  });
  await vi.waitFor(() => expect(said).toHaveLength(1), FACT);
});

afterEach(async () => {
  ending.abort();
  await served;
  await own.close();
  await theirs.close();
  await nats.kill();
});

async function found(): Promise<Hello> {
  const answers = await theirs.requestAll(theirs.subjects.roll, {}, 300);
  expect(answers).toHaveLength(1);
  return readAs(hello, answers[0]) ?? expect.fail('that is no agent');
}

async function lease(changes: object = {}): Promise<unknown> {
  const request = {
    tool: toolVersion(),
    protocol: PROTOCOL,
    coordinator: 'me',
    scenario: 's',
    line,
    ...changes,
  };
  return theirs.request(theirs.subjects.agent((await found()).id).lease, request, 5_000);
}

test('serveAgent() says who it is and what time it is', async () => {
  expect(said[0]).toMatch(
    /^Agent "a" waits for work at 127\.0\.0\.1:\d+: \d+ cores, [\d.]+ GB, \d+ descriptors$/,
  );
  const agent = await found();
  expect(agent).toMatchObject({ name: 'a', tool: toolVersion(), protocol: PROTOCOL });
  expect(agent.busy).toBeUndefined();
  const before = monotonicMs();
  const answer = await theirs.request(theirs.subjects.agent(agent.id).clock, {}, 5_000);
  const told = answer as { monotonicMs: number; wallMs: number };
  expect(told.monotonicMs).toBeGreaterThanOrEqual(before);
  expect(told.monotonicMs).toBeLessThanOrEqual(monotonicMs());
  expect(Math.abs(told.wallMs - Date.now())).toBeLessThan(60_000);
});

test('serveAgent() works for one coordinator at a time, and says so on both sides', async () => {
  expect(await lease()).toEqual({});
  expect((await found()).busy).toBe('me with "s"');
  expect(await lease({ coordinator: 'other', scenario: 't' })).toEqual({
    refused: 'it works for me with "s"',
  });
  expect(said.slice(1)).toEqual([
    'Works for me with "s"',
    expect.stringMatching(/^Refused other with "t" \(version [\d.]+, \d+\): it works for me with "s"$/),
  ]);
});

test('serveAgent() refuses a coordinator of another version, and takes no lease it cannot read', async () => {
  expect(await lease({ tool: '9.9.9' })).toEqual({
    refused: expect.stringMatching(
      /^it is version [\d.]+ \(protocol 1\), wanted is a coordinator of the same$/,
    ),
  });
  expect(await lease({ protocol: 2 })).toMatchObject({ refused: expect.stringContaining('it is version') });
  const { id } = await found();
  const bad = { tool: toolVersion(), protocol: PROTOCOL, coordinator: 'me', scenario: 's', line: '*' };
  await expect(theirs.request(theirs.subjects.agent(id).lease, bad, 200)).rejects.toThrow();
  expect((await found()).busy).toBeUndefined();
});

test('serveAgent() passes on why it is not used, and lets nobody write to its terminal with escape codes', async () => {
  const { id } = await found();
  theirs.publish(theirs.subjects.agent(id).notice, { coordinator: 'me', why: 'too \u001b[2J late' });
  await vi.waitFor(() => expect(said.at(-1)).toBe('Not used by me: too  [2J late'), FACT);
});

test('serveAgent() ends after its run when that is all it is for', async () => {
  expect(await lease()).toEqual({});
  const { orders, reports } = theirs.subjects.line(line);
  const heard: unknown[] = [];
  const other = new Line({
    bus: theirs,
    says: orders,
    hears: reports,
    patience: { silenceMs: 5_000, returnMs: 5_000, awayMs: 5_000 },
    message: (message) => heard.push(message),
    lost: () => undefined,
  });
  other.send({ type: 'release' });
  await served;
  expect(heard).toEqual(
    [{ type: 'released' }, expect.objectContaining({ type: 'leaving' })].slice(0, heard.length),
  );
  expect(said.at(-1)).toBe('Done for me with "s"');
  other.close();
});

/** Joins a server that is started with such words, and ends both with the test. */
async function joined(words: readonly string[], url: (port: number) => string): Promise<[Bus, TestNats]> {
  const server = await startNats(...words);
  const bus = await joinBus(parseBusUrl(url(server.port)), 'agent');
  onTestFinished(async () => {
    await bus.close();
    await server.kill();
  });
  return [bus, server];
}

function serve(bus: Bus): Promise<void> {
  return serveAgent({ bus, name: 'b', say: (text) => said.push(text), signal: ending.signal });
}

test.each([
  ['publish', 'subscribe'],
  ['subscribe', 'publish'],
])('serveAgent() does not wait where it may %s and not %s', async (right, missing) => {
  const folder = mkdtempSync(join(tmpdir(), 'serve-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const config = join(folder, 'nats.conf');
  const rights = `${right}: "scbench.bench.>", ${missing}: "other"`;
  writeFileSync(config, `authorization { users = [{ user: a, password: b, permissions: { ${rights} } }] }`);
  const [bus, { port }] = await joined(['--config', config], (at) => `nats://a:b@127.0.0.1:${at}`);
  await expect(serve(bus)).rejects.toMatchObject({
    code: 'BUS_UNREACHABLE',
    message: expect.stringMatching(
      new RegExp(
        `^Cannot wait for work at "127\\.0\\.0\\.1:${port}": Permissions Violation for ${missing === 'publish' ? 'Publish' : 'Subscription'} to "scbench\\..*", wanted is the right to publish and subscribe "scbench\\.bench\\.>"$`,
      ),
    ),
  });
});

test('serveAgent() fails when NATS lets it in no more', async () => {
  const [bus, open] = await joined([], (at) => `nats://127.0.0.1:${at}`);
  const { port } = open;
  const waiting = serve(bus);
  await vi.waitFor(() => expect(said.at(-1)).toMatch(/^Agent "b" waits/), FACT);
  await open.kill();
  const closed = await new TestNats(port, ['--user', 'ann', '--pass', 'right']).start();
  onTestFinished(() => closed.kill());
  await expect(waiting).rejects.toMatchObject({
    code: 'BUS_UNREACHABLE',
    message: `Lost NATS at "127.0.0.1:${port}": it does not take these credentials, wanted are ones that it knows`,
  });
});

test('defaultName() is a name', () => {
  expect(defaultName()).not.toBe('');
});
