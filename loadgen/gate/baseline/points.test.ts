import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { appendPoint, readPoints, refuseUnwritable } from './points.ts';
import { pointOf } from './testing.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'points-test-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

test('appendPoint() adds a line and leaves the others as they are', () => {
  const path = join(folder, 'b.jsonl');
  const points = [pointOf({ daysAgo: 1 }), pointOf()];
  for (const point of points) appendPoint(path, point);
  expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(3);
  expect(readPoints(path)).toEqual(points);
});

test('appendPoint() says in one sentence that the disk is full', () => {
  expect(() => appendPoint('/dev/full', pointOf())).toThrow(
    'Cannot write baseline "/dev/full": no space left; the measurements before are kept',
  );
});

test('readPoints() names the line that is no measurement', () => {
  const path = join(folder, 'b.jsonl');
  const good = JSON.stringify(pointOf());
  for (const bad of ['{"version":1}', good.slice(0, -9), good.replace('"version":1', '"version":2')]) {
    writeFileSync(path, `${good}\n${bad}\n`);
    expect(() => readPoints(path)).toThrow(`Cannot read line 2 of baseline "${path}": wanted a measurement`);
  }
  expect(() => readPoints(join(folder, 'none'))).toThrow(
    'wanted a file that "scbench baseline record" wrote',
  );
});

test('refuseUnwritable() makes the folder and no file, and says which cannot be', () => {
  const path = join(folder, 'new', 'b.jsonl');
  refuseUnwritable(path);
  expect([existsSync(join(folder, 'new')), existsSync(path)]).toEqual([true, false]);
  writeFileSync(path, '');
  expect(() => refuseUnwritable(join(path, 'below'))).toThrow('Cannot write baseline');
});
