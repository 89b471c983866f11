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
  const begun = begin({ onReady: (_details, pid) => readyPids.push(pid) });
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
