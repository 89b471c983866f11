import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { syntheticRun } from '../../../testing.ts';
import type { HttpRecord, RecordLine } from '../run-record.ts';
import { checkLine, isKnownLine } from './line.ts';

const http: HttpRecord = { type: 'http', start: 1, seconds: 2, status: { 200: 7 }, errors: 0, timedOut: 0 };
const synthetic: RecordLine[] = [...syntheticRun({ users: 20, workers: 1, seconds: 1 }), http];
const version1: RecordLine[] = readFileSync(new URL('../../version-1/run.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line));

test('checkLine() takes every line of a record, of this version and of the first', () => {
  for (const line of [...synthetic, ...version1]) {
    expect(isKnownLine(line)).toBe(true);
    expect(checkLine(line)).toEqual({ line });
  }
});

test('checkLine() leaves what later releases have added where it is', () => {
  const line = { ...http, proxied: 3 };
  expect(checkLine(line)).toEqual({ line });
});

test.each<[string, object, string]>([
  ['phases', { phases: undefined }, 'a value of type array as "phases"'],
  ['start', { phases: [{ name: 'ramp', end: 1 }] }, 'a value of type number as "phases.0.start"'],
  ['time', { startedAt: 'yesterday' }, 'an ISO time as "startedAt"'],
  [
    'role',
    { faults: [{ second: 1, text: 'Kill', role: 'chef' }] },
    'one of "master"|"balancer"|"worker"|"broker" as "faults.0.role"',
  ],
])('checkLine() says what is wanted of a header without its %s', (_, part, wanted) => {
  expect(checkLine({ ...synthetic[0]!, ...part })).toEqual({ wanted });
});

test.each(['weather', 'constructor', 7])('isKnownLine() knows no line of type %j', (type) => {
  expect(isKnownLine({ type })).toBe(false);
});
