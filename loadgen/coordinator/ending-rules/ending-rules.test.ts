import { expect, test } from 'vitest';
import type { Summary } from '../../results/index.ts';
import { EndingRules } from './ending-rules.ts';

const rule = { rule: 'messages.lost == 0', abort: true, from: 3 };

/** Of a summary only what the rules of these tests speak of. */
function lost(count: number): () => Summary {
  return () => ({ messages: { lost: count }, latencyMs: {} }) as Summary;
}

test('EndingRules tells of a broken rule once it is due, at every fifth second, and never again', () => {
  const rules = new EndingRules([rule, { ...rule, abort: false, from: 0 }]);
  const told = Array.from({ length: 10 }, (_, second) => rules.broken(second, lost(2)));
  const sentence = 'Rule "messages.lost == 0" ended the run: the value was 2';
  expect(told.map((text, second) => [second, text]).filter(([, text]) => text)).toEqual([[4, sentence]]);
});

test('EndingRules lets a rule alone that holds, or of whose figure nothing was taken', () => {
  const untaken = { ...rule, rule: 'latencyMs.push.p99 < 1' };
  expect(new EndingRules([rule, untaken]).broken(4, lost(0))).toBeUndefined();
  expect(new EndingRules([rule, untaken]).broken(4, lost(1))).toBeDefined();
});

test('EndingRules sums nothing up while no rule is due', () => {
  const unwanted = () => expect.fail('nobody needs it');
  expect(new EndingRules([rule]).broken(3, unwanted)).toBeUndefined();
  expect(new EndingRules([{ ...rule, from: 5 }]).broken(4, unwanted)).toBeUndefined();
  expect(new EndingRules([{ ...rule, abort: false }]).broken(4, unwanted)).toBeUndefined();
});
