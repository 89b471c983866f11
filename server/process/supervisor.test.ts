import { expect, test } from 'vitest';
import type { ChildExit } from './attempt.ts';
import { type SupervisorOptions, supervise } from './supervisor.ts';
import { FakeChild, FakeClock, settle } from './testing.ts';

function begin(changes: Partial<SupervisorOptions> = {}) {
  const children: FakeChild[] = [];
  const exits: ChildExit[] = [];
  const clock = new FakeClock();
  const supervised = supervise({
    name: 'worker 2',
    start() {
      const child = new FakeChild(100 + children.length);
      children.push(child);
      return child;
    },
    startMessage: () => ({ type: 'start', options: {} }),
    readyWithinMs: 1_000,
    restart: true,
    backoff: (attempt) => attempt * 10,
    onExit: (exit) => exits.push(exit),
    clock,
    ...changes,
  });
  return { supervised, children, exits, clock };
}

type Begun = ReturnType<typeof begin>;

async function becomeReady({ children }: Begun): Promise<void> {
  await settle();
  children.at(-1)?.say({ type: 'ready', details: children.length });
  await settle();
}

async function crash({ children }: Begun): Promise<void> {
  children.at(-1)?.exit({ code: 1 });
  await settle();
}

test('supervise() is ready with the first details and tells the present pid', async () => {
  const begun = begin();
  await becomeReady(begun);
  expect(await begun.supervised.ready).toBe(1);
  expect(begun.supervised.pid).toBe(100);
});

test('supervise() does not try again when the first start fails', async () => {
  const begun = begin();
  await settle();
  await crash(begun);
  await expect(begun.supervised.ready).rejects.toMatchObject({ code: 'PROCESS_FAILED' });
  expect(begun.children).toHaveLength(1);
  expect(begun.clock.pending).toEqual([]);
});

test('supervise() starts a child again that ended unasked, waiting longer each time', async () => {
  const begun = begin();
  await becomeReady(begun);
  await crash(begun);
  expect([begun.children.length, begun.clock.pending, begun.supervised.pid]).toEqual([1, [10], undefined]);
  begun.clock.pass(10);
  await settle();
  expect([begun.children.length, begun.supervised.pid]).toEqual([2, 101]);
  await crash(begun);
  expect(begun.clock.pending).toEqual([20]);
});

test('supervise() forgets the failures of a child that was ready for a minute', async () => {
  const begun = begin();
  await becomeReady(begun);
  await crash(begun);
  begun.clock.pass(10);
  await becomeReady(begun);
  begun.clock.pass(59_999);
  await crash(begun);
  expect(begun.clock.pending).toEqual([20]);
  begun.clock.pass(20);
  await becomeReady(begun);
  begun.clock.pass(60_000);
  await crash(begun);
  expect(begun.clock.pending).toEqual([10]);
});

test('supervise() with restart off only tells of the end', async () => {
  const begun = begin({ restart: false });
  await becomeReady(begun);
  await crash(begun);
  expect(begun.exits).toMatchObject([{ pid: 100, code: 1, expected: false }]);
  expect(begun.clock.pending).toEqual([]);
  await begun.supervised.stop(500);
});

test('supervise() passes on messages of the role and keeps its own', async () => {
  const seen: string[] = [];
  const begun = begin({ onMessage: ({ type }) => seen.push(type) });
  await becomeReady(begun);
  begun.children[0]?.say({ type: 'snapshot' });
  begun.children[0]?.say({ type: 'failed', message: 'late' });
  expect(seen).toEqual(['snapshot']);
});

test('supervise().stop() resolves when the child is gone and starts no other', async () => {
  const begun = begin();
  await becomeReady(begun);
  const stopped = begun.supervised.stop(500);
  expect(begun.children[0]?.received.at(-1)).toEqual({ type: 'stop', withinMs: 500 });
  begun.children[0]?.exit({ code: 0 });
  await stopped;
  expect(begun.exits).toMatchObject([{ code: 0, expected: true }]);
  expect([begun.children.length, begun.clock.pending]).toEqual([1, []]);
});

test('supervise().stop() gives the child the time and the words that `leave` decides on, and no time when it is 0', async () => {
  const begun = begin({ leave: (withinMs) => ({ withinMs: withinMs * 10, farewell: 'well' }) });
  await becomeReady(begun);
  void begun.supervised.stop(500);
  expect(begun.children[0]?.received.at(-1)).toEqual({ type: 'stop', withinMs: 5_000, farewell: 'well' });
  expect(begun.clock.pending).toEqual([5_000]);
  const other = begin({ leave: () => ({ withinMs: 5_000 }) });
  await becomeReady(other);
  void other.supervised.stop(0);
  expect(other.clock.pending).toEqual([0]);
});

test('supervise().stop() during the pause before a restart resolves at once', async () => {
  const begun = begin();
  await becomeReady(begun);
  await crash(begun);
  await begun.supervised.stop(500);
  expect(begun.clock.pending).toEqual([]);
});

test('supervise().stop() before ready rejects ready', async () => {
  const begun = begin();
  await settle();
  const stopped = begun.supervised.stop(500);
  begun.children[0]?.exit({ code: 0 });
  await stopped;
  await expect(begun.supervised.ready).rejects.toMatchObject({ code: 'PROCESS_FAILED' });
});

