import { expect, test } from 'vitest';
import { aSize, aTrial } from '../../capacity/planner/testing.ts';
import { createProgress } from './progress.ts';

function told(trial: ReturnType<typeof aTrial>): string[] {
  const said: string[] = [];
  createProgress((text) => said.push(text)).learnt?.(trial, () => aSize(1).result);
  return said;
}

test('createProgress() tells a trial and what is known after it', () => {
  expect(told(aTrial(1_000))).toEqual([
    '  locate, 1,000 messages/s by 6,000 users: met; capacity 967.6 to 1,033',
  ]);
});

test('createProgress() says why a trial missed, was spoilt, or ended the target', () => {
  const { outcome, ...trial } = aTrial(1_000, { ok: false });
  const reasons = [{ name: 'late' as const, sentence: 'Only 90 % came in time' }];
  expect(told({ ...trial, outcome: { ...outcome, reasons } })[0]).toContain(
    ': missed, Only 90 % came in time;',
  );
  expect(told({ ...trial, outcome: { ...outcome, guards: ['busy'] } })[0]).toContain(': spoilt, busy;');
  expect(told({ ...trial, outcome: { ...outcome, fellOver: 'gone' } })[0]).toContain(': fell over, gone;');
});
