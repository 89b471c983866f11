import { expect, test } from 'vitest';
import { channelsSummary, healthySummary, phasedSummary } from '../testing.ts';
import { comparedPhases, measuredName, phaseFlow, runLength } from './phases.ts';

test('measuredName() names one phase, several, or none', () => {
  expect(measuredName(healthySummary())).toBe('the steady phase');
  expect(measuredName(phasedSummary())).toBe('the measured phases');
  expect(measuredName({ ...healthySummary(), phases: [] })).toBe('the whole run');
});

test('comparedPhases() leaves out warm-up and drain', () => {
  expect(comparedPhases(phasedSummary()).map(({ id }) => id)).toEqual(['calm', 'storm']);
  expect(comparedPhases(healthySummary())).toEqual([]);
});

test('phaseFlow() speaks of round trips, or of deliveries when there were none', () => {
  const steady = healthySummary().phases.find(({ measured }) => measured)!;
  expect(phaseFlow(steady)).toMatchObject({
    perSecond: steady.messages.perSecond,
    p50: steady.latencyMs.response?.p50,
  });
  const { push } = channelsSummary().latencyMs;
  const messages = { ...steady.messages, sent: 0, pushesPerSecond: 200, pushLost: 3, lost: 1, timedOut: 2 };
  expect(phaseFlow({ ...steady, messages, latencyMs: { push: push! } })).toEqual({
    perSecond: 200,
    ofPlan: steady.schedule.ratio,
    p50: push?.p50,
    p99: push?.p99,
    lost: 6,
  });
});

test('runLength() is that of the load, and of the drain only what has passed of it', () => {
  const phases = [
    { name: 'steady', start: 0, end: 45 },
    { name: 'drain', start: 45, end: 52 },
  ];
  expect([0, 45, 46].map((elapsed) => runLength({ phases }, elapsed))).toEqual([45, 45, 46]);
});
