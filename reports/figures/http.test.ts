import { expect, test } from 'vitest';
import { healthySummary } from '../testing.ts';
import { httpSentence } from './http.ts';

test('httpSentence() counts answers by their status, and what was not answered', () => {
  const http = { perSecond: 50, status: { 200: 1_990, 503: 10 }, errors: 3, timedOut: 2 };
  expect(httpSentence({ ...healthySummary(), http })).toBe(
    '50.0 answers/s, 2,000 in all, 1,990 with 200, 10 with 503, 3 not answered, 2 of them timed out',
  );
  expect(httpSentence(healthySummary())).toBeUndefined();
});
