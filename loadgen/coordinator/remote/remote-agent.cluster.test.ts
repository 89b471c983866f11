import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Exit } from '../../../server/process/index.ts';
import { seal } from '../../bundle/index.ts';
import { bundleOf } from '../../bundle/testing.ts';
import {
  type Bus,
  joinBus,
  Line,
  type Order,
  order,
  parseBusUrl,
  type Report,
  readAs,
} from '../../bus/index.ts';
import { startNats, type TestNats } from '../../bus/testing.ts';
import { FACT } from '../../drivers/testing.ts';
import type { Window } from '../../results/index.ts';
import { RemoteAgent } from './remote-agent.ts';
import { helloOf } from './testing.ts';

/** A second in which nothing was done. */
const window: Window = {
  type: 'window',
  process: 0,
  second: 0,
  users: { started: 0, open: 0, failed: {}, dropped: {} },
  unsent: 0,
  workers: [],
  load: { pid: 77, cpuMicros: 0, rssBytes: 0, loopUtilisation: 0, gcMs: 0 },
};
const patience = { silenceMs: 9_000, returnMs: 9_000, awayMs: 9_000 };
let nats: TestNats;
let buses: Bus[];
let agent: RemoteAgent;
/** The other end of the line, where this test is the agent. */
let line: Line;
let orders: Order[];

beforeEach(async () => {
  nats = await startNats();
  const address = parseBusUrl(nats.url);
  const [own, theirs] = [await joinBus(address, 'coordinator'), await joinBus(address, 'agent')];
  buses = [own, theirs];
  orders = [];
  const subjects = theirs.subjects.line('ab');
  line = new Line({
    bus: theirs,
    says: subjects.reports,
    hears: subjects.orders,
    patience,
    message: (message) => orders.push(readAs(order, message) ?? expect.fail('that is no order')),
    lost: () => undefined,
  });
  agent = new RemoteAgent(own, helloOf('a'), 'ab');
  await Promise.all([own.flush(), theirs.flush()]);
});

afterEach(async () => {
  agent.close();
  line.close();
  for (const bus of buses) await bus.close();
  await nats.kill();
});

function tell(report: Report): void {
  line.send(report);
}

async function given(type: Order['type']): Promise<void> {
  await vi.waitFor(() => expect(orders.map((each) => each.type)).toContain(type), FACT);
}

async function startOne(): Promise<{ exited: Promise<Exit>; said: string[] }> {
  const starting = agent.start(0, 1, []);
  await given('start');
  tell({ type: 'started', process: 0, pid: 77 });
  tell({ type: 'told', process: 0, message: { type: 'ready' } });
  const child = await starting;
  const said: string[] = [];
  child.onMessage(({ type }) => said.push(type));
  expect(child.pid).toBe(77);
  return { exited: new Promise((resolve) => child.onExit(resolve)), said };
}

test('RemoteAgent takes only the agreement it asked for', async () => {
  const sealed = seal(bundleOf());
  const first = agent.agree(sealed, 'plan');
  await given('bundle');
  tell({ type: 'agreed', hash: sealed.hash, planHash: 'plan' });
  await first;
  const second = agent.agree(sealed, 'plan');
  tell({ type: 'agreed', hash: sealed.hash, planHash: 'other' });
  await expect(second).rejects.toMatchObject({
    code: 'AGENT_UNFIT',
    message: expect.stringContaining('something else'),
  });
  const third = agent.agree(sealed, 'plan');
  tell({ type: 'refused', why: 'Cannot take the bundle: no', isTarget: false });
  await expect(third).rejects.toMatchObject({ message: 'Agent "a" refused: Cannot take the bundle: no' });
});

test('RemoteAgent brings what a load process says, and its end', async () => {
  const { exited, said } = await startOne();
  tell({ type: 'told', process: 0, message: { type: 'window', window } });
  tell({ type: 'exited', process: 0, exit: { code: 0, signal: null, lastWords: '' } });
  expect(await exited).toMatchObject({ code: 0 });
  expect(said).toEqual(['ready', 'window']);
});

test('RemoteAgent passes on why a load process was not started', async () => {
  const starting = agent.start(3, 4, []);
  await given('start');
  tell({ type: 'not-started', process: 3, why: 'no' });
  await expect(starting).rejects.toMatchObject({
    code: 'AGENT_LOST',
    message: 'Cannot start load process 3 of agent "a": no',
  });
});

test('RemoteAgent is lost within three seconds of its last word, with all its load processes', async () => {
  const { exited } = await startOne();
  const waiting = agent.start(1, 2, []);
  waiting.catch(() => undefined);
  line.close();
  const silentSince = performance.now();
  expect(await exited).toMatchObject({
    code: null,
    signal: null,
    lastWords: expect.stringMatching(/^its agent "a" is gone: nothing was heard for 2\.\d s$/),
  });
  expect(performance.now() - silentSince).toBeLessThan(3_000);
  await expect(waiting).rejects.toMatchObject({ code: 'AGENT_LOST' });
  await expect(agent.start(2, 3, [])).rejects.toMatchObject({ code: 'AGENT_LOST' });
  await agent.release();
});

test('RemoteAgent that leaves is lost at once, and says why', async () => {
  const { exited } = await startOne();
  tell({ type: 'leaving', why: 'agent "a" was told to end' });
  expect((await exited).lastWords).toBe('its agent "a" is gone: agent "a" was told to end');
});

test('RemoteAgent outlives NATS that is started anew, and misses nothing', async () => {
  const { said } = await startOne();
  for (let n = 0; n < 5; n += 1) tell({ type: 'told', process: 0, message: { type: `before-${n}` } });
  await nats.kill();
  for (let n = 0; n < 5; n += 1) tell({ type: 'told', process: 0, message: { type: `while-${n}` } });
  await vi.waitFor(() => expect(buses.map(({ isConnected }) => isConnected)).toEqual([false, false]), FACT);
  await nats.start();
  const wanted = ['before', 'while'].flatMap((when) => [0, 1, 2, 3, 4].map((n) => `${when}-${n}`));
  await vi.waitFor(() => expect(said).toEqual(['ready', ...wanted]), FACT);
});

test.each([
  ['window', { second: 0, process: 0 }],
  ['totals', undefined],
])('RemoteAgent is given up when it tells a %s that is none', async (type, told) => {
  const { exited, said } = await startOne();
  tell({ type: 'told', process: 0, message: { type, [type]: told } });
  expect((await exited).lastWords).toMatch(
    /^its agent "a" is gone: what came over its line cannot be used \(it told .* none\)$/,
  );
  expect(said).toEqual(['ready']);
});
