import { expect, test } from 'vitest';
import type { RunEvent } from '../record/index.ts';
import { unforeseenEnds } from './ends.ts';

const end = (kind: RunEvent['kind'], pid: number): RunEvent => ({
  type: 'event',
  second: 12,
  kind,
  text: `${pid} ended`,
  process: { role: 'worker', id: 1, pid },
  signal: 'SIGKILL',
});
const fault: RunEvent = { type: 'event', second: 12, kind: 'fault', text: 'Killed worker 1', killed: [71] };

test('unforeseenEnds() leaves out the very process that a fault killed, and all that is no end', () => {
  const others = [end('broker-exit', 72), end('target-exit', 73)];
  const events = [fault, end('worker-exit', 71), end('worker-start', 74), ...others];
  expect(unforeseenEnds(events)).toEqual(others);
  expect(unforeseenEnds([end('worker-exit', 71)])).toHaveLength(1);
});
