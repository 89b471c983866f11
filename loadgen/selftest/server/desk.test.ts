import { performance } from 'node:perf_hooks';
import { expect, test } from 'vitest';
import { Desk } from './desk.ts';

/** Hands answers to a desk, by the milliseconds from now at which each is due, and waits until all have left. */
function leave(due: number[]): Promise<{ text: string; lateMs: number[] }> {
  return new Promise((resolve) => {
    const now = performance.now();
    const lateMs: number[] = [];
    let text = '';
    const desk = new Desk((worker, _readAt, at) => {
      lateMs.push(at - now - (due[worker] ?? 0));
      if (lateMs.length === due.length) resolve({ text, lateMs });
    });
    const recipient = {
      write: (bytes: Buffer): void => {
        text += bytes.toString();
      },
    };
    for (const [worker, dueMs] of due.entries()) {
      desk.add({ dueAt: now + dueMs, readAt: now, worker, recipient, bytes: Buffer.from(`${worker}`) });
    }
  });
}

test('Desk lets answers leave in the order of their times, those of one time in the order they came', async () => {
  expect((await leave([9, 3, 20, 3, 0])).text).toBe('41302');
});

test('Desk lets no answer leave before its time', async () => {
  const { lateMs } = await leave([0, 0.3, 1, 5, 5.5, 12]);
  expect(Math.min(...lateMs)).toBeGreaterThanOrEqual(0);
});

test('Desk forgets its answers when it is closed', async () => {
  const left: number[] = [];
  const desk = new Desk((worker) => left.push(worker));
  const answer = { readAt: 0, worker: 1, recipient: { write: () => {} }, bytes: Buffer.from('') };
  desk.add({ ...answer, dueAt: performance.now() + 1 });
  desk.close();
  await leave([5]);
  expect(left).toEqual([]);
});
