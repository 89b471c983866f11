import { expect, test } from 'vitest';
import { measureBlock, runGate } from '../../../reports/gate/index.ts';
import { aHeader } from '../../../reports/gate/record/testing.ts';
import { createWorld, type World } from '../../../reports/gate/run/testing.ts';
import { formatAnswer } from './answer.ts';

async function answerOf(world: World, signal?: AbortSignal): Promise<string> {
  const header = aHeader();
  const open = createWorld('noise', world);
  const result = await runGate({
    header,
    append: () => {},
    measure: (plan, attempt) => measureBlock(open(plan), { plan, attempt, guards: header.guards }),
    ...(signal && { signal }),
  });
  return formatAnswer({ header, result, record: 'out/gate.jsonl' });
}

test('formatAnswer() says the verdict first, then each metric with its bounds, and the record last', async () => {
  const lines = (await answerOf(({ arm }) => ({ factor: arm === 'candidate' ? 1.1 : 1 }))).split('\n');
  expect(lines[1]).toMatch(/^REGRESSION {2}cpu, .*: worse than the base$/);
  expect(lines[2]).toMatch(/^HEAD \(b2\) against main \(a1\), scenario echo, seed [0-9a-f]{32}$/);
  expect(lines[3]).toBe('12 blocks, 0 of 96 pairs disturbed');
  expect(lines[5]).toMatch(/^metric +verdict +effect +bounds +detectable +blocks +base +candidate$/);
  expect(lines[6]).toMatch(
    /^CPU per message +regression +\+9\.8 % +\+8\.6 % to \+10\.9 % +\+0\.8 % +12 +19\.99 µs +21\.98 µs$/,
  );
  expect(lines.find((line) => line.startsWith('Response, p99'))).toBeUndefined();
  expect(lines.find((line) => line.startsWith('Memory'))).toMatch(/ watched /);
  expect(lines.slice(-3)).toEqual(['', 'out/gate.jsonl', '']);
});

test('formatAnswer() says of a gate that was cut off that it is not finished, without a table', async () => {
  expect(await answerOf(() => ({}), AbortSignal.abort())).toBe(
    [
      '',
      'INCONCLUSIVE  (not finished)  The job has not come to its end',
      `HEAD (b2) against main (a1), scenario echo, seed ${aHeader().seed}`,
      '0 blocks, 0 of 0 pairs disturbed',
      '',
      'out/gate.jsonl',
      '',
    ].join('\n'),
  );
});
