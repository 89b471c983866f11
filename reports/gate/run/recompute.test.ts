import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createGateRecord } from '../record/index.ts';
import { aHeader } from '../record/testing.ts';
import type { Result } from '../result/index.ts';
import { measureBlock } from './measure-block.ts';
import { recompute } from './recompute.ts';
import { runGate } from './run-gate.ts';
import { createWorld } from './testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'recompute-'));
const path = join(folder, 'gate.jsonl');
afterAll(() => rmSync(folder, { recursive: true }));

let result: Result;
beforeAll(async () => {
  const header = aHeader();
  const append = createGateRecord(path, header);
  const open = createWorld('b', ({ arm }, { draw }) => ({
    factor: arm === 'candidate' ? 1.1 : 1,
    waitingShare: draw() < 0.03 ? 0.3 : 0,
  }));
  const measure = (plan: Parameters<typeof open>[0], attempt: number) =>
    measureBlock(open(plan), { plan, attempt, guards: header.guards });
  ({ result } = await runGate({ header, measure, append }));
});

test('recompute() derives every number of a job from its blocks', () => {
  const again = recompute(path);
  expect(again.result).toEqual(result);
  expect(again.differences).toEqual([]);
  expect(again.result.status).toBe('regression');
});

test('recompute() has the last look where the time of the job was over', async () => {
  const cut = join(folder, 'over.jsonl');
  const header = aHeader();
  const append = createGateRecord(cut, header);
  const open = createWorld('c', (_, { draw }) => ({ factor: Math.exp(draw() - 0.5) }));
  let left = 30;
  const answer = await runGate({
    header,
    append,
    measure: (plan, attempt) => measureBlock(open(plan), { plan, attempt, guards: header.guards }),
    hasTime: () => {
      left -= 1;
      return left >= 0;
    },
  });
  expect(answer.result).toMatchObject({ isFinished: true, blocks: { judged: 15 } });
  expect(recompute(cut)).toMatchObject({
    record: { header: answer.header },
    result: answer.result,
    differences: [],
  });
});

test('recompute() names each number that was written down otherwise', () => {
  const other = join(folder, 'other.jsonl');
  writeFileSync(other, readFileSync(path, 'utf8').replace('"status":"regression"', '"status":"pass"'));
  expect(recompute(other).differences).toEqual([
    'result.status is written down as "pass": the blocks say "regression"',
  ]);
});

test('recompute() answers for a job that was cut off', () => {
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, 6);
  const other = join(folder, 'cut.jsonl');
  writeFileSync(other, lines.join('\n'));
  const { result: early, record, differences } = recompute(other);
  expect(record.blocks).toHaveLength(5);
  expect(early).toMatchObject({ status: 'inconclusive', isFinished: false });
  expect(differences).toEqual([]);
});

test('recompute() reads a record of version 1 as it was written', () => {
  const kept = new URL('../record/version-1.jsonl', import.meta.url).pathname;
  const again = recompute(kept);
  expect(again.record.header).toMatchObject({ version: 1, scenario: 'echo', length: 'short' });
  expect(again.result).toMatchObject({ status: 'regression', blocks: { measured: 10 } });
  expect(again.result.rows[0]!.effect).toBeCloseTo(0.049_380_093, 9);
  expect(again.differences).toEqual([]);
});
