import { expect, test } from 'vitest';
import { healthyRun } from '../testing.ts';
import { formatProgressLine } from './progress-line.ts';

const { header, timeline } = healthyRun();
const NOTHING = { timedOut: 0, lost: 0, unsent: 0, errors: 0, misdelivered: 0 };

test('formatProgressLine() keeps names and their order, whatever happened', () => {
  const names =
    't phase users sent_per_s answered_per_s pushed_per_s p50_ms p99_ms lateness_p99_ms failed dropped timed_out lost unsent errors misdelivered';
  for (const second of [0, 20, 39]) {
    const line = formatProgressLine(header, timeline[second]!, NOTHING);
    expect(line.split(' ').map((pair) => pair.split('=')[0])).toEqual(names.split(' '));
  }
});

test('formatProgressLine() tells no latency from a latency of zero', () => {
  expect(formatProgressLine(header, timeline[39]!, NOTHING)).toContain(
    'phase=drain users=60/60 sent_per_s=0 answered_per_s=0 pushed_per_s=0 p50_ms=- ',
  );
});
