import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readAnnotations, readAnswer } from './answer.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'answer-test-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function store(lost: number, others: object = {}): void {
  const rows = [
    { metric: 'cpu', verdict: 'regression' },
    { metric: 'p50', verdict: 'unchanged' },
    { metric: 'gc' },
  ];
  const faults = { base: { lost: 0 }, candidate: { lost, duplicated: 0, reordered: 0 } };
  const final = { type: 'final', result: { status: 'regression', rows, faults, ...others } };
  writeFileSync(join(folder, 'gate.md'), '# Worse\n');
  writeFileSync(join(folder, 'gate.jsonl'), `{"type":"gate"}\n${JSON.stringify(final)}\n`);
}

test('readAnswer() finds the text, and the metrics that got worse in the last line of the record', () => {
  store(0);
  expect(readAnswer(folder, 1)).toEqual({ exitCode: 1, text: '# Worse', regressed: ['cpu'] });
});

test('readAnswer() names no metric to measure again where a message was lost, or a server', () => {
  store(1);
  expect(readAnswer(folder, 1).regressed).toEqual([]);
  store(0, { breakdown: { arm: 'candidate', why: '1 of its 4 processes ended' } });
  expect(readAnswer(folder, 1).regressed).toEqual([]);
});

test('readAnnotations() gives the lines of the gate as they are, and none where it left none', () => {
  expect(readAnnotations(folder)).toBe('');
  const lines = '::error title=REGRESSION%3A x::why\n::error title=CPU::how much\n';
  writeFileSync(join(folder, 'annotations.txt'), lines);
  expect(readAnnotations(folder)).toBe(lines);
});

test.each(['', '{"type":"gate"}\n', '{"type":"gate"}\n{"type":"fin'])(
  'readAnswer() finds nothing worse in a record that was interrupted: %j',
  (record) => {
    writeFileSync(join(folder, 'gate.jsonl'), record);
    expect(readAnswer(folder, 105).regressed).toEqual([]);
  },
);

test('readAnswer() says so when the gate left nothing', () => {
  const { text } = readAnswer(join(folder, 'none'), 104);
  expect(text).toBe('**The gate did not measure.** It ended with exit code 104; its log says why.');
});
