/** Predictions for tests. */
import type { FrozenPrediction } from './lines.ts';

/** Makes a prediction of six workers from four. */
export function aPrediction(changes: Partial<FrozenPrediction> = {}): FrozenPrediction {
  return {
    at: '2026-03-01T12:00:00.000Z',
    subject: 'capacity of 42k with 6 workers',
    unit: 'messages/s',
    from: [
      {
        subject: 'capacity of 42k with 4 workers',
        unit: 'messages/s',
        median: 4_000,
        lower: 3_900,
        upper: 4_100,
      },
    ],
    median: 5_800,
    lower: 5_300,
    upper: 6_300,
    grade: 'interpolation',
    ...changes,
  };
}
