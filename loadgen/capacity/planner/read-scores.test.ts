import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readSnapshot } from '../instances/index.ts';
import { readScores } from './read-scores.ts';

const folder = mkdtempSync(join(tmpdir(), 'read-scores-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

function scoresOf(text: string) {
  const path = join(folder, 'scores.jsonl');
  writeFileSync(path, text);
  return readScores(path, readSnapshot());
}

test('readScores() reads a line for each type', () => {
  const scores = scoresOf(
    '{"type":"c7g.large","single":70,"busy":72}\n\n{"type":"c8i.large","single":60,"busy":90}\n',
  );
  expect(scores).toMatchObject([
    { instance: { type: 'c7g.large' }, score: { single: 70, busy: 72 } },
    { instance: { type: 'c8i.large' }, score: { busy: 90 } },
  ]);
});

test.each([
  ['{', /line 1 is no score, wanted what "scbench calibrate" prints$/],
  ['{"type":"c7g.large","single":0,"busy":1}', /line 1 is no score/],
  ['{"type":"c7g","single":1,"busy":1}', /line 1: Cannot use instance "c7g": it is a family, wanted a type/],
  ['{"type":"c7g.larg","single":1,"busy":1}', /there is no such type or family.*c7g\.large/],
])('readScores() refuses %s in a sentence', (text, sentence) => {
  expect(() => scoresOf(text)).toThrow(sentence);
});

test('readScores() refuses a file that is not there', () => {
  expect(() => readScores(join(folder, 'none'), readSnapshot())).toThrow('wanted a file that can be read');
});
