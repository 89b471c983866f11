import { expect, test } from 'vitest';
import type { GateLine } from '../record/index.ts';
import { aHeader } from '../record/testing.ts';
import { measureBlock } from './measure-block.ts';
import { runGate } from './run-gate.ts';
import { createWorld, type World } from './testing.ts';

const header = aHeader();

async function run(
  world: World,
  { seed = 'a', ...ends }: { signal?: AbortSignal; hasTime?: () => boolean; seed?: string } = {},
) {
  const open = createWorld(seed, world);
  const lines: GateLine[] = [];
  const { header: ended, result } = await runGate({
    header,
    measure: (plan, attempt) => measureBlock(open(plan), { plan, attempt, guards: header.guards }),
    append: (line) => lines.push(line),
    ...ends,
  });
  return { result, lines, ended };
}

test('runGate() passes equal builds at the first look', async () => {
  const { result, lines } = await run(() => ({}));
  expect(result).toMatchObject({ status: 'pass', isFinished: true, blocks: { measured: 12 } });
  expect(lines).toHaveLength(13);
  expect(lines.at(-1)).toEqual({ type: 'final', result });
});

test('runGate() is not deceived by warming up inside each block', async () => {
  const { result } = await run(({ position }) => ({ factor: 1 + 0.3 * Math.exp(-position) }));
  expect(result.rows.filter(({ verdict }) => verdict === 'regression')).toEqual([]);
});

test('runGate() ends red for a candidate that costs 5 % more, and says by how much', async () => {
  const { result } = await run(({ arm }) => ({ factor: arm === 'candidate' ? 1.05 : 1 }));
  expect(result.status).toBe('regression');
  const cpu = result.rows.find(({ metric }) => metric === 'cpu')!;
  expect(cpu.verdict).toBe('regression');
  expect(cpu.lower!).toBeLessThan(0.05);
  expect(cpu.upper!).toBeGreaterThan(0.05);
});

test('runGate() ends green for a candidate that costs less, and says so', async () => {
  const { result } = await run(({ arm }) => ({ factor: arm === 'candidate' ? 0.9 : 1 }));
  expect(result.status).toBe('pass');
  expect(result.rows[0]).toMatchObject({ metric: 'cpu', verdict: 'improvement' });
});

test('runGate() ends red with the block that loses one message', async () => {
  const { result, lines } = await run(({ arm }, { measured }) => ({
    lost: arm === 'candidate' && measured >= 30 ? 1 : 0,
  }));
  expect(result).toMatchObject({ status: 'regression', reasons: ['The candidate breaks its word: 1 lost'] });
  expect(lines).toHaveLength(3);
});

test('runGate() ends at the first look that finds a regression, though nothing else is settled', async () => {
  const { result } = await run(({ arm, mode }, { draw }) => ({
    factor: mode === 'fixed' ? (arm === 'candidate' ? 1.2 : 1) : Math.exp(draw() - 0.5),
  }));
  expect(result).toMatchObject({ status: 'regression', isFinished: true, blocks: { measured: 12 } });
});

test('runGate() begins no block, and repeats none, without time for it', async () => {
  let left = 5;
  const hasTime = (): boolean => {
    left -= 1;
    return left >= 0;
  };
  const { result, lines } = await run(() => ({}), { hasTime });
  expect(result).toMatchObject({ status: 'inconclusive', isFinished: false });
  expect(lines.at(-1)).toEqual({ type: 'final', result });
  expect(lines.length).toBeLessThanOrEqual(6);
  const none = await run(() => ({ waitingShare: 0.3 }), { hasTime: () => false });
  expect(none.lines).toHaveLength(1);
});

/** Time for so many blocks. */
function timeFor(blocks: number): () => boolean {
  let left = 2 * blocks;
  return () => {
    left -= 1;
    return left >= 0;
  };
}

test('runGate() has its last look where the time is over, at the level that is left', async () => {
  const noise: World = (_, { draw }) => ({ factor: Math.exp(draw() - 0.5) });
  const { result, lines, ended } = await run(noise, { hasTime: timeFor(17) });
  const [first] = header.settings.looks;
  const looks = [first!, { blocks: 17, share: 1 - first!.share }];
  expect(ended.settings.looks).toEqual(looks);
  expect(result).toMatchObject({
    ...{ status: 'inconclusive', isFinished: true },
    blocks: { measured: 17, judged: 17 },
  });
  expect(lines.slice(-2)).toEqual([
    { type: 'looks', looks },
    { type: 'final', result },
  ]);
});

test('runGate() finds by such a look what the look before did not find', async () => {
  const slower: World = ({ arm }, { draw }) => ({
    factor: (arm === 'candidate' ? 1.06 : 1) * Math.exp((draw() - 0.5) / 3),
  });
  const { result } = await run(slower, { hasTime: timeFor(14) });
  expect(result).toMatchObject({ status: 'regression', blocks: { measured: 14 } });
  expect(result.rows.find(({ verdict }) => verdict === 'regression')).toMatchObject({ blocks: 14 });
});

test('runGate() measures disturbed pairs again and believes the job', async () => {
  const { result } = await run((_, { draw }) => ({ waitingShare: draw() < 0.05 ? 0.3 : 0 }));
  expect(result.status).toBe('pass');
  expect(result.disturbed.disturbedPairs).toBeGreaterThan(0);
});

test('runGate() refuses to answer on a host that disturbs every other window', async () => {
  const { result } = await run((_, { draw }) => ({ waitingShare: draw() < 0.45 ? 0.3 : 0 }));
  expect([result.status, result.isFinished]).toEqual(['invalid', true]);
});

test('runGate() refuses to answer when the candidate disturbs its own windows', async () => {
  const { result } = await run(({ arm }, { draw }) => ({
    factor: arm === 'candidate' ? 1.05 : 1,
    waitingShare: arm === 'candidate' && draw() < 0.15 ? 0.3 : 0,
  }));
  expect(result.status).toBe('invalid');
  expect(result.reasons.join()).toContain('depends on the build');
});

test('runGate() ends when it is told to, and keeps what was measured', async () => {
  const controller = new AbortController();
  const { result, lines } = await run(
    (_, { measured }) => {
      if (measured === 40) controller.abort();
      return {};
    },
    { signal: controller.signal },
  );
  expect(result).toMatchObject({ status: 'inconclusive', isFinished: false, blocks: { measured: 3 } });
  expect(lines).toHaveLength(4);
});

test('runGate() measures nothing under rules that cannot hold', async () => {
  const settings = { ...header.settings, looks: [{ blocks: 3, share: 1 }] };
  const job = {
    header: { ...header, settings },
    measure: () => Promise.reject(new Error('measured')),
    append() {},
  };
  await expect(runGate(job)).rejects.toThrow('Cannot find a regression');
});
