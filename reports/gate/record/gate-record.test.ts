import { appendFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { aBlock } from '../measurements/testing.ts';
import { planBlocks } from '../schedule/index.ts';
import { createGateRecord, readGateRecord } from './gate-record.ts';
import { aHeader } from './testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'gate-record-'));
afterAll(() => rmSync(folder, { recursive: true }));

const header = aHeader();
const blocks = planBlocks(header.seed, { blocks: 3 }).map((plan) => aBlock(plan));

let files = 0;
function write(lines: readonly unknown[], end = ''): string {
  files += 1;
  const path = join(folder, `${files}.jsonl`);
  writeFileSync(path, `${lines.map((line) => `${JSON.stringify(line)}\n`).join('')}${end}`);
  return path;
}

test('readGateRecord() reads back what createGateRecord() wrote', () => {
  const path = join(folder, 'whole.jsonl');
  const append = createGateRecord(path, header);
  for (const block of blocks) append({ type: 'block', ...block });
  expect(readGateRecord(path)).toEqual({ header, blocks });
  expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(5);
});

test('createGateRecord() refuses a folder that is not there', () => {
  const path = join(folder, 'missing', 'gate.jsonl');
  expect(() => createGateRecord(path, header)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
});

test('createGateRecord() leaves the record of another gate as it is', () => {
  const path = write([header]);
  expect(() => createGateRecord(path, header)).toThrow(
    `Cannot write gate record "${path}": wanted a folder without the record of another gate (EEXIST)`,
  );
  expect(readGateRecord(path)).toEqual({ header, blocks: [] });
});

test('createGateRecord() says in one sentence that the disk is full', () => {
  const path = join(folder, 'full.jsonl');
  const append = createGateRecord(path, header);
  rmSync(path);
  symlinkSync('/dev/full', path);
  expect(() => append(header)).toThrow(
    expect.objectContaining({
      code: 'RESULTS_UNWRITTEN',
      message: expect.stringMatching(
        /^Cannot write gate record ".+": no space left; "scbench report" tells .+$/,
      ),
    }),
  );
});

test('readGateRecord() leaves out a last line that was cut short', () => {
  const path = write([header, { type: 'block', ...blocks[0] }], '{"type":"block","ind');
  expect(readGateRecord(path).blocks).toHaveLength(1);
});

test('readGateRecord() skips lines of types it does not know', () => {
  expect(readGateRecord(write([header, { type: 'weather' }])).blocks).toEqual([]);
});

const moved = structuredClone(blocks[0]!);
for (const entry of moved.entries) entry.arm = entry.arm === 'base' ? 'candidate' : 'base';

test.each<[string, readonly unknown[], string]>([
  ['a foreign file', [{ name: 'something' }], 'line 1 of gate record'],
  ['the record of a run', [{ type: 'header', version: 2, scenario: 'x' }], 'the header of a gate record'],
  ['a header without its rules', [{ ...header, settings: undefined }], 'wanted "settings" to be otherwise'],
  ['a newer version', [{ ...header, version: 9 }], 'its version is 9'],
  ['a block without entries', [header, { type: 'block', index: 0, attempt: 1 }], 'line 2'],
  [
    'blocks that do not follow the coins',
    [header, { type: 'block', ...moved }],
    'the order that the seed drew',
  ],
])('readGateRecord() refuses %s in one sentence', (_, lines, sentence) => {
  const path = write(lines);
  expect(() => readGateRecord(path)).toThrow(expect.objectContaining({ code: 'RECORD_INVALID' }));
  expect(() => readGateRecord(path)).toThrow(sentence);
});

test('readGateRecord() refuses a line in the middle that cannot be read, and a file that is not there', () => {
  const path = write([header], '{"type":\n');
  appendFileSync(path, `${JSON.stringify({ type: 'block', ...blocks[0] })}\n`);
  expect(() => readGateRecord(path)).toThrow('Cannot read line 2');
  expect(() => readGateRecord(join(folder, 'missing'))).toThrow('wanted a file that exists');
});