test('supervise().restart() replaces the child without a pause and resolves when the new one is ready', async () => {
  const readyPids: number[] = [];
  const begun = begin({ onReady: (_details, { pid }) => readyPids.push(pid ?? 0) });
  await becomeReady(begun);
  const restarted = begun.supervised.restart(500);
  expect(begun.supervised.restart(500)).toBe(restarted);
  begun.children[0]?.exit({ code: 0 });
  await becomeReady(begun);
  await restarted;
  expect(readyPids).toEqual([100, 101]);
  expect(begun.exits).toMatchObject([{ pid: 100, expected: true }]);
});

test('supervise().restart() rejects when the new child fails, which is then tried again', async () => {
  const begun = begin();
  await becomeReady(begun);
  const restarted = begun.supervised.restart(500);
  begun.children[0]?.exit({ code: 0 });
  await settle();
  await crash(begun);
  await expect(restarted).rejects.toMatchObject({ code: 'PROCESS_FAILED' });
  expect(begun.clock.pending).toEqual([10]);
});

test('supervise().restart() rejects while the child is being stopped', async () => {
  const begun = begin();
  await becomeReady(begun);
  const stopped = begun.supervised.stop(500);
  await expect(begun.supervised.restart(500)).rejects.toThrow('it is being stopped');
  begun.children[0]?.exit({ code: 0 });
  await stopped;
});

/** A child whose successor may start beside it, and what became ready and ended so far. */
async function beginBeside(): Promise<Begun & { heard: string[] }> {
  const heard: string[] = [];
  const begun = begin({
    overlap: true,
    onReady: (_details, { pid }) => heard.push(`ready ${pid}`),
    onExit: ({ expected }, { pid }) => heard.push(`${expected ? 'ended' : 'crashed'} ${pid}`),
  });
  await becomeReady(begun);
  return { ...begun, heard };
}

test('supervise().restart() with overlap lets the child go on until its successor is ready', async () => {
  const begun = await beginBeside();
  const { children, heard, supervised } = begun;
  const restarted = supervised.restart(500);
  await settle();
  expect([children.length, supervised.pid, children[0]?.received.length]).toEqual([2, 100, 1]);
  supervised.send({ type: 'rule' });
  expect(children[0]?.received.at(-1)).toEqual({ type: 'rule' });
  await becomeReady(begun);
  expect([supervised.pid, children[0]?.received.at(-1)]).toEqual([101, { type: 'stop', withinMs: 500 }]);
  let isDone = false;
  void restarted.then(() => {
    isDone = true;
  });
  await settle();
  expect(isDone).toBe(false);
  children[0]?.exit({ code: 0 });
  await restarted;
  expect(heard).toEqual(['ready 100', 'ready 101', 'ended 100']);
});

test('supervise().restart() with overlap keeps the child when its successor fails', async () => {
  const begun = await beginBeside();
  const restarted = begun.supervised.restart(500);
  await settle();
  await crash(begun);
  await expect(restarted).rejects.toMatchObject({ code: 'PROCESS_FAILED' });
  expect([begun.supervised.pid, begun.clock.pending]).toEqual([100, []]);
  expect(begun.children[0]?.received.map(({ type }) => type)).toEqual(['start']);
});

test('supervise().restart() with overlap goes on with the successor when the child crashes meanwhile', async () => {
  const begun = await beginBeside();
  const restarted = begun.supervised.restart(500);
  await settle();
  begun.children[0]?.exit({ code: 1 });
  await settle();
  expect([begun.supervised.pid, begun.clock.pending]).toEqual([undefined, [1_000]]);
  await becomeReady(begun);
  await restarted;
  expect(begun.heard).toEqual(['ready 100', 'crashed 100', 'ready 101']);
});

test('supervise().restart() starts again like after any crash when child and successor both fail', async () => {
  const begun = await beginBeside();
  const restarted = begun.supervised.restart(500);
  await settle();
  begun.children[0]?.exit({ code: 1 });
  await settle();
  await crash(begun);
  await expect(restarted).rejects.toMatchObject({ code: 'PROCESS_FAILED' });
  expect(begun.clock.pending).toEqual([10]);
});

test('supervise().restart() within 0 ms ends the child at once, with overlap too', async () => {
  const begun = await beginBeside();
  const restarted = begun.supervised.restart(0);
  expect(begun.children[0]?.received.at(-1)).toEqual({ type: 'stop', withinMs: 0 });
  begun.children[0]?.exit({ code: 0 });
  await becomeReady(begun);
  await restarted;
  expect(begun.heard).toEqual(['ready 100', 'ended 100', 'ready 101']);
});

test('supervise() starts one child, not two, when a present one crashes while the replaced one drains', async () => {
  const begun = await beginBeside();
  const restarted = begun.supervised.restart(500);
  await becomeReady(begun);
  await crash(begun);
  begun.children[0]?.exit({ code: 0 });
  await settle();
  expect(begun.children).toHaveLength(2);
  begun.clock.pass(10);
  await becomeReady(begun);
  await restarted;
  expect(begun.children).toHaveLength(3);
});

test('supervise().stop() ends a child and its successor', async () => {
  const begun = await beginBeside();
  const restarted = begun.supervised.restart(500);
  await settle();
  const stopped = begun.supervised.stop(200);
  await expect(restarted).rejects.toThrow('it is being stopped');
  begun.children[1]?.exit({ code: 0 });
  begun.children[0]?.exit({ code: 0 });
  await stopped;
  expect(begun.children.map(({ received }) => received.at(-1)?.type)).toEqual(['stop', 'stop']);
});
