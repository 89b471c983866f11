import { expect, test } from 'vitest';
import { formatAdvice } from './format.ts';

test('formatAdvice() gives every figure with its sign', () => {
  const answer = { verdict: 'unremarkable', effect: -0.034, limit: 0.12, points: 30 } as const;
  expect(formatAdvice({ scenario: 'x', answer, cpuMicrosPerMessage: 19.31, stored: 20 })).toBe(
    'x: 19.3 µs per message, stored are 20.0.\n' +
      'As the baseline foretells: -3.4 % with the speed of the host taken out, ' +
      'remarkable is more than +12.0 % (30 measurements).\n',
  );
});
