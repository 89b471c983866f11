import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { recompute, ServerBrokeDown } from '../../../reports/gate/index.ts';
import { aHeader } from '../../../reports/gate/record/testing.ts';
import type { World } from '../../../reports/gate/run/testing.ts';
import type { BenchOptions } from '../bench/index.ts';
import { measure } from './measure.ts';
import { benchesOf } from './testing.ts';

const header = aHeader();

async function measured(world: World, signal = new AbortController().signal) {
  const folder = mkdtempSync(join(tmpdir(), 'measure-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const record = join(folder, 'gate.jsonl');
  const bench = await benchesOf(world).createBench({} as BenchOptions);
  const said: string[] = [];
  const ended = measure(bench, { header, record }, { say: (text) => said.push(text), signal });
  return { record, said, ended };
}

test('measure() writes every block down, and the answer', async () => {
  const { record, said, ended } = await measured(() => ({}));
  const { result } = await ended;
  expect(result).toMatchObject({ status: 'pass', blocks: { measured: 12 } });
  expect(recompute(record)).toMatchObject({ differences: [], record: { blocks: { length: 12 } } });
  expect(said).toHaveLength(13);
});

test('measure() keeps whole blocks when an interrupt breaks the one under way, and answers from them', async () => {
  const interrupt = new AbortController();
  const { record, ended } = await measured((_, { measured: windows }) => {
    if (windows === 40) {
      interrupt.abort();
      throw new Error('the server is gone');
    }
    return {};
  }, interrupt.signal);
  expect(await ended).toMatchObject({
    result: { status: 'inconclusive', isFinished: false, blocks: { measured: 2 } },
  });
  const again = recompute(record);
  expect(again.record.blocks).toHaveLength(2);
  expect(again.record.result).toMatchObject({ isFinished: false });
  expect(again.differences).toEqual([]);
});

const breakdown = { arm: 'candidate', why: '1 of its 4 processes ended' } as const;

test('measure() answers when a server breaks down, and writes down which', async () => {
  const { record, ended } = await measured((_, { measured: windows }) => {
    if (windows === 20) throw new ServerBrokeDown(breakdown);
    return {};
  });
  expect(await ended).toMatchObject({ result: { status: 'regression', isFinished: true, breakdown } });
  const again = recompute(record);
  expect(again.record.blocks.map((block) => block.breakdown)).toEqual([undefined, breakdown]);
  expect(again).toMatchObject({ result: { status: 'regression' }, differences: [] });
});

test('measure() holds nothing against a server that an interrupt reached too', async () => {
  const interrupt = new AbortController();
  const { record, ended } = await measured((_, { measured: windows }) => {
    if (windows !== 20) return {};
    interrupt.abort();
    throw new ServerBrokeDown(breakdown);
  }, interrupt.signal);
  expect(await ended).toMatchObject({ result: { status: 'inconclusive', isFinished: false } });
  expect(recompute(record).record.blocks).toHaveLength(1);
});

test('measure() ends as a measurement that failed without an interrupt, and claims no answer', async () => {
  const { record, ended } = await measured((_, { measured: windows }) => {
    if (windows === 20) throw new Error('the server is gone');
    return {};
  });
  await expect(ended).rejects.toMatchObject({
    exitCode: 112,
    message: `Cannot go on with the gate, of which "${record}" keeps all whole blocks: the server is gone`,
  });
  expect(recompute(record).record.result).toBeUndefined();
});
