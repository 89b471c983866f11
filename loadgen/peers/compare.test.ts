import { expect, onTestFinished, test, vi } from 'vitest';
import { compare, usualComparisons } from './compare.ts';

const surroundings = { say: () => {}, signal: new AbortController().signal };

test('compare() refuses what it does not know before anything starts', async () => {
  await expect(
    compare({ ...usualComparisons.servers, subjects: ['our'] }, surroundings),
  ).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    message:
      'Cannot compare subject "our": wanted is one of ours, socketcluster-20, socketcluster-14, socket.io, ws, ours-attached, ours-accepting, ours-ws; did you mean "ours"?',
  });
  await expect(compare({ ...usualComparisons.servers, measures: ['speed'] }, surroundings)).rejects.toThrow(
    'Cannot compare measure "speed": wanted is one of memory, connect, connect-known, connect-new, echo, pipelined, tail, fanout-single, fanout-burst, stalled, hop, crossing',
  );
});

test('compare() refuses more sockets than one process can hold', async () => {
  await expect(compare({ ...usualComparisons.servers, sockets: 1e9 }, surroundings)).rejects.toMatchObject({
    code: 'LIMIT_EXCEEDED',
    message: expect.stringContaining('Cannot hold "sockets" 1000000000: a process has room for '),
  });
});

test('compare() is not taken up when the first subject, or everything beside it, is not to be had', async () => {
  vi.stubEnv('PATH', '/nowhere');
  onTestFinished(() => void vi.unstubAllEnvs());
  for (const subjects of [
    ['tsung', 'ws'],
    ['ws', 'tsung'],
  ]) {
    const comparison = compare({ ...usualComparisons.generators, subjects }, surroundings);
    await expect(comparison).rejects.toMatchObject({ code: 'PEERS_MISSING' });
  }
});
