import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import type { HeapUse } from './application/index.ts';
import type { Load, LoadFigures } from './generator/index.ts';
import { Side } from './side.ts';

const figures: LoadFigures = {
  seconds: 1,
  messages: {
    offered: 10,
    sent: 10,
    answered: 10,
    dropped: 0,
    lost: 0,
    duplicated: 0,
    reordered: 0,
    troubles: 0,
  },
  generator: { cpuShare: 0.1, latenessP99Ms: 0, latenessMaxMs: 0 },
};

/** A side whose server is this process, and everything it asks for in words. */
function createSide(heaps: readonly HeapUse[] = [], pids = [process.pid]) {
  const told: string[] = [];
  const side = new Side('base', {
    site: { users: 7, core: undefined, countsInstructions: false },
    cluster: {
      port: 80,
      path: '/x/',
      pids,
      lines: {
        async ask<Answer>(question: string) {
          told.push(question);
          return (question === 'collect' ? [process.pid] : heaps) as unknown as Answer[];
        },
      },
    },
    generator: {
      async connect({ crowd, users, isIdle }) {
        told.push(`connect ${users} ${crowd}${isIdle ? ', idle' : ''}`);
      },
      async leave(crowd) {
        told.push(`leave ${crowd}`);
      },
      async load(crowd: string, load: Load) {
        told.push(`load ${crowd} ${load.mode}`);
        return figures;
      },
    },
  });
  return { side, told };
}

test('Side connects the clients that load it', async () => {
  const { side, told } = createSide();
  await side.connect();
  expect(told).toEqual(['connect 7 base']);
});

test('Side takes memory between two collections, after first clients have come and gone', async () => {
  const { side, told } = createSide();
  expect(await side.memory(5_000)).toBeLessThan(1e9);
  const steps = told.filter((what, index) => what !== told[index - 1]);
  expect(told.length).toBeGreaterThanOrEqual(steps.length + 2);
  expect(steps).toEqual([
    'connect 100 base-idle, idle',
    'leave base-idle',
    'collect',
    'connect 5000 base-idle, idle',
    'collect',
    'leave base-idle',
  ]);
});

test('Side asks the applications before and after a window, and adds what all workers say', async () => {
  const { side, told } = createSide([
    { allocatedBytes: 100, gcMicros: 1 },
    { allocatedBytes: 20, gcMicros: 3 },
  ]);
  const { load, use, heap } = await side.measure({ mode: 'fixed', messages: 10 });
  expect(told).toEqual(['begin', 'load base fixed', 'end']);
  expect(load).toBe(figures);
  expect(use).toMatchObject({ cpuMicros: expect.any(Number), waitingShare: expect.any(Number) });
  expect(heap).toEqual({ allocatedBytes: 120, gcMicros: 4 });
});

test('Side warms up as long as the rule says', async () => {
  const { side, told } = createSide();
  await side.warm({ leastSeconds: 4, leastMessages: 0, mostSeconds: 4 });
  expect(told.filter((what) => what === 'load base timed')).toHaveLength(4);
});

test('Side says that the server broke down when a process of it ended under load, whatever else came of it', async () => {
  const child = spawn('true');
  await once(child, 'exit');
  const { side } = createSide([], [process.pid, child.pid ?? 0]);
  const broken = { breakdown: { arm: 'base', why: '1 of its 2 processes ended' } };
  await expect(side.connect()).rejects.toMatchObject(broken);
  await expect(side.memory(5_000)).rejects.toMatchObject(broken);
  await expect(side.measure({ mode: 'fixed', messages: 10 })).rejects.toMatchObject(broken);
});
