import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ClusterError } from '../../server/errors/index.ts';
import { syntheticRun } from '../testing.ts';
import type { RecordLine } from './record/index.ts';
import { createRecord, type RecordFile, readRun } from './record-file.ts';
import { toRun } from './run.ts';
import type { Summary } from './summary.ts';

const lines = syntheticRun({ users: 60, workers: 2, seconds: 3 });
const [header] = lines;
let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'record-'));
  path = join(folder, 'run.jsonl');
});

afterEach(() => rmSync(folder, { recursive: true }));

function create(): RecordFile {
  return createRecord(path, ({ message }) => expect.fail(message));
}

function write(these: readonly RecordLine[]): void {
  const record = create();
  for (const line of these) record.append(line);
  record.close();
}

test('readRun() reads back the run that createRecord() wrote', async () => {
  write(lines);
  expect(await readRun(path)).toEqual(toRun(lines));
});

test('createRecord() has every line on disk as soon as it was appended, before it is closed', () => {
  const record = create();
  for (const [n, line] of lines.slice(0, 5).entries()) {
    record.append(line);
    const written = readFileSync(path, 'utf8');
    expect(written.endsWith('\n')).toBe(true);
    expect(
      written
        .trimEnd()
        .split('\n')
        .map((text) => JSON.parse(text)),
    ).toEqual(lines.slice(0, n + 1));
  }
  record.close();
});

test('createRecord() closes twice without harm, and refuses lines from then on', () => {
  const record = create();
  record.close();
  record.close();
  expect(() => record.append(lines[0]!)).toThrow(TypeError);
});

test('createRecord() says where it cannot write', () => {
  expect(() => createRecord(join(folder, 'missing', 'run.jsonl'), () => undefined)).toThrow(
    expect.objectContaining({
      code: 'OPTION_INVALID',
      message: expect.stringContaining('wanted a folder that exists'),
    }),
  );
});

test('createRecord() leaves the record of another run as it is', () => {
  write(lines);
  const before = readFileSync(path, 'utf8');
  expect(create).toThrow(
    expect.objectContaining({
      code: 'OPTION_INVALID',
      message: `Cannot write run record "${path}": wanted a folder without the record of another run (EEXIST)`,
    }),
  );
  expect(readFileSync(path, 'utf8')).toBe(before);
});

test('createRecord() tells once that a line cannot be written, and keeps the lines before it', async () => {
  const told: ClusterError[] = [];
  const record = createRecord(path, (error) => told.push(error));
  const [, window, ...others] = lines;
  record.append(header!);
  // What cannot be made a line stands for what the disk does not take: whichever fails, nothing of it stays.
  record.append(Object.assign({ ...window! }, { toJSON: () => failing('ENOSPC') }));
  for (const line of others) record.append(line);
  record.close();
  expect(told.map(({ code, message }) => [code, message])).toEqual([
    ['RESULTS_UNWRITTEN', `Cannot write run record "${path}": no space left; what came before is kept`],
  ]);
  expect(readFileSync(path, 'utf8')).toBe(`${JSON.stringify(header)}\n`);
  const { final, summary } = await readRun(path);
  expect(final).toBeNull();
  expect(summary.verdict).toMatchObject({ status: 'invalid' });
});

test('createRecord() leaves no file that has not even a header', () => {
  const record = createRecord(path, () => undefined);
  record.append(Object.assign({ ...header! }, { toJSON: () => failing('ENOSPC') }));
  record.close();
  expect(existsSync(path)).toBe(false);
});

function failing(code: string): never {
  throw Object.assign(new Error(code), { code });
}

test('readRun() leaves out a last line that was cut short, and says so', async () => {
  write(lines);
  truncateSync(path, readFileSync(path).length - 40);
  const run = await readRun(path);
  expect(run.final).toBeNull();
  expect(run.timeline).toHaveLength(23);
  expect(run.events.at(-1)).toEqual({
    type: 'event',
    second: 22,
    kind: 'warning',
    text: `The record ends in the middle of line ${lines.length}, which was left out`,
  });
  expect(run.summary.verdict).toMatchObject({ status: 'invalid', validity: 'invalid' });
});

test('readRun() skips lines of types it does not know', async () => {
  write(lines);
  writeFileSync(path, `${JSON.stringify({ type: 'weather', sunny: true })}\n`, { flag: 'a' });
  expect(await readRun(path)).toEqual(toRun(lines));
});

test.each<[string, string, string]>([
  [
    'a line in the middle that is no JSON',
    `${JSON.stringify(header)}\n{"type":\n${JSON.stringify(lines[1])}\n`,
    'wanted one JSON object in line 2',
  ],
  [
    'a record without a header',
    `${JSON.stringify(lines[1])}\n`,
    'wanted the header of a run record in line 1',
  ],
  ['an empty file', '', 'wanted the header of a run record in line 1'],
  ['a file that is no record', 'hello\n', 'wanted the header of a run record in line 1'],
  [
    'a record of a newer version',
    JSON.stringify({ ...header, version: 3 }),
    'its version is 3, wanted 2 or older',
  ],
])('readRun() refuses %s', async (_, text, sentence) => {
  writeFileSync(path, text);
  await expect(readRun(path)).rejects.toMatchObject({
    code: 'RECORD_INVALID',
    message: expect.stringContaining(sentence),
  });
});

test('readRun() reads a record of version 1 into the figures version 1 told', async () => {
  const told = (name: string) => fileURLToPath(new URL(`version-1/${name}`, import.meta.url));
  const { version: _, ...figures } = JSON.parse(readFileSync(told('summary.json'), 'utf8')) as Summary;
  const { summary, header } = await readRun(told('run.jsonl'));
  expect(header.version).toBe(1);
  expect(summary).toMatchObject(figures);
  expect(summary.phases.map(({ id, measured }) => [id, measured])).toEqual([
    ['ramp', false],
    ['settle', false],
    ['steady', true],
  ]);
  const { messages, latencyMs, schedule } = summary.phases[2]!;
  expect(messages.perSecond).toBe(figures.messages.perSecond);
  expect(latencyMs).toEqual(figures.latencyMs);
  expect(schedule).toEqual(figures.schedule);
});

test('readRun() refuses a file that is missing', async () => {
  await expect(readRun(path)).rejects.toMatchObject({
    code: 'RECORD_INVALID',
    message: expect.stringContaining(path),
  });
});
